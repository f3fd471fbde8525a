namespace CxSurveys.Web.Features.Scores.Map;

/// <summary>One line of the table: a touchpoint's card, or what its stage or all touchpoints pool.</summary>
/// <param name="Change">Against the period before; null where the map has none.</param>
/// <param name="Link">The page that explains it.</param>
public sealed record MapTableRow(string Name, string? Stage, string? Team, Figure Figure, Change? Change, MapCard? Card, string? Link);

/// <summary>The map's touchpoints of the page's definition as rows, by stage or in another order.</summary>
public static class MapTable
{
    public const string ByStage = "stage";

    /// <summary>What the rows can be sorted by: the words of the address, with the direction they begin with.</summary>
    public static readonly IReadOnlyList<string> Sorts = [ByStage, "name", "team", "score", "-score", "n", "-n", "rest", "-rest", "change", "-change"];

    public static IReadOnlyList<MapTableRow> Rows(MapView view, string? sort)
    {
        var rows = sort is null or ByStage ? [.. view.Stages.SelectMany(stage => StageRows(view, stage))] : Sorted(view, sort);
        return [.. rows, new("All touchpoints", null, null, view.Touchpoints, view.TouchpointsChange, null, null)];
    }

    static IEnumerable<MapTableRow> StageRows(MapView view, MapStage stage)
    {
        var cards = CardsOf(view, stage).OrderBy(r => r.Figure.Shown ? 0 : 1).ThenBy(r => Score(view, r)).ToList();
        if (cards.Count == 0) return [];
        return [new(stage.Stage.Name, stage.Stage.Name, null, stage.Pooled, null, null, view.LinkOf(stage)), .. cards];
    }

    static List<MapTableRow> Sorted(MapView view, string sort)
    {
        var rows = view.Stages.SelectMany(stage => CardsOf(view, stage)).ToList();
        var (word, down) = sort[0] == '-' ? (sort[1..], true) : (sort, false);
        if (word is "name" or "team") return [.. rows.OrderBy(r => word == "name" ? r.Name : r.Team ?? "\uffff", StringComparer.CurrentCultureIgnoreCase).ThenBy(r => r.Name, StringComparer.CurrentCultureIgnoreCase)];

        Func<MapTableRow, double?> key = word switch
        {
            "score" => r => r.Figure.Score?.Value,
            "n" => r => r.Figure.N,
            "rest" => r => r.Card!.FromTheRest?.Difference,
            _ => r => r.Change?.Comparison?.Difference,
        };
        // What has no number stands last, whichever way.
        var known = rows.Where(r => key(r) is not null);
        return [.. down ? known.OrderByDescending(key) : known.OrderBy(key), .. rows.Where(r => key(r) is null)];
    }

    static IEnumerable<MapTableRow> CardsOf(MapView view, MapStage stage) =>
        stage.Cards.Where(c => c is { Pooled: true, Figure: not null })
            .Select(c => new MapTableRow(c.Touchpoint.Name, stage.Stage.Name, c.Touchpoint.Team, c.Figure!, c.Change, c, view.LinkOf(stage, c)));

    static double Score(MapView view, MapTableRow row) =>
        row.Figure.Score?.Value is { } value ? (view.Definition.Direction == Scoring.Direction.Higher ? value : -value) : 0;
}
