using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Scores.Live;

/// <summary>
/// Changes whenever answers were stored or changed, by this process or another on the same database. One statement a second at
/// most, however many pages and viewers ask, and nothing at all of those who store: what they write to the outbox is enough.
/// </summary>
public sealed class CountedMark(IServiceScopeFactory scopes, TimeProvider clock)
{
    readonly Cached<string> mark = new(clock);

    public ValueTask<string> ReadAsync(CancellationToken ct) => mark.GetAsync(ReadNewAsync, ct);

    // Not the greatest id alone: of two transactions the one with the smaller may commit later. They are no 500 apart.
    async Task<string> ReadNewAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<CxDbContext>().Database.SqlQuery<string>($"""
            select coalesce(max(id), 0) || '-' || coalesce(sum(id), 0) as "Value" from (select id from outbox order by id desc limit 500) newest
            """).SingleAsync(ct);
    }
}
