using CxSurveys.Scoring;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Scores.Guarding;

namespace CxSurveys.Web.Features.Scores.Map;

/// <summary>What the map must not tell because of what may be asked elsewhere with fewer filters; of a page without filters nothing.</summary>
/// <remarks>What it must not tell beside its own other sums is <see cref="MapWithholding"/>'s to say.</remarks>
internal sealed record MapGuard(IReadOnlyDictionary<(PlaceKind Kind, int? Stage, int? Place), bool> Revealing)
{
    public static readonly MapGuard Nothing = new(new Dictionary<(PlaceKind, int?, int?), bool>());

    /// <summary>What was asked at one place of a touchpoint.</summary>
    public bool Of(int placeId) => Revealing.GetValueOrDefault((PlaceKind.Touchpoint, null, placeId));

    /// <summary>What was asked in a stage: at its touchpoints, or about itself.</summary>
    public bool Of(PlaceKind kind, int stageId) => Revealing.GetValueOrDefault((kind, stageId, null));

    /// <summary>What was asked at all places of a kind.</summary>
    public bool Of(PlaceKind kind) => Revealing.GetValueOrDefault((kind, null, null));

    public static async Task<MapGuard> JudgeAsync(GuardSums sums, MapTallies tallies, MetricDefinition definition, CancellationToken ct)
    {
        var answered = tallies.Places.Where(t => t.Answered && tallies.Catalog.Question(t.QuestionId).MetricKey == definition.Key).ToList();
        var groups = answered.SelectMany(t => GroupsOf(tallies.Catalog.Place(t.PlaceId))).Distinct().ToList();
        if (groups.Count == 0) return Nothing;

        var index = groups.Select((group, i) => (group, i)).ToDictionary(g => g.group, g => g.i);
        IEnumerable<int> Of(Tally tally) => GroupsOf(tallies.Catalog.Place(tally.PlaceId)).Where(index.ContainsKey).Select(group => index[group]);
        var guarded = new GuardedGroups(Grouping.None, groups.Count, Of, tallies.Counting) { Cells = answered };
        var revealing = await new Guard(sums, tallies.Catalog, definition, tallies.Selection, guarded, LineChoice.Of(tallies.Catalog, answered)).JudgeAsync(ct);
        return new(groups.Zip(revealing).ToDictionary(g => g.First, g => g.Second));
    }

    static IEnumerable<(PlaceKind Kind, int? Stage, int? Place)> GroupsOf(Place place)
    {
        yield return (place.Kind, null, null);
        if (place.StageId is { } stage) yield return (place.Kind, stage, null);
        if (place.Kind == PlaceKind.Touchpoint) yield return (place.Kind, null, place.Id);
    }
}
