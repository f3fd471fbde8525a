using CxSurveys.Web.Features.Branding;
using CxSurveys.Web.Features.Responses;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Respond;

/// <summary>What was filled in, and what is wrong with it; where nothing was sent, nothing is wrong.</summary>
internal sealed record Filled(IReadOnlyDictionary<string, string[]> Entries, IReadOnlyDictionary<string, FormError>? Errors = null, string? Problem = null)
{
    public IReadOnlyDictionary<string, FormError> Wrong => Errors ?? new Dictionary<string, FormError>();
}

/// <summary>Draws a page of the form of a version, and the answer that is stored, for a link as for an invitation.</summary>
/// <param name="Page">Which page, and what is known.</param>
/// <param name="Texts">The page's own.</param>
/// <param name="Language">That it speaks.</param>
/// <param name="Company">Who asks.</param>
/// <param name="Person">The name of the person who was asked; null where nobody is known.</param>
internal sealed record AnswerSheet(FormPage Page, CustomerTexts Texts, string Language, Organisation Company, string? Person = null)
{
    /// <summary>What the company says after an answer.</summary>
    public ThanksTexts? Thanks { get; init; }

    PublishedVersion Version => Page.Version;

    PersonalWords Words => new(Company.Name, Person, Page.Segment.Attributes);

    QuestionViews Questions => new(Version, Texts, Language, Words);

    /// <param name="filled">What stands in the fields.</param>
    /// <param name="postTo">Where it is sent.</param>
    /// <param name="seal">What a new form carries.</param>
    /// <param name="seen">The stamp of the stored answer.</param>
    /// <param name="pageAt">The address of a page, by its number.</param>
    public SurveyForm Form(Filled filled, string postTo, string? seal = null, string? seen = null, Func<int, string>? pageAt = null) => new()
    {
        Questions = Questions.All(Page, filled.Entries, filled.Wrong),
        Matrices = (Version.Definition.Matrices ?? []).ToDictionary(m => m.Key, m => Wording.Pick(m.Text, Version.Definition, Language, Words)!, StringComparer.Ordinal),
        Rules = [.. new PageRules(Page).Css()],
        Page = Version.Pages.Count > 1 ? Page.Number : null,
        Progress = Page.Progress,
        IsLast = Page.IsLast,
        Back = Page.Previous is { } before ? pageAt?.Invoke(before) : null,
        Saved = Page.Number > 1 ? SavedSoFar() : null,
        PostTo = postTo,
        Texts = Texts,
        Seal = seal,
        Seen = seen,
        Problem = filled.Problem,
        Changeable = Company.ChangeDays > 0,
    };

    // The first answer stands for all of them.
    string? SavedSoFar()
    {
        var kept = Entries.Stored(Version, Page.Known);
        return Version.Questions.FirstOrDefault(q => kept.ContainsKey(q.Key)) is { } first ? string.Join(", ", Questions.Told(first, kept)) : null;
    }

    /// <param name="stored">What is stored, whatever was sent meanwhile.</param>
    /// <param name="filled">What stands in the form; null = what is stored.</param>
    /// <param name="postTo">Where a change is sent.</param>
    /// <param name="desk">Says whether the answer can still be changed.</param>
    /// <param name="pageAt">The address of a page of the form, by its number.</param>
    /// <param name="finished">True when the person has just sent the last page.</param>
    public AnsweredView Answered(StoredResponse stored, Filled? filled, string postTo, AnswerDesk desk, Func<int, string> pageAt, bool finished)
    {
        var kept = Entries.Stored(Version, stored.Answers);
        var open = desk.IsChangeable(stored, Version, Company);
        bool onePage = Version.Pages.Count == 1;
        return new AnsweredView
        {
            Texts = Texts,
            Answers = [.. Version.Questions.Where(q => kept.ContainsKey(q.Key)).Select(q => new AnsweredQuestion(Questions.One(q, kept, group: GroupOf(q)), Questions.Told(q, kept)))],
            Date = Texts.Date(Local(stored.SubmittedAt)),
            Until = open ? Texts.DateAndTime(Local(AnswerDesk.ChangeableUntil(stored, Company))) : null,
            Final = open ? null : Texts[desk.IsClosed(Version) ? "answered.closed" : "answered.final"],
            Form = open && onePage ? Form(filled ?? new Filled(kept), postTo, seen: stored.Stamp) : null,
            ChangeAt = open && !onePage ? pageAt(1) : null,
            GoOnAt = open && !finished && Unfinished(stored) is { } page ? pageAt(page) : null,
            Thanks = ThanksView.Of(Thanks, Version, stored.Answers, Language),
        };
    }

    string? GroupOf(Question question) => Version.Definition.Questions[question.Position].TextBy is { } by && Version.ByKey.TryGetValue(by.Question, out var score)
        && ShownQuestions.Find(Page.Known, score.Id) is { Value: { } value } ? ScoreGroups.Of(score, value) : null;

    /// <summary>The first page behind the last that something was answered on.</summary>
    int? Unfinished(StoredResponse stored)
    {
        var answered = stored.Answers.Select(a => a.QuestionId).ToHashSet();
        int last = Enumerable.Range(1, Version.Pages.Count).LastOrDefault(page => Version.Pages[page - 1].Any(q => answered.Contains(q.Id)), 1);
        return (Page with { Number = last }).Next([.. stored.Answers.Where(a => Version.Pages[last - 1].Any(q => q.Id == a.QuestionId))]);
    }

    DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(Company.TimeZone));
}
