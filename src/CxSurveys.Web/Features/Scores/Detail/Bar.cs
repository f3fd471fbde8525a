using System.Globalization;
using CxSurveys.Scoring;
using CxSurveys.Web.Features.Scores.Map;

namespace CxSurveys.Web.Features.Scores.Detail;

/// <summary>A list of responses behind a bar.</summary>
/// <param name="Name">The question's wording.</param>
/// <param name="Count">Exactly as many as the list has.</param>
public sealed record BarList(string Name, long Count, string Link);

/// <summary>How often one value was given.</summary>
/// <param name="Lists">One for each question; none where no question may be told apart.</param>
public sealed record Bar(int Value, long Count, double Share, string Tone, IReadOnlyList<BarList> Lists)
{
    /// <summary>The one list that is all of the bar; null when there are several, or it counts something else.</summary>
    public BarList? Whole => Lists is [var list] && list.Count == Count ? list : null;

    /// <summary>Above this a scale's values without answers are left out.</summary>
    const int MostValues = 21;

    /// <param name="Blocks">By question, of the same selection.</param>
    internal sealed record Source(Scope Scope, MapGround Ground, MapAddress Address, Subject Subject, IReadOnlyList<Tally> Cells, ScoreBlock Blocks);

    internal static IReadOnlyList<Bar> Of(Figure figure, Source source)
    {
        if (figure.Answers is not { N: > 0 } answers) return [];
        var wide = answers.Max - answers.Min >= MostValues;
        return [.. answers.Counts.Where(c => !wide || c.Value > 0).Reverse()
            .Select(c => new Bar(c.Key, c.Value, (double)c.Value / answers.N, ToneOf(figure.Definition, c.Key), ListsOf(c.Key, figure.Definition, source)))];
    }

    public static string ToneOf(MetricDefinition definition, int value) =>
        definition.Positive.Contains(value) ? "high" : definition.Negative.Contains(value) ? "low" : "mid";

    // A list knows no definitions: it has the same question's answers on another scale too. Its count says so.
    static List<BarList> ListsOf(int value, MetricDefinition definition, Source source)
    {
        var lists = new List<BarList>();
        foreach (var row in source.Blocks.Rows.Where(r => r is { Withheld: false, N: > 0 }))
        {
            var asked = source.Scope.Questions.Where(q => q.Key == row.Key && q.Survey == row.Survey && KindsMatch(q, definition)).ToList();
            var ids = asked.Select(q => q.Id).ToHashSet();
            var count = source.Cells.Where(c => ids.Contains(c.QuestionId) && c.Value == value).Sum(c => c.Count);
            if (count > 0) lists.Add(new(row.Name, count, LinkOf(row, asked[0].Kind, value, source)));
        }
        return lists;
    }

    static bool KindsMatch(AskedQuestion question, MetricDefinition definition) => MetricDefinition.Parse(question.MetricKey!).Kind == definition.Kind;

    static string LinkOf(ScoreRow row, Surveys.QuestionKind kind, int value, Source source)
    {
        var others = source.Ground.Catalog.Questions.Where(q => q.Key == row.Key);
        var named = source.Address.Selection with
        {
            Kind = others.Any(q => q.Kind != kind) ? kind : null,
            Question = row.Key,
            Survey = source.Address.Selection.Survey ?? (others.Any(q => q.Survey != row.Survey) ? row.Survey : null),
        };
        return ResponsesLink.Of(source.Subject.Within(named), source.Ground.Period, value.ToString(CultureInfo.InvariantCulture));
    }
}

/// <summary>The address of the list of the responses that are counted.</summary>
internal static class ResponsesLink
{
    public static string Of(Selection selection, Period period, string? value)
    {
        var address = new MapAddress { Path = "/responses", Selection = selection with { From = period.From, To = period.To } }.Link();
        return value is null ? address : $"{address}&value={Uri.EscapeDataString(value)}";
    }
}
