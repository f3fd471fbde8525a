using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Responses;
using CxSurveys.Web.Features.Surveys;
using Microsoft.AspNetCore.Mvc;

namespace CxSurveys.Web.Features.Respond;

/// <summary>
/// Thanks, and later the way back: shows a stored answer to whoever has its sealed address, and changes it until the
/// survey's change window ends.
/// </summary>
public sealed class AnswerModel(CxDbContext db, SurveyCatalog catalog, ResponseSeal seals, ResponseReader responses, AnswerDesk desk) : CustomerPageModel(db)
{
    const string RetryAfterSeconds = "2";

    internal AnsweredView? Answered { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        Response.Headers.CacheControl = "no-store";
        if (await FindAsync() is not var (stored, version)) return Tell(Notice.Unknown);
        return Repeat(stored, version, Entries.Stored(version, stored.Answers));
    }

    public async Task<IActionResult> OnPostAsync()
    {
        Response.Headers.CacheControl = "no-store";
        if (await FindAsync() is not var (stored, version)) return Tell(Notice.Unknown);

        var (form, status) = await ReadFormAsync();
        if (form is null) return Tell(Notice.Unreadable(Here(Language), status));
        var answers = FormAnswers.Read(version, form);
        var sent = Entries.Sent(form);
        if (answers.Errors.Count > 0) return Repeat(stored, version, sent, answers.Errors, StatusCodes.Status400BadRequest, Texts["error.summary"]);

        switch (await desk.TakeAsync(new HandedIn(stored.Id, version, Language, answers.Answers), Company, Aborted))
        {
            case Handed.Saved: return Continue(Here(Language));
            case Handed.Closed or Handed.Final: return Tell(Notice.TooLate(Here(Language)));
        }
        Response.Headers.RetryAfter = RetryAfterSeconds;
        return Repeat(stored, version, sent, status: StatusCodes.Status503ServiceUnavailable, problem: Texts["busy"]);
    }

    async Task<(StoredResponse Stored, PublishedVersion Version)?> FindAsync()
    {
        if (seals.OpenAnswer(RouteText("seal")) is not { } opened
            || await responses.FindAsync(opened.Id, Aborted) is not { } stored
            || await catalog.VersionAsync(stored.VersionId, Aborted) is not { } version
            || version.SurveyKey != Survey) return null;
        Speak(version.Definition.Languages);
        return (stored, version);
    }

    IActionResult Repeat(
        StoredResponse stored, PublishedVersion version, IReadOnlyDictionary<string, string[]> entries,
        IReadOnlyDictionary<string, FormError>? errors = null, int status = StatusCodes.Status200OK, string? problem = null)
    {
        var open = desk.IsChangeable(stored, version, Company);
        var questions = new QuestionViews(version, Texts, Language, Company.Name);
        var form = new SurveyForm
        {
            Questions = questions.All(entries, errors ?? new Dictionary<string, FormError>()),
            PostTo = Here(Language),
            Texts = Texts,
            Problem = problem,
        };
        var kept = Entries.Stored(version, stored.Answers);
        Answered = new AnsweredView
        {
            Texts = Texts,
            Answers = [.. version.Questions.Where(q => kept.ContainsKey(q.Key)).Select(q => new AnsweredQuestion(form.Questions[q.Position], questions.Told(q, kept[q.Key])))],
            Date = Texts.Date(Local(stored.SubmittedAt)),
            Until = open ? Texts.DateAndTime(Local(AnswerDesk.ChangeableUntil(stored, Company))) : null,
            Final = open ? null : Texts[desk.IsClosed(version) ? "answered.closed" : "answered.final"],
            Form = open ? form : null,
        };
        return Show(Texts[open ? "answered.title" : "answered.finalTitle"], status);
    }

    DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(Company.TimeZone));
}
