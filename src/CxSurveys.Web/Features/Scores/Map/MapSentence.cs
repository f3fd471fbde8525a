using CxSurveys.Scoring;
using static CxSurveys.Web.Platform.PageTexts;

namespace CxSurveys.Web.Features.Scores.Map;

/// <summary>A piece of the sentence below the page's question.</summary>
public sealed record Piece(string Text, bool Strong = false);

/// <summary>The answer to the page's question, in words made from the figures.</summary>
internal static class MapSentence
{
    public static IReadOnlyList<Piece> Of(MapView view) => view.AnyAnswers
        ? [.. Parts(view), .. Worst(view)]
        : [new(view.NewestDay is null ? T["No answers yet."] : T["No answers match."])];

    /// <summary>The answer of the table: which touchpoints differ.</summary>
    public static IReadOnlyList<Piece> OfTable(MapView view)
    {
        if (!view.AnyAnswers) return Of(view);
        var rows = view.Cards.Where(c => c is { Pooled: true, Figure.Shown: true }).ToList();
        var (below, above) = (Named(rows, Verdict.Lower), Named(rows, Verdict.Higher));
        if (below.Count + above.Count == 0) return [new(T["None of {0} can be told apart from the rest.", rows.Count])];
        Piece[] lower = below.Count == 0 ? [] : [.. Listed(below), new(below.Count == 1 ? T[" is below"] : T[" are below"])];
        Piece[] higher = above.Count == 0 ? [] : [.. Listed(above), new(above.Count == 1 ? T[" is above"] : T[" are above"])];
        Piece[] between = lower.Length > 0 && higher.Length > 0 ? [new("; ")] : [];
        return [new(T["{0} of {1} can be told apart: ", below.Count + above.Count, rows.Count]), .. lower, .. between, .. higher, new(".")];
    }

    static List<string> Named(List<MapCard> cards, Verdict verdict) => [.. cards.Where(c => c.FromTheRest?.Verdict == verdict).Select(c => c.Touchpoint.Name).Distinct()];

    static IEnumerable<Piece> Listed(List<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (i > 0) yield return new(i == names.Count - 1 ? T[" and "] : ", ");
            yield return new(names[i], Strong: true);
        }
    }

    static Piece[] Parts(MapView view)
    {
        var (touchpoints, journey) = (view.Touchpoints, view.Journey);
        return (touchpoints.Shown, journey.Shown) switch
        {
            (true, true) => [new(T["Touchpoints together score "]), Said(touchpoints), new(T[", the journey as a whole "]), Said(journey), new($": {GapWords(view)}.")],
            (true, false) => [new(T["Touchpoints together score "]), Said(touchpoints), new(T[journey.Empty ? " from {0} answers; the journey as a whole was not asked about." : " from {0} answers; the journey as a whole has too few answers.", touchpoints.NText])],
            (false, true) => [new(T["The journey as a whole scores "]), Said(journey), new(T[touchpoints.Empty ? " from {0} answers; touchpoints have no answers of this metric." : " from {0} answers; touchpoints have too few.", journey.NText])],
            _ => [new(touchpoints.Empty && journey.Empty ? T["No answers of this metric in this period."] : T["Too few answers to show a score in this period."])],
        };
    }

    static string GapWords(MapView view) => view.Gap?.Comparison switch
    {
        { Verdict: Verdict.Lower, Difference: { } by } => T["asked as one it is lower, by {0}", Words.Number(-by, view.Definition)],
        { Verdict: Verdict.Higher, Difference: { } by } => T["asked as one it is higher, by {0}", Words.Number(by, view.Definition)],
        _ => T["the two cannot be told apart"],
    };

    static Piece[] Worst(MapView view)
    {
        var higherIsBetter = view.Definition.Direction == Direction.Higher;
        var told = view.Cards.Where(c => c.Heat != HeatStep.None && (c.FromTheRest!.Verdict == Verdict.Lower) == higherIsBetter).ToList();
        var worst = higherIsBetter ? told.MinBy(c => c.Figure!.Score!.Value) : told.MaxBy(c => c.Figure!.Score!.Value);
        if (worst is null)
            return view.Cards.Count(c => c is { Pooled: true, Figure.Shown: true }) > 1 ? [new(T[" No touchpoint is worse than the rest beyond chance."])] : [];

        var far = worst.Heat is HeatStep.FarBelow or HeatStep.FarAbove;
        var where = higherIsBetter ? far ? T[" is far below the rest{0}.", MovedWords(worst)] : T[" is below the rest{0}.", MovedWords(worst)]
            : far ? T[" is far above the rest{0}.", MovedWords(worst)] : T[" is above the rest{0}.", MovedWords(worst)];
        return [new(" "), new(worst.Touchpoint.Name, Strong: true), new(where)];
    }

    static string MovedWords(MapCard card) => card.Change is { Told: true, Comparison: { Difference: { } by } comparison }
        ? T[comparison.Verdict == Verdict.Lower ? " and fell by {0}" : " and rose by {0}", Words.Number(Math.Abs(by), card.Change.Definition)]
        : "";

    static Piece Said(Figure figure) => new(figure.Definition.Statistic == Statistic.PositivePercent ? T["{0} satisfied", figure.Text] : figure.Text, Strong: true);
}
