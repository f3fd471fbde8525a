using CxSurveys.Scoring;
using CxSurveys.Web.Features.Scores.Map;
using static CxSurveys.Web.Platform.PageTexts;

namespace CxSurveys.Web.Features.Scores.Detail;

/// <summary>The answer to the page's question, in words made from the figures.</summary>
internal static class DetailSentence
{
    const int MostNamed = 3;

    public static IReadOnlyList<Piece> Of(DetailView view) => view.Figure switch
    {
        { Empty: true } => [new(view.NewestDay is null ? T["No answers yet."] : T["No answers match."])],
        { Shown: false } => [new(T["Too few answers to show a score."])],
        _ => [new(Said(view.Figure), Strong: true), new(T[view.ByCustomer ? " from {0} customers{1}." : " from {0} answers{1}.", view.Figure.NText, Moved(view)]), .. Parts(view)],
    };

    static string Said(Figure figure) => figure.Definition.Statistic == Statistic.PositivePercent ? T["{0} satisfied", figure.Text] : $"{Words.KindName(figure.Definition)} {figure.Text}";

    static string Moved(DetailView view) => view.Change switch
    {
        { Told: true, Comparison: { Difference: { } by, Verdict: { } verdict } } => T[", {0} than in the period before by {1}", T[Display.Words(verdict)], Words.Number(Math.Abs(by), view.Definition)],
        { Comparison.Difference: not null } => T[", not distinguishable from the period before"],
        _ => "",
    };

    static Piece[] Parts(DetailView view)
    {
        if (view.Split is not { } split) return [];
        var worse = view.Definition.Direction == Direction.Higher ? Verdict.Lower : Verdict.Higher;
        var named = split.Rows.Where(r => r.FromTheRest?.Verdict == worse).Take(MostNamed).Select(r => r.Name).ToList();
        if (named.Count == 0) return [];
        return [new(" "), new(string.Join(", ", named), Strong: true), new(T[named.Count == 1 ? " scores {0} than the rest." : " score {0} than the rest.", T[Display.Words(worse)]])];
    }
}
