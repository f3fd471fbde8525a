using CxSurveys.Scoring;
using CxSurveys.Web.Features.Scores.Map;

namespace CxSurveys.Web.Features.Scores.Detail;

/// <summary>The answer to the page's question, in words made from the figures.</summary>
internal static class DetailSentence
{
    const int MostNamed = 3;

    public static IReadOnlyList<Piece> Of(DetailView view) => view.Figure switch
    {
        { Empty: true } => [new(view.NewestDay is null ? "No answers yet." : "No answers match.")],
        { Shown: false } => [new("Too few answers to show a score.")],
        _ => [new(Said(view.Figure), Strong: true), new($" from {view.Figure.NText} {(view.ByCustomer ? "customers" : "answers")}{Moved(view)}."), .. Parts(view)],
    };

    static string Said(Figure figure) => figure.Definition.Statistic == Statistic.PositivePercent ? $"{figure.Text} satisfied" : $"{Words.KindName(figure.Definition)} {figure.Text}";

    static string Moved(DetailView view) => view.Change switch
    {
        { Told: true, Comparison: { Difference: { } by, Verdict: { } verdict } } => $", {Display.Words(verdict)} than in the period before by {Words.Number(Math.Abs(by), view.Definition)}",
        { Comparison.Difference: not null } => ", not distinguishable from the period before",
        _ => "",
    };

    static Piece[] Parts(DetailView view)
    {
        if (view.Split is not { } split) return [];
        var worse = view.Definition.Direction == Direction.Higher ? Verdict.Lower : Verdict.Higher;
        var named = split.Rows.Where(r => r.FromTheRest?.Verdict == worse).Take(MostNamed).Select(r => r.Name).ToList();
        if (named.Count == 0) return [];
        return [new(" "), new(string.Join(", ", named), Strong: true), new($" {(named.Count == 1 ? "scores" : "score")} {Display.Words(worse)} than the rest.")];
    }
}
