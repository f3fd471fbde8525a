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
    /// <summary>What customers read at the value, where all questions have the same words for it.</summary>
    public string? Words { get; init; }

    /// <summary>The one list that is all of the bar; null when there are several, or it counts something else.</summary>
    public BarList? Whole => Lists is [var list] && list.Count == Count ? list : null;

    /// <summary>Above this a scale's values without answers are left out.</summary>
    const int MostValues = 21;

    /// <param name="Blocks">By question, of the same selection.</param>
    internal sealed record Source(Scope Scope, MapGround Ground, MapAddress Address, Subject Subject, IReadOnlyList<Tally> Cells, ScoreBlock Blocks, IReadOnlyDictionary<int, string> Words);

    internal static IReadOnlyList<Bar> Of(Figure figure, Source source)
    {
        if (figure.Answers is not { N: > 0 } answers) return [];
        var wide = answers.Max - answers.Min >= MostValues;
        return [.. answers.Counts.Where(c => !wide || c.Value > 0).Reverse()
            .Select(c => new Bar(c.Key, c.Value, (double)c.Value / answers.N, ToneOf(figure.Definition, c.Key), ListsOf(c.Key, figure.Definition, source)) { Words = source.Words.GetValueOrDefault(c.Key) })];
    }

    public static string ToneOf(MetricDefinition definition, int value) =>
        definition.Positive.Contains(value) ? "high" : definition.Negative.Contains(value) ? "low" : "mid";

    static List<BarList> ListsOf(int value, MetricDefinition definition, Source source)
    {
        var lists = new List<BarList>();
        foreach (var row in source.Blocks.Rows.Where(r => r is { Withheld: false, N: > 0 }))
        {
            var ids = source.Scope.Questions.Where(q => q.Key == row.Key && q.Survey == row.Survey && q.MetricKey == definition.Key && source.Blocks.Lines.Has(q)).Select(q => q.Id).ToHashSet();
            var count = source.Cells.Where(c => ids.Contains(c.QuestionId) && c.Value == value).Sum(c => c.Count);
            if (count > 0) lists.Add(new(row.Name, count, LinkOf(row, definition, value, source)));
        }
        return lists;
    }

    // Other surveys, and other versions of this one on another scale or in other words, may have a question of the same key.
    static string LinkOf(ScoreRow row, MetricDefinition definition, int value, Source source)
    {
        var sameKey = source.Ground.Catalog.Questions.Where(q => q.Key == row.Key).ToList();
        var survey = source.Address.Selection.Survey ?? (sameKey.Exists(q => q.Survey != row.Survey) ? row.Survey : null);
        var named = source.Address.Selection with { Kind = null, Question = row.Key, Survey = survey };
        var scale = sameKey.Exists(q => (survey is null || q.Survey == survey) && q.MetricKey != definition.Key) ? definition.Key : null;
        var line = sameKey.Where(q => q.Survey == row.Survey && q.MetricKey == definition.Key).Select(q => q.Line).Distinct().Skip(1).Any() ? row.Line : null;
        if (line is not null) named = named with { Survey = row.Survey };
        var link = ResponsesLink.Of(source.Subject.Within(named), scale, source.Ground.Period, value.ToString(CultureInfo.InvariantCulture));
        return line is null ? link : $"{link}&line={line}";
    }
}

/// <summary>The address of the list of the responses that are counted, and of the same as a file.</summary>
internal static class ResponsesLink
{
    public static string Of(Selection selection, string? definition, Period period, string? value = null, string path = "/responses")
    {
        var address = new MapAddress { Path = path, Selection = selection with { From = period.From, To = period.To }, Definition = definition }.Link();
        return value is null ? address : $"{address}&value={Uri.EscapeDataString(value)}";
    }
}
