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
        return Repeat(stored, version);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        Response.Headers.CacheControl = "no-store";
        if (await FindAsync() is not var (stored, version)) return Tell(Notice.Unknown);

        var (form, status) = await ReadFormAsync();
        if (form is null) return Tell(Notice.Unreadable(Here(Language), status));
        var answers = FormAnswers.Read(version, form);
        var sent = Entries.Sent(form);
        if (answers.Errors.Count > 0) return Repeat(stored, version, new Filled(sent, answers.Errors, Texts["error.summary"]), StatusCodes.Status400BadRequest);

        switch (await desk.TakeAsync(new HandedIn(stored.Id, version, Language, answers.Answers, Seen: form[SurveyForm.SeenField]), Company, Aborted))
        {
            case Handed.Saved: return Continue(Here(Language));
            case Handed.Overtaken when await FindAsync() is var (now, _): return Repeat(now, version, new Filled(sent, Problem: Texts["overtaken"]), StatusCodes.Status409Conflict);
            case Handed.Closed or Handed.Final: return Tell(Notice.TooLate(Here(Language)));
        }
        Response.Headers.RetryAfter = RetryAfterSeconds;
        return Repeat(stored, version, new Filled(sent, Problem: Texts["busy"]), StatusCodes.Status503ServiceUnavailable);
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

    IActionResult Repeat(StoredResponse stored, PublishedVersion version, Filled? filled = null, int status = StatusCodes.Status200OK)
    {
        Answered = new AnswerSheet(version, Texts, Language, Company).Answered(stored, filled, Here(Language), desk);
        return Show(Answered.Title, status);
    }
}
