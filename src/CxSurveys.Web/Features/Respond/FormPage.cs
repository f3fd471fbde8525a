using System.Globalization;
using CxSurveys.Web.Features.Responses;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Respond;

/// <summary>One page of a form: which of its questions are to be asked, as far as the answers on the pages before it decide that.</summary>
/// <param name="Version">The version that is asked.</param>
/// <param name="Segment">The response's own.</param>
/// <param name="Known">What was answered so far.</param>
/// <param name="Number">From 1.</param>
internal sealed record FormPage(PublishedVersion Version, SegmentKey Segment, IReadOnlyList<NewAnswer> Known, int Number)
{
    /// <summary>The page an address or a form names; where it names none that is there, or one that is left out, the first.</summary>
    public static FormPage Of(PublishedVersion version, SegmentKey segment, IReadOnlyList<NewAnswer> known, string? number)
    {
        var first = new FormPage(version, segment, known, 1);
        var page = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int named) && named >= 1 && named <= version.Pages.Count ? first with { Number = named } : first;
        return page.IsAsked(page.Number) ? page : first.IsAsked(1) ? first : first with { Number = first.After(1, known) ?? 1 };
    }

    public IReadOnlyList<Question> Questions => Version.Pages[Number - 1];

    /// <summary>Ids of the questions it holds, hidden ones too.</summary>
    public IReadOnlySet<int> Ids => Questions.Select(q => q.Id).ToHashSet();

    /// <summary>By position: shown, hidden, or null where it depends on answers on this page or behind it.</summary>
    public bool?[] Shown => Before(Number, Known);

    /// <summary>This page's rules.</summary>
    public Branching Branching => new(Version, ShownQuestions.Circumstances(Segment));

    /// <summary>What a question before this page was answered with; null from this page on.</summary>
    public IReadOnlySet<string>? Tokens(Question question) => IsBefore(question, Number) ? ShownQuestions.Tokens(question, ShownQuestions.Find(Known, question.Id)) : null;

    /// <summary>Of how many pages that may be asked it is which: from 1.</summary>
    public (int At, int Count) Progress
    {
        get
        {
            var shown = Shown;
            var asked = Enumerable.Range(1, Version.Pages.Count).Where(page => IsAsked(page, shown)).ToList();
            return (asked.IndexOf(Number) + 1, asked.Count);
        }
    }

    public int? Previous
    {
        get
        {
            var shown = Shown;
            int before = Enumerable.Range(1, Number - 1).LastOrDefault(page => IsAsked(page, shown));
            return before == 0 ? null : before;
        }
    }

    /// <summary>True where nothing can come behind it.</summary>
    public bool IsLast
    {
        get
        {
            var shown = Shown;
            return !Enumerable.Range(Number + 1, Version.Pages.Count - Number).Any(page => IsAsked(page, shown));
        }
    }

    /// <summary>The page behind this one once it is answered; null behind the last.</summary>
    public int? Next(IReadOnlyList<NewAnswer> answers)
    {
        var ids = Ids;
        return After(Number, [.. Known.Where(a => !ids.Contains(a.QuestionId)), .. answers]);
    }

    int? After(int page, IReadOnlyList<NewAnswer> answers)
    {
        for (int next = page + 1; next <= Version.Pages.Count; next++)
            if (IsAsked(next, Before(next, answers))) return next;
        return null;
    }

    bool IsAsked(int page) => IsAsked(page, Before(page, Known));

    bool IsAsked(int page, bool?[] shown) => Version.Pages[page - 1].Any(q => shown[q.Position] != false);

    bool?[] Before(int page, IReadOnlyList<NewAnswer> answers) => !Version.Branches
        ? Array.ConvertAll(Version.AllShown, shown => (bool?)shown)
        : Branching.Known(question => IsBefore(question, page) ? ShownQuestions.Tokens(question, ShownQuestions.Find(answers, question.Id)) : null);

    bool IsBefore(Question question, int page) => question.Position < Version.Pages[page - 1][0].Position;
}
