using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Scores.Live;

/// <summary>
/// Changes whenever scores did: answers stored, changed, released from quarantine or taken back, or all counted anew, by this process or another
/// on the same database. One statement a second at most, however many pages and viewers ask, and nothing at all of those who store.
/// </summary>
public sealed class CountedMark(IServiceScopeFactory scopes, TimeProvider clock)
{
    readonly Cached<string> mark = new(clock);

    public ValueTask<string> ReadAsync(CancellationToken ct) => mark.GetAsync(ReadNewAsync, ct);

    // How many were appended ever, folded or not. Not the greatest id: of two transactions the one with the smaller may commit later.
    async Task<string> ReadNewAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<CxDbContext>().Database.SqlQuery<string>($"""
            select ((select deltas from cell_fold) + (select count(*) from cell_delta))::text as "Value"
            """).SingleAsync(ct);
    }
}
