using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Responses;

/// <summary>The transactions of the intake: responses, answers, people, cells, outbox and what invitations are answered become visible together or not at all.</summary>
internal sealed class ResponseStore(CxDbContext db, SurveyCatalog surveys, SegmentStore segments, TimeProvider clock)
{
    sealed record Known(Guid Id, byte[] ContextHash, byte[] AnswersHash);

    public async Task<IReadOnlyList<Intake>> StoreAsync(IReadOnlyList<NewResponse> batch, CancellationToken ct)
    {
        var hashes = new byte[batch.Count][];
        for (int i = 0; i < batch.Count; i++) hashes[i] = ContentHash.OfAnswers((await surveys.VersionAsync(batch[i].VersionId, ct))!, batch[i].Answers);

        // Of one id twice in a batch only the first is stored; the others are compared with it like any repetition.
        var first = batch.Select((response, i) => (response, i)).DistinctBy(r => r.response.Id).OrderBy(r => r.response.Id).ToList();

        var segmentIds = await segments.IdsAsync([.. first.Select(f => f.response.Segment)], ct);

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await ResponseSql.AddPeopleAsync(db, [.. first.Select(f => f.response)], ct);
        var stored = await ResponseSql.AddAsync(db, [.. first.Select(f => f.response)], segmentIds, [.. first.Select(f => hashes[f.i])], clock.GetUtcNow(), ct);
        if (stored.Length > 0) await CellStore.ApplyAsync(db, stored, sign: 1, ct);
        await MarkAnsweredAsync([.. first.Where(f => f.response.IsInvited).Select(f => f.response.Id).Intersect(stored)], ct);
        await transaction.CommitAsync(ct);

        return stored.Length == batch.Count ? Enumerable.Repeat(Intake.Stored, batch.Count).ToArray() : await OutcomesAsync(batch, hashes, stored, ct);
    }

    /// <summary>Replaces the answers of one response. The row lock makes two changes wait for each other; the later one stands.</summary>
    public async Task<bool> ChangeAsync(Guid id, IReadOnlyList<NewAnswer> answers, CancellationToken ct)
    {
        // The version never changes, so it is looked up before: inside, it could wait for a connection while holding one.
        if (await db.Set<Response>().Where(r => r.Id == id).Select(r => (int?)r.VersionId).SingleOrDefaultAsync(ct) is not { } versionId) return false;
        var hash = ContentHash.OfAnswers((await surveys.VersionAsync(versionId, ct))!, answers);

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var response = await db.Set<Response>().FromSql($"select * from response where id = {id} for update").SingleAsync(ct);
        await CellStore.ApplyAsync(db, [id], sign: -1, ct);
        await ResponseSql.ReplaceAnswersAsync(db, id, answers, clock.GetUtcNow(), ct);
        response.AnswersHash = hash;
        response.ChangedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        await CellStore.ApplyAsync(db, [id], sign: 1, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    async Task MarkAnsweredAsync(Guid[] invitations, CancellationToken ct)
    {
        if (invitations.Length == 0) return;
        var now = clock.GetUtcNow();
        await db.Set<Invitation>().Where(i => invitations.Contains(i.Id) && i.AnsweredAt == null).ExecuteUpdateAsync(set => set.SetProperty(i => i.AnsweredAt, now), ct);
    }

    async Task<IReadOnlyList<Intake>> OutcomesAsync(IReadOnlyList<NewResponse> batch, byte[][] hashes, Guid[] stored, CancellationToken ct)
    {
        var ids = batch.Select(r => r.Id).ToArray();
        var known = await db.Set<Response>().AsNoTracking().Where(r => ids.Contains(r.Id))
            .Select(r => new Known(r.Id, r.ContextHash, r.AnswersHash)).ToDictionaryAsync(r => r.Id, ct);
        var fresh = stored.ToHashSet();
        var outcomes = new Intake[batch.Count];
        for (int i = 0; i < batch.Count; i++)
        {
            var present = known[batch[i].Id];
            bool same = present.ContextHash.AsSpan().SequenceEqual(batch[i].ContextHash) && present.AnswersHash.AsSpan().SequenceEqual(hashes[i]);
            outcomes[i] = fresh.Remove(batch[i].Id) ? Intake.Stored : same ? Intake.SameAgain : Intake.OtherContent;
        }
        return outcomes;
    }
}
