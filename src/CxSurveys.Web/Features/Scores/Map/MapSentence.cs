using CxSurveys.Scoring;

namespace CxSurveys.Web.Features.Scores.Map;

/// <summary>A piece of the sentence below the page's question.</summary>
public sealed record Piece(string Text, bool Strong = false);

/// <summary>The answer to the page's question, in words made from the figures.</summary>
internal static class MapSentence
{
    public static IReadOnlyList<Piece> Of(MapView view) => view.AnyAnswers
        ? [.. Parts(view), .. Worst(view)]
        : [new(view.NewestDay is null ? "No answers yet." : "No answers match.")];

    /// <summary>The answer of the table: which touchpoints differ.</summary>
    public static IReadOnlyList<Piece> OfTable(MapView view)
    {
        if (!view.AnyAnswers) return Of(view);
        var rows = view.Cards.Where(c => c is { Pooled: true, Figure.Shown: true }).ToList();
        var (below, above) = (Named(rows, Verdict.Lower), Named(rows, Verdict.Higher));
        if (below.Count + above.Count == 0) return [new($"None of {rows.Count} can be told apart from the rest.")];
        Piece[] lower = below.Count == 0 ? [] : [.. Listed(below), new($" {(below.Count == 1 ? "is" : "are")} below")];
        Piece[] higher = above.Count == 0 ? [] : [.. Listed(above), new($" {(above.Count == 1 ? "is" : "are")} above")];
        Piece[] between = lower.Length > 0 && higher.Length > 0 ? [new("; ")] : [];
        return [new($"{below.Count + above.Count} of {rows.Count} can be told apart: "), .. lower, .. between, .. higher, new(".")];
    }

    static List<string> Named(List<MapCard> cards, Verdict verdict) => [.. cards.Where(c => c.FromTheRest?.Verdict == verdict).Select(c => c.Touchpoint.Name).Distinct()];

    static IEnumerable<Piece> Listed(List<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (i > 0) yield return new(i == names.Count - 1 ? " and " : ", ");
            yield return new(names[i], Strong: true);
        }
    }

    static Piece[] Parts(MapView view)
    {
        var (touchpoints, journey) = (view.Touchpoints, view.Journey);
        return (touchpoints.Shown, journey.Shown) switch
        {
            (true, true) => [new("Touchpoints together score "), Said(touchpoints), new(", the journey as a whole "), Said(journey), new($": {GapWords(view)}.")],
            (true, false) => [new("Touchpoints together score "), Said(touchpoints), new($" from {touchpoints.NText} answers; the journey as a whole {(journey.Empty ? "was not asked about" : "has too few answers")}.")],
            (false, true) => [new("The journey as a whole scores "), Said(journey), new($" from {journey.NText} answers; touchpoints have {(touchpoints.Empty ? "no answers of this metric" : "too few")}.")],
            _ => [new($"{(touchpoints.Empty && journey.Empty ? "No answers of this metric" : "Too few answers to show a score")} in this period.")],
        };
    }

    static string GapWords(MapView view) => view.Gap?.Comparison switch
    {
        { Verdict: Verdict.Lower, Difference: { } by } => $"asked as one it is lower, by {Words.Number(-by, view.Definition)}",
        { Verdict: Verdict.Higher, Difference: { } by } => $"asked as one it is higher, by {Words.Number(by, view.Definition)}",
        _ => "the two cannot be told apart",
    };

    static Piece[] Worst(MapView view)
    {
        var higherIsBetter = view.Definition.Direction == Direction.Higher;
        var told = view.Cards.Where(c => c.Heat != HeatStep.None && (c.FromTheRest!.Verdict == Verdict.Lower) == higherIsBetter).ToList();
        var worst = higherIsBetter ? told.MinBy(c => c.Figure!.Score!.Value) : told.MaxBy(c => c.Figure!.Score!.Value);
        if (worst is null)
            return view.Cards.Count(c => c is { Pooled: true, Figure.Shown: true }) > 1 ? [new(" No touchpoint is worse than the rest beyond chance.")] : [];

        var far = worst.Heat is HeatStep.FarBelow or HeatStep.FarAbove ? "far " : "";
        return [new(" "), new(worst.Touchpoint.Name, Strong: true), new($" is {far}{(higherIsBetter ? "below" : "above")} the rest{MovedWords(worst)}.")];
    }

    static string MovedWords(MapCard card) => card.Change is { Told: true, Comparison: { Difference: { } by } comparison }
        ? $" and {(comparison.Verdict == Verdict.Lower ? "fell" : "rose")} by {Words.Number(Math.Abs(by), card.Change.Definition)}"
        : "";

    static Piece Said(Figure figure) => new(figure.Definition.Statistic == Statistic.PositivePercent ? $"{figure.Text} satisfied" : figure.Text, Strong: true);
}
