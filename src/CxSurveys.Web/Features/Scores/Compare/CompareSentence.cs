using CxSurveys.Scoring;
using CxSurveys.Web.Features.Scores.Map;

namespace CxSurveys.Web.Features.Scores.Compare;

/// <summary>The answer to the page's question, in words made from the figures.</summary>
internal static class CompareSentence
{
    public static IReadOnlyList<Piece> Of(CompareView view) => view switch
    {
        { Overlap: Overlap.Same } => [new("A and B are the same selection. Choose what is to differ.")],
        { A.Figure.Empty: true, B.Figure.Empty: true } => [new(view.NewestDay is null ? "No answers yet." : "No answers match.")],
        { A.Figure.Empty: true } => [new("A has no answers to compare.")],
        { B.Figure.Empty: true } => [new("B has no answers to compare A with.")],
        { Reworded: true } => [new("Wording changed, not comparable", Strong: true), new(": A and B were asked in other words.")],
        { Comparison.Difference: { } difference } => [.. Compared(view, difference), .. Origin(view, difference)],
        _ => [new("Too few answers to compare.")],
    };

    static IEnumerable<Piece> Compared(CompareView view, double difference)
    {
        var (comparison, definition) = (view.Comparison!, view.Definition);
        if (Common(view) is { } common) yield return new($"{common}: ");
        yield return new($"{view.A.Name} ");
        if (comparison.Verdict is Verdict.Higher or Verdict.Lower)
        {
            yield return new($"is {Display.Words(comparison.Verdict.Value)} by {Amount(Math.Abs(difference), definition)}", Strong: true);
            yield return new($" than {view.B.Name}");
        }
        else
        {
            yield return new("cannot be told apart", Strong: true);
            yield return new($" from {view.B.Name}: the difference is {Words.WithSign(difference, definition)}");
        }
        if (comparison is { Low: { } low, High: { } high }) yield return new($" (between {Between(low, high, definition)})");
        yield return new(".");
    }

    /// <summary>The place both sides have, unless they tell by it or have all.</summary>
    static string? Common(CompareView view) =>
        view.A.Parts[0] is { Narrows: true, What: CompareParts.Place } place && view.B.Parts[0].Text == place.Text ? place.Text : null;

    static IEnumerable<Piece> Origin(CompareView view, double difference)
    {
        if (view.Comparison!.Verdict is not (Verdict.Higher or Verdict.Lower) || view.Split is not { Inside: { } inside, Mix: { } mix } split) yield break;
        var by = split.By.ToLowerInvariant();
        var most = split.Rows.Where(r => r is { IsOther: false, Inside: { } own } && own > 0 == difference > 0).MaxBy(r => Math.Abs(r.Inside!.Value))?.Name;
        var share = inside / difference;
        yield return share switch
        {
            >= 0.9 and <= 1.1 => new($" Nearly all of it lies inside each {by}{Most(most)}; the mix adds {Words.WithSign(mix, view.Definition)}."),
            >= 0.5 => new($" Most of it lies inside each {by}{Most(most)}; the mix adds {Words.WithSign(mix, view.Definition)}."),
            <= 0.1 => new($" It comes from the mix: other shares of each {by}, not other scores."),
            _ => new($" Inside each {by} lie {Words.WithSign(inside, view.Definition)}, the mix adds {Words.WithSign(mix, view.Definition)}."),
        };
    }

    static string Most(string? name) => name is null ? "" : $", most in {name}";

    static string Amount(double amount, MetricDefinition definition) =>
        definition.Statistic == Statistic.Mean ? Words.Number(amount, definition) : $"{Words.Number(amount, definition)} points";

    static string Between(double low, double high, MetricDefinition definition) => $"{Words.WithSign(low, definition)} and {Words.WithSign(high, definition)}";
}
