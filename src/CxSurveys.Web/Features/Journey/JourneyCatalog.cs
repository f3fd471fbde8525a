using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Journey;

/// <summary>Stages and touchpoints by key, retired ones among them; kept in memory.</summary>
public sealed class JourneyCatalog(IServiceScopeFactory scopes, TimeProvider clock)
{
    readonly Cached<Snapshot> cache = new(clock);

    public sealed record Snapshot(IReadOnlyDictionary<string, Stage> Stages, IReadOnlyDictionary<string, Touchpoint> Touchpoints);

    public ValueTask<Snapshot> GetAsync(CancellationToken ct) => cache.GetAsync(ReadAsync, ct);

    public void Invalidate() => cache.Invalidate();

    async Task<Snapshot> ReadAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CxDbContext>();
        return new Snapshot(
            await db.Set<Stage>().AsNoTracking().ToDictionaryAsync(s => s.Key, StringComparer.Ordinal, ct),
            await db.Set<Touchpoint>().AsNoTracking().ToDictionaryAsync(t => t.Key, StringComparer.Ordinal, ct));
    }
}
