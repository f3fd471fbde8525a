using CxSurveys.Web.Features.Responses;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Respond;

/// <summary>What was filled in, and what is wrong with it; where nothing was sent, nothing is wrong.</summary>
internal sealed record Filled(IReadOnlyDictionary<string, string[]> Entries, IReadOnlyDictionary<string, FormError>? Errors = null, string? Problem = null)
{
    public IReadOnlyDictionary<string, FormError> Wrong => Errors ?? new Dictionary<string, FormError>();
}

/// <summary>Draws the form of a version, and the answer that is stored, for a link as for an invitation.</summary>
internal sealed record AnswerSheet(PublishedVersion Version, CustomerTexts Texts, string Language, Organisation Company)
{
    QuestionViews Questions => new(Version, Texts, Language, Company.Name);

    public SurveyForm Form(Filled filled, string postTo, string? seal = null, string? seen = null) => new()
    {
        Questions = Questions.All(filled.Entries, filled.Wrong),
        PostTo = postTo,
        Texts = Texts,
        Seal = seal,
        Seen = seen,
        Problem = filled.Problem,
        Changeable = Company.ChangeDays > 0,
    };

    /// <param name="stored">What is stored, whatever was sent meanwhile.</param>
    /// <param name="filled">What stands in the form; null = what is stored.</param>
    /// <param name="postTo">Where a change is sent.</param>
    /// <param name="desk">Says whether the answer can still be changed.</param>
    public AnsweredView Answered(StoredResponse stored, Filled? filled, string postTo, AnswerDesk desk)
    {
        var kept = Entries.Stored(Version, stored.Answers);
        var form = Form(filled ?? new Filled(kept), postTo, seen: stored.Stamp);
        var open = desk.IsChangeable(stored, Version, Company);
        return new AnsweredView
        {
            Texts = Texts,
            Answers = [.. Version.Questions.Where(q => kept.ContainsKey(q.Key)).Select(q => new AnsweredQuestion(form.Questions[q.Position], Questions.Told(q, kept[q.Key])))],
            Date = Texts.Date(Local(stored.SubmittedAt)),
            Until = open ? Texts.DateAndTime(Local(AnswerDesk.ChangeableUntil(stored, Company))) : null,
            Final = open ? null : Texts[desk.IsClosed(Version) ? "answered.closed" : "answered.final"],
            Form = open ? form : null,
        };
    }

    DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(Company.TimeZone));
}
