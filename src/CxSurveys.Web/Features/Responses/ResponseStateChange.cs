using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Scores;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Responses;

/// <summary>Puts a response into quarantine or lets it out; its cells move in the same transaction, on the day it was given.</summary>
internal sealed class ResponseStateChange(CxDbContext db, TimeProvider clock)
{
    /// <summary>False when there is none of this id, or it is a test, which is never counted.</summary>
    /// <param name="id">The response's.</param>
    /// <param name="next">From its present state and flags to the new ones; the same leaves it alone.</param>
    /// <param name="ct">Gives up; nothing is changed then.</param>
    public async Task<bool> RunAsync(Guid id, Func<ResponseState, ResponseFlags, (ResponseState, ResponseFlags)> next, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Set<Response>().FromSql($"select * from response where id = {id} for update").SingleOrDefaultAsync(ct) is not { State: not ResponseState.Test } response) return false;
        var (state, flags) = next(response.State, response.Flags);
        bool moves = state != response.State;
        if (moves && state != ResponseState.Counted) await CellStore.AppendAsync(db, [id], sign: -1, ct);
        (response.State, response.Flags) = (state, flags);
        await db.SaveChangesAsync(ct);
        if (moves) await TellAsync(id, state, ct);
        if (moves && state == ResponseState.Counted) await CellStore.AppendAsync(db, [id], sign: 1, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    // Only a counted response is anybody's latest.
    async Task TellAsync(Guid id, ResponseState state, CancellationToken ct)
    {
        bool counted = state == ResponseState.Counted;
        await db.Database.ExecuteSqlAsync($"update answer a set person_id = case when {counted} then r.person_id end from response r where r.id = {id} and a.response_id = r.id", ct);
        string type = counted ? "response.released" : "response.quarantined";
        await db.Database.ExecuteSqlAsync($"insert into outbox (type, subject_ids, happened_at) values ({type}, array[{id}], {clock.GetUtcNow()})", ct);
    }
}
