using System.Globalization;

namespace CxSurveys.Web.Features.Surveys.Versions;

/// <summary>A scored question of one version with its words.</summary>
public sealed record WordedQuestion(int Id, int? GoesOnWith, int Version, DateTimeOffset PublishedAt, string Key, string MetricKey, Wording Words)
{
    public int Root => GoesOnWith ?? Id;
}

/// <summary>What a wording is to those before it.</summary>
public enum WordingStep
{
    /// <summary>Nothing was asked so before: no version has the question with this measure.</summary>
    New,

    /// <summary>As in the version before, but for spaces, case and punctuation, or languages that only one of them has.</summary>
    Same,

    /// <summary>Other words than the version before, but those of an earlier one.</summary>
    Back,

    /// <summary>Other words than the version before, whose words nobody answered yet.</summary>
    Corrected,

    /// <summary>Other words: another line, unless it is marked as the same measure.</summary>
    Changed,
}

/// <summary>Where a question's words lead to.</summary>
/// <param name="GoesOnWith">The first question of the wording it goes on with; null when it begins one.</param>
/// <param name="Before">The last question asked in other words and answered: what it may be marked comparable with. Null when there is none.</param>
public sealed record PlacedWording(WordingStep Step, int? GoesOnWith, WordedQuestion? Before);

/// <summary>The wordings of one survey's scored questions over its versions, and which of them are marked as the same measure.</summary>
public sealed class WordingHistory
{
    readonly IReadOnlyList<WordedQuestion> asked;
    readonly IReadOnlyList<WordingMark> marks;
    readonly List<WordingLines.Member> members;
    readonly HashSet<int> answeredRoots;
    readonly Dictionary<int, int> lines;

    /// <param name="asked">Of all versions, in any order.</param>
    /// <param name="marks">Those that hold.</param>
    /// <param name="answered">Ids of questions that somebody answered.</param>
    public WordingHistory(IEnumerable<WordedQuestion> asked, IReadOnlyList<WordingMark> marks, IReadOnlySet<int> answered)
    {
        this.asked = [.. asked.OrderBy(q => q.Version)];
        this.marks = marks;
        answeredRoots = [.. this.asked.Where(q => answered.Contains(q.Id)).Select(q => q.Root)];
        members = [.. this.asked.Select(q => new WordingLines.Member(q.Id, q.GoesOnWith, q.Version))];
        lines = WordingLines.Of(members, marks.Select(m => (m.QuestionId, m.EarlierId)));
    }

    /// <summary>The first version of the line that a scored question is in.</summary>
    public int LineOf(WordedQuestion question) => lines[question.Id];

    /// <summary>As the line is called in addresses and answers.</summary>
    public string NameOf(WordedQuestion question) => LineOf(question).ToString(CultureInfo.InvariantCulture);

    public WordedQuestion? Find(int version, string key) => asked.FirstOrDefault(q => q.Version == version && q.Key == key);

    /// <summary>Where a question goes that is about to be published.</summary>
    /// <param name="key">Of the question.</param>
    /// <param name="metric">Its metric definition.</param>
    /// <param name="words">What it says.</param>
    /// <param name="again">The version that is published once more; its line is the one to go on with.</param>
    public PlacedWording Place(string key, string metric, Wording words, int? again = null)
    {
        var before = asked.Where(q => q.Key == key && q.MetricKey == metric).ToList();
        if (before.Count == 0) return new(WordingStep.New, null, null);
        var last = before[^1].Root;
        if (before.Find(q => q.Version == again) is { } once && once.Root != last && words.SaysTheSameAs(WordsOf(once.Root))) return new(WordingStep.Back, once.Root, Other(before, once.Root));
        if (words.SaysTheSameAs(WordsOf(last))) return new(WordingStep.Same, last, null);
        foreach (var root in before.AsEnumerable().Reverse().Select(q => q.Root).Distinct().Skip(1))
            if (words.SaysTheSameAs(WordsOf(root))) return new(WordingStep.Back, root, Other(before, root));
        // A marked wording is another matter: the mark was given for its words.
        return answeredRoots.Contains(last) || marks.Any(m => m.QuestionId == last || m.EarlierId == last)
            ? new(WordingStep.Changed, null, Other(before, null))
            : new(WordingStep.Corrected, last, Other(before, last));
    }

    /// <summary>The wording that a published question replaced; null when it goes on with the words of the version before, or is the first.</summary>
    public WordedQuestion? ReplacedBy(WordedQuestion question)
    {
        var before = asked.Where(q => q.Key == question.Key && q.MetricKey == question.MetricKey && q.Version < question.Version).ToList();
        return before.Count == 0 || before[^1].Root == question.Root ? null : Other(before, question.Root) ?? before[^1];
    }

    /// <summary>The mark because of which two wordings are in one line; null when they are not.</summary>
    public WordingMark? MarkBetween(WordedQuestion one, WordedQuestion other) => WordingLines.MarkBetween(members, marks, one.Root, other.Root);

    static WordedQuestion? LastOf(IEnumerable<WordedQuestion> questions) => questions.MaxBy(q => q.Version);

    WordedQuestion? Other(List<WordedQuestion> before, int? root) => LastOf(before.Where(q => q.Root != root && answeredRoots.Contains(q.Root)));

    // In each language the words it had last.
    Wording WordsOf(int root) => asked.Where(q => q.Root == root).Select(q => q.Words).Aggregate((earlier, later) => later.OnTopOf(earlier));
}
