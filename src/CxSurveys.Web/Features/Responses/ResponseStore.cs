using System.Data;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CxSurveys.Web.Features.Responses;

/// <summary>Stores new responses: they, their answers, people, cells, outbox and what invitations are answered become visible together or not at all.</summary>
public sealed class ResponseStore(NpgsqlDataSource dataSource, IServiceScopeFactory scopes, SurveyCatalog surveys, SegmentStore segments, AnswerPlaces places, TimeProvider clock)
{
    sealed record Known(Guid Id, byte[] ContextHash, byte[] AnswersHash);

    /// <summary>A connection for one who stores batch after batch; it is opened when it is first needed, and again after it broke.</summary>
    public NpgsqlConnection Connection() => dataSource.CreateConnection();

    /// <summary>One round trip, one transaction; outcomes are in the order given.</summary>
    public async Task<IReadOnlyList<Intake>> StoreAsync(NpgsqlConnection connection, IReadOnlyList<NewResponse> batch, CancellationToken ct)
    {
        var versions = new PublishedVersion[batch.Count];
        for (int i = 0; i < versions.Length; i++) versions[i] = (await surveys.VersionAsync(batch[i].VersionId, ct))!;
        byte[][] hashes = [.. batch.Select((response, i) => ContentHash.OfAnswers(versions[i], response.Answers))];
        // Of one id twice in a batch only the first is stored; the others are compared with it like any repetition.
        var first = batch.Select((response, i) => (response, i)).DistinctBy(r => r.response.Id).OrderBy(r => r.response.Id).ToList();
        NewResponse[] responses = [.. first.Select(f => f.response)];
        int[] segmentIds = await segments.IdsAsync([.. responses.Select(r => r.Segment)], ct);

        var answers = new AnswerRows();
        foreach (var (response, i) in first) await places.AddAsync(answers, response.Id, versions[i], response.TouchpointId, response.Answers, ct);

        if (connection.State != ConnectionState.Open)
        {
            await connection.CloseAsync();
            await connection.OpenAsync(ct);
        }
        var stored = await ResponseSql.AddAsync(connection, responses, segmentIds, [.. first.Select(f => hashes[f.i])], [.. first.Select(f => (short)(f.response.Flags | AnswerQuality.Of(versions[f.i], f.response.Answers)))], answers, clock.GetUtcNow(), ct);
        return stored.Count == batch.Count ? Enumerable.Repeat(Intake.Stored, batch.Count).ToArray() : await OutcomesAsync(batch, hashes, stored, ct);
    }

    async Task<IReadOnlyList<Intake>> OutcomesAsync(IReadOnlyList<NewResponse> batch, byte[][] hashes, HashSet<Guid> stored, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CxDbContext>();
        var ids = batch.Select(r => r.Id).ToArray();
        var known = await db.Set<Response>().AsNoTracking().Where(r => ids.Contains(r.Id))
            .Select(r => new Known(r.Id, r.ContextHash, r.AnswersHash)).ToDictionaryAsync(r => r.Id, ct);
        var invited = await db.Set<Invitations.Invitation>().Where(i => ids.Contains(i.Id)).Select(i => i.Id).ToHashSetAsync(ct);
        return [.. batch.Select((response, i) => stored.Remove(response.Id) ? Intake.Stored
            : !response.IsInvited && invited.Contains(response.Id) ? Intake.Invited
            : IsSame(known[response.Id], response, hashes[i]) ? Intake.SameAgain : Intake.OtherContent)];
    }

    static bool IsSame(Known known, NewResponse response, byte[] answersHash) =>
        known.ContextHash.AsSpan().SequenceEqual(response.ContextHash) && known.AnswersHash.AsSpan().SequenceEqual(answersHash);
}
