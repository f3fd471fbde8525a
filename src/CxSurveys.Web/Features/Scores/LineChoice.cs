namespace CxSurveys.Web.Features.Scores;

/// <summary>A question with one measure, over the versions whose words are the same or marked as the same measure.</summary>
/// <param name="First">The first of these versions; it names the line.</param>
internal readonly record struct QuestionLine(string Survey, string Question, string? Metric, int First)
{
    /// <summary>The question whatever its words.</summary>
    public (string Survey, string Question, string? Metric) Measure => (Survey, Question, Metric);

    public string Name => First.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Which line of each question counts: one, never two in a number.</summary>
internal sealed class LineChoice
{
    readonly ScoreCatalog catalog;
    readonly Dictionary<(string, string, string?), QuestionLine> chosen;
    readonly HashSet<QuestionLine> answered;

    LineChoice(ScoreCatalog catalog, Dictionary<(string, string, string?), QuestionLine> chosen, HashSet<QuestionLine> answered) =>
        (this.catalog, this.chosen, this.answered) = (catalog, chosen, answered);

    /// <summary>Of each question the newest line with answers; without any, the newest with skipped ones; else its newest.</summary>
    /// <param name="catalog">The questions and their lines.</param>
    /// <param name="tallies">Of the selection: the question, and whether it was answered.</param>
    /// <param name="preferred">Whose line is taken instead wherever it has answers here too.</param>
    public static LineChoice Of(ScoreCatalog catalog, IEnumerable<(int QuestionId, bool Answered)> tallies, LineChoice? preferred = null)
    {
        var lines = tallies.Distinct().Select(t => (catalog.Question(t.QuestionId).Line, t.Answered)).ToList();
        return new(
            catalog,
            lines.GroupBy(t => t.Line.Measure).ToDictionary(
                measure => measure.Key,
                measure => measure.OrderByDescending(t => t.Answered).ThenByDescending(t => preferred?.chosen.ContainsValue(t.Line) == true).ThenByDescending(t => catalog.NewestOf(t.Line)).First().Line),
            [.. lines.Where(t => t.Answered).Select(t => t.Line)]);
    }

    public static LineChoice Of(ScoreCatalog catalog, IEnumerable<Tally> tallies, LineChoice? preferred = null) => Of(catalog, tallies.Select(t => (t.QuestionId, t.Answered)), preferred);

    public static LineChoice Only(ScoreCatalog catalog, QuestionLine line) => new(catalog, new() { [line.Measure] = line }, [line]);

    /// <summary>The same, and of questions that are not among its own those that a wider selection would have.</summary>
    public LineChoice Widened(IEnumerable<(int QuestionId, bool Answered)> tallies)
    {
        var wider = Of(catalog, tallies);
        foreach (var (measure, line) in chosen) wider.chosen[measure] = line;
        return wider;
    }

    public bool Has(AskedQuestion question) => (chosen.TryGetValue(question.Line.Measure, out var line) ? line : catalog.NewestLine(question.Line.Measure)) == question.Line;

    public bool Has(int questionId) => Has(catalog.Question(questionId));

    /// <summary>Lines of one and the same question that were answered and differ between two choices.</summary>
    public IEnumerable<(QuestionLine Mine, QuestionLine Theirs)> DifferingFrom(LineChoice other) =>
        from line in chosen.Values
        where answered.Contains(line) && other.chosen.TryGetValue(line.Measure, out var theirs) && theirs != line && other.answered.Contains(theirs)
        select (line, other.chosen[line.Measure]);
}

/// <summary>A line that the score beside it leaves out.</summary>
/// <param name="Line">The number of its first version.</param>
/// <param name="Versions">All its versions.</param>
/// <param name="N">Its answers in the selection.</param>
public sealed record OtherLine(string Question, string Survey, string Line, IReadOnlyList<int> Versions, long N);

/// <summary>A question whose two sides were asked in other words.</summary>
public sealed record DifferingLine(string Question, string Survey, string A, string B);
