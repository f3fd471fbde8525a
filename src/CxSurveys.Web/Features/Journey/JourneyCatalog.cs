using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Journey;

/// <summary>Stages, touchpoints and their places, retired ones among them; kept in memory.</summary>
public sealed class JourneyCatalog(IServiceScopeFactory scopes, TimeProvider clock)
{
    readonly Cached<Snapshot> cache = new(clock);

    /// <param name="Stages">By key.</param>
    /// <param name="Touchpoints">By key.</param>
    /// <param name="PlaceOfStage">Where answers about a stage itself are counted, by its id.</param>
    /// <param name="PlaceOfTouchpoint">Where answers at a touchpoint are counted while it is in its present stage, by its id.</param>
    public sealed record Snapshot(IReadOnlyDictionary<string, Stage> Stages, IReadOnlyDictionary<string, Touchpoint> Touchpoints,
        IReadOnlyDictionary<int, int> PlaceOfStage, IReadOnlyDictionary<int, int> PlaceOfTouchpoint);

    public ValueTask<Snapshot> GetAsync(CancellationToken ct) => cache.GetAsync(ReadAsync, ct);

    /// <summary>The same from memory alone; null when it would have to be read.</summary>
    public Snapshot? InMemory => cache.Fresh;

    public void Invalidate() => cache.Invalidate();

    async Task<Snapshot> ReadAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CxDbContext>();
        var stages = await db.Set<Stage>().AsNoTracking().ToDictionaryAsync(s => s.Key, StringComparer.Ordinal, ct);
        var touchpoints = await db.Set<Touchpoint>().AsNoTracking().ToDictionaryAsync(t => t.Key, StringComparer.Ordinal, ct);
        // Last: places are only ever added to what has answers, so that each of the above has its own here.
        var places = await db.Set<Place>().AsNoTracking().ToListAsync(ct);
        return new Snapshot(stages, touchpoints,
            places.Where(p => p.Kind == PlaceKind.Stage).ToDictionary(p => p.StageId!.Value, p => p.Id),
            touchpoints.Values.Join(places, t => (t.Id, t.StageId), p => (p.TouchpointId ?? 0, p.StageId ?? 0), (t, p) => (t, p)).ToDictionary(x => x.t.Id, x => x.p.Id));
    }
}
