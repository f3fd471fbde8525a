using System.Data;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Scores;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CxSurveys.Web.Features.Responses;

/// <summary>Stores new responses: they, their answers, people, cells, outbox and what invitations are answered become visible together or not at all.</summary>
public sealed class ResponseStore(NpgsqlDataSource dataSource, IServiceScopeFactory scopes, SegmentStore segments, AnswerPlaces places, TimeProvider clock)
{
    sealed record Known(Guid Id, byte[] ContextHash, byte[] AnswersHash);

    /// <summary>A connection for one who stores batch after batch; it is opened when it is first needed, and again after it broke.</summary>
    public NpgsqlConnection Connection() => dataSource.CreateConnection();

    /// <summary>One round trip, one transaction; outcomes are in the order given.</summary>
    public async Task<IReadOnlyList<Intake>> StoreAsync(NpgsqlConnection connection, IReadOnlyList<NewResponse> batch, CancellationToken ct)
    {
        var responses = FirstOfEach(batch);
        int[] segmentIds = await segments.IdsAsync(Array.ConvertAll(responses, r => r.Segment), ct);
        var answers = new AnswerRows();
        foreach (var response in responses) await places.AddAsync(answers, response.Id, response.Version, response.TouchpointId, response.Answers, response.Segment, ct);

        if (connection.State != ConnectionState.Open)
        {
            await connection.CloseAsync();
            await connection.OpenAsync(ct);
        }
        var stored = await ResponseSql.AddAsync(connection, responses, segmentIds, answers, clock.GetUtcNow(), ct);
        return stored.Count == batch.Count ? Enumerable.Repeat(Intake.Stored, batch.Count).ToArray() : await OutcomesAsync(batch, stored, ct);
    }

    // Of one id twice in a batch only the first is stored; the others are compared with it like any repetition. Sorted, so that writers lock in one order.
    static NewResponse[] FirstOfEach(IReadOnlyList<NewResponse> batch)
    {
        NewResponse[] sorted = [.. batch.OrderBy(r => r.Id)];
        bool twice = false;
        for (int i = 1; i < sorted.Length; i++) twice |= sorted[i].Id == sorted[i - 1].Id;
        return twice ? [.. sorted.DistinctBy(r => r.Id)] : sorted;
    }

    async Task<IReadOnlyList<Intake>> OutcomesAsync(IReadOnlyList<NewResponse> batch, HashSet<Guid> stored, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CxDbContext>();
        var ids = batch.Select(r => r.Id).ToArray();
        var known = await db.Set<Response>().AsNoTracking().Where(r => ids.Contains(r.Id))
            .Select(r => new Known(r.Id, r.ContextHash, r.AnswersHash)).ToDictionaryAsync(r => r.Id, ct);
        var invited = await db.Set<Invitations.Invitation>().Where(i => ids.Contains(i.Id)).Select(i => i.Id).ToHashSetAsync(ct);
        return [.. batch.Select(response => stored.Remove(response.Id) ? Intake.Stored
            : !response.IsInvited && invited.Contains(response.Id) ? Intake.Invited
            : IsSame(known[response.Id], response) ? Intake.SameAgain : Intake.OtherContent)];
    }

    static bool IsSame(Known known, NewResponse response) =>
        known.ContextHash.AsSpan().SequenceEqual(response.ContextHash) && known.AnswersHash.AsSpan().SequenceEqual(response.AnswersHash);
}
