using CxSurveys.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Journey;

/// <summary>Everything stored, read once for the page that edits it.</summary>
/// <param name="Retired">Retired stages, and retired touchpoints in the stage they were last in, whether that is retired or not.</param>
internal sealed record StoredJourney(JourneyDefinition Offered, JourneyDefinition Retired, IReadOnlySet<string> RetiredStages, IReadOnlySet<string> StageKeys, IReadOnlySet<string> TouchpointKeys)
{
    public static async Task<StoredJourney> ReadAsync(CxDbContext db, CancellationToken ct)
    {
        var stages = await db.Set<Stage>().AsNoTracking().OrderBy(s => s.Position).ThenBy(s => s.Key).ToListAsync(ct);
        var touchpoints = await db.Set<Touchpoint>().AsNoTracking().OrderBy(t => t.Position).ThenBy(t => t.Key).ToListAsync(ct);
        var past = touchpoints.Where(t => t.Retired).ToLookup(t => t.StageId);
        return new(
            JourneyDefinition.Of(stages, touchpoints),
            new() { Stages = [.. stages.Where(s => s.Retired || past.Contains(s.Id)).Select(s => StageDefinition.Of(s, past[s.Id]))] },
            stages.Where(s => s.Retired).Select(s => s.Key).ToHashSet(StringComparer.Ordinal),
            stages.Select(s => s.Key).ToHashSet(StringComparer.Ordinal),
            touchpoints.Select(t => t.Key).ToHashSet(StringComparer.Ordinal));
    }
}
