using CxSurveys.Scoring;
using CxSurveys.Web.Features.Journey;

namespace CxSurveys.Web.Features.Scores.Map;

/// <summary>From the tallies of two periods to the figures of the map. Every number comes from Scoring.</summary>
internal sealed class MapBuilder(ScoreCatalog catalog, MetricDefinition definition, MapTallies now, MapTallies before, Func<MapTallies, MetricDefinition, MapGuard> guardOf)
{
    /// <summary>Points of a percentage, or per cent of a scale's width, from which on a difference is called far.</summary>
    const double Far = 10;

    readonly Dictionary<string, MapWithholding> decidedNow = [], decidedBefore = [];
    readonly int minimumN = catalog.Organisation.MinimumN;
    // A question without a place of its own is asked wherever its responses come from: here it may have been, or not yet.
    readonly bool anyFloats = catalog.Questions.Any(q => q is { Newest: true, MetricKey: not null, Floats: true });
    readonly List<(Stage Stage, List<(Touchpoint Touchpoint, Place Place)> At)> columns = Columns(catalog, now);

    public Figure Touchpoints { get; private set; } = null!;
    public Change TouchpointsChange { get; private set; } = null!;

    public IReadOnlyList<MapStage> Stages()
    {
        var (hidden, hiddenBefore) = (HiddenNow(definition), HiddenBefore(definition));
        Touchpoints = Figure.Of(definition, now.Asked(definition, PlaceKind.Touchpoint), hidden.Total);
        TouchpointsChange = ChangeOf(Touchpoints, Figure.Of(definition, before.Asked(definition, PlaceKind.Touchpoint), hiddenBefore.Total), now.IsWordedOtherwise(before, definition, PlaceKind.Touchpoint));
        var stages = columns.Select((column, i) => StageOf(column.Stage, hidden.Stages[i],
            [.. column.At.SelectMany((at, j) => CardsOf(at.Touchpoint, at.Place, i, j))])).ToList();
        return Heated(Adjusted(stages));
    }

    public Figure Own(MetricDefinition asked) => Own(asked, now);

    public Change OwnChange(MetricDefinition asked) => ChangeOf(Own(asked), Own(asked, before), now.IsWordedOtherwise(before, asked, PlaceKind.Journey));

    Figure Own(MetricDefinition asked, MapTallies tallies) => Alone(asked, tallies.Asked(asked, PlaceKind.Journey), guardOf(tallies, asked).Of(PlaceKind.Journey));

    // Of every definition alike, not only of the page's: with another metric chosen the same answers are pooled.
    MapWithholding HiddenNow(MetricDefinition metric) => Decide(decidedNow, now, metric);

    MapWithholding HiddenBefore(MetricDefinition metric) => Decide(decidedBefore, before, metric);

    MapWithholding Decide(Dictionary<string, MapWithholding> decided, MapTallies tallies, MetricDefinition metric)
    {
        if (!decided.TryGetValue(metric.Key, out var known))
            decided[metric.Key] = known = MapWithholding.Decide([.. columns.Select(c => c.At.Select(at => tallies.At(metric, at.Place.Id).N).ToArray())], minimumN, Revealing(tallies, metric, guardOf(tallies, metric)));
        return known;
    }

    MapWithholding Revealing(MapTallies tallies, MetricDefinition metric, MapGuard guard)
    {
        var all = tallies.Asked(metric, PlaceKind.Touchpoint).N;
        return new(
            [.. columns.Select(c => (c.At, Stage: InStage(c.Stage)))
                .Select(c => c.At.Select(at => guard.Of(at.Place.Id) || LeavesFew(c.Stage, At(at.Place)) || LeavesFew(all, At(at.Place))).ToArray())],
            [.. columns.Select(c => guard.Of(PlaceKind.Touchpoint, c.Stage.Id) || LeavesFew(all, InStage(c.Stage)))],
            guard.Of(PlaceKind.Touchpoint));

        long At(Place place) => tallies.At(metric, place.Id).N;
        long InStage(Stage stage) => tallies.InStage(metric, PlaceKind.Touchpoint, stage.Id).N;
        // Customers of several touchpoints count once in what these are added up to: one may leave few of them although others have many.
        bool LeavesFew(long sum, long part) => tallies.Counting == Counting.Customers && part > 0 && sum - part > 0 && sum - part < minimumN;
    }

    MapStage StageOf(Stage stage, bool withheld, IReadOnlyList<MapCard> cards)
    {
        var pooled = Figure.Of(definition, now.InStage(definition, PlaceKind.Touchpoint, stage.Id), withheld);
        var asked = Alone(definition, now.InStage(definition, PlaceKind.Stage, stage.Id), guardOf(now, definition).Of(PlaceKind.Stage, stage.Id));
        return new(stage, pooled, asked, Gap(asked, pooled), cards);
    }

    /// <summary>One for the page's definition, and one for each other asked there: their answers are never added.</summary>
    IEnumerable<MapCard> CardsOf(Touchpoint touchpoint, Place place, int stage, int row)
    {
        var asked = AskedAt(place);
        var left = now.LeftOut.Contains(place.Id);
        if (asked.Count == 0) yield return new MapCard(touchpoint, null, null, true) { MayBeAsked = anyFloats || left, OtherWords = left };
        foreach (var metric in asked)
        {
            var figure = Figure.Of(metric, now.At(metric, place.Id), HiddenNow(metric).Touchpoints[stage][row]);
            var earlier = Figure.Of(metric, before.At(metric, place.Id), HiddenBefore(metric).Touchpoints[stage][row]);
            yield return new MapCard(touchpoint, figure, ChangeOf(figure, earlier, now.IsWordedOtherwise(before, metric, place.Kind, place.Id)), metric == definition) { OtherWords = left };
        }
    }

    List<MetricDefinition> AskedAt(Place place)
    {
        var current = catalog.Questions.Where(q => q.Newest && q.MetricKey is not null && catalog.PlaceNow(q)?.Id == place.Id).Select(q => q.MetricKey!);
        return [.. now.DefinitionsAt(place.Id).Union(current).Select(MetricDefinition.Parse).OrderBy(m => m != definition).ThenBy(m => m.Key, StringComparer.Ordinal)];
    }

    Figure Alone(MetricDefinition asked, Histogram answers, bool revealing) => Figure.Of(asked, answers, revealing || Withholding.WithholdTotal([], answers.N, minimumN));

    public static Change? Gap(Figure asked, Figure pooled) => asked.Against(pooled) is { } gap ? new(asked.Definition, gap, null) : null;

    /// <param name="now">The figure.</param>
    /// <param name="before">The one it is compared with.</param>
    /// <param name="reworded">Whether the two were asked in words that are not marked as the same measure.</param>
    public static Change ChangeOf(Figure now, Figure before, bool reworded) => reworded
        ? new(now.Definition, null, "wording changed, not comparable")
        : now.Against(before) is { } change
            ? new(now.Definition, change, null)
            : new(now.Definition, null, before.Empty ? "no earlier answers" : "too few to compare");

    List<MapStage> Heated(List<MapStage> stages)
    {
        var compared = stages.SelectMany(s => s.Cards).Where(c => c is { Pooled: true, Figure.Shown: true }).ToList();
        var told = AgainstTheRest.Told(Touchpoints, [.. compared.Select(c => c.Figure!)], minimumN);
        var heated = compared.Zip(told).Where(c => c.Second is not null)
            .ToDictionary(c => c.First, c => c.First with { Heat = StepOf(c.Second!), FromTheRest = c.Second });
        return [.. stages.Select(s => s with { Cards = [.. s.Cards.Select(c => heated.GetValueOrDefault(c, c))] })];
    }

    /// <summary>Of many changes side by side some would look real by chance alone.</summary>
    static List<MapStage> Adjusted(List<MapStage> stages)
    {
        var tested = stages.SelectMany(s => s.Cards).Where(c => c.Change?.Comparison?.PValue is not null).ToList();
        var p = Holm.Adjust([.. tested.Select(c => c.Change!.Comparison!.PValue!.Value)]);
        var chance = tested.Where((c, i) => c.Change!.Told && p[i] >= 1 - Figure.Level).ToHashSet();
        return [.. stages.Select(s => s with { Cards = [.. s.Cards.Select(c => chance.Contains(c) ? c with { Change = c.Change! with { ByChance = true } } : c)] })];
    }

    HeatStep StepOf(Comparison fromTheRest)
    {
        var far = definition.Statistic == Statistic.Mean ? (definition.Max - definition.Min) * Far / 100 : Far;
        var isFar = Math.Abs(fromTheRest.Difference!.Value) >= far;
        return fromTheRest.Verdict == Verdict.Higher ? (isFar ? HeatStep.FarAbove : HeatStep.Above) : isFar ? HeatStep.FarBelow : HeatStep.Below;
    }

    /// <summary>Stages with their touchpoints of today, and where earlier answers still are. Retired ones only with answers.</summary>
    static List<(Stage, List<(Touchpoint, Place)>)> Columns(ScoreCatalog catalog, MapTallies now)
    {
        var answered = now.Places.Select(t => t.PlaceId).ToHashSet();
        var at = from touchpoint in catalog.Touchpoints
                 join place in catalog.Places.Where(p => p.Kind == PlaceKind.Touchpoint) on touchpoint.Id equals place.TouchpointId
                 where answered.Contains(place.Id) || (!touchpoint.Retired && place.StageId == touchpoint.StageId)
                 select (touchpoint, place);
        var byStage = at.ToLookup(a => a.place.StageId!.Value);
        return [.. catalog.Stages.Where(s => !s.Retired || byStage[s.Id].Any()).Select(s => (s, byStage[s.Id].ToList()))];
    }
}
