using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Branding;
using CxSurveys.Web.Features.Respond.Guarding;
using CxSurveys.Web.Features.Responses;
using CxSurveys.Web.Features.Surveys;
using Microsoft.AspNetCore.Mvc;

namespace CxSurveys.Web.Features.Respond;

/// <summary>
/// Thanks, and later the way back: shows a stored answer to whoever has its sealed address, and changes it until the
/// survey's change window ends.
/// </summary>
public sealed class AnswerModel(CxDbContext db, SurveyCatalog catalog, ResponseSeal seals, ResponseReader responses, AnswerDesk desk, OpenLinks links, AnswerGuard guard, ThanksCatalog thanks) : OpenPageModel(db, links)
{
    const string RetryAfterSeconds = "2";
    const int TooEarly = 425;

    ThanksTexts? words;

    internal AnsweredView? Answered { get; private set; }

    /// <summary>A page of the form, where the address names one.</summary>
    internal SurveyForm? Form { get; private set; }

    /// <summary>Asked for before the answer counts, inside a flood.</summary>
    internal StepView? Step { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        Response.Headers.CacheControl = "no-store";
        if (await FindAsync() is not var (stored, version)) return Tell(Notice.Unknown);
        words = await thanks.OfAsync(Survey, Aborted);
        return AnswerGuard.IsAsked(stored) ? AskStep(null) : Draw(stored, PageOf(stored, version, Request.Query[PageField]), Request.Query[PageField].Count > 0);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        Response.Headers.CacheControl = "no-store";
        if (await FindAsync() is not var (stored, version)) return Tell(Notice.Unknown);

        var (form, status) = await ReadFormAsync();
        if (form is null) return Tell(Notice.Unreadable(Here(Language), status));
        if (form.ContainsKey(StepView.Field)) return await TakeStepAsync(stored, form);
        var page = PageOf(stored, version, form[SurveyForm.PageField]);
        bool paged = version.Pages.Count > 1;
        var answers = FormAnswers.Read(page, form, Language);
        var sent = Entries.Sent(form);
        if (answers.Errors.Count > 0) return Draw(stored, page, paged, new Filled(sent, answers.Errors, Texts["error.summary"]), StatusCodes.Status400BadRequest);

        switch (await desk.TakeAsync(new HandedIn(stored.Id, page, Language, answers.Answers, Seen: form[SurveyForm.SeenField]), Company, Aborted))
        {
            case Handed.Saved: return Continue(page.Next(answers.Answers) is { } next ? HereOn(next) : HereOn(null, finished: paged ? "1" : null));
            case Handed.Overtaken when await FindAsync() is var (now, _): return Draw(now, PageOf(now, version, form[SurveyForm.PageField]), paged, new Filled(sent, Problem: Texts["overtaken"]), StatusCodes.Status409Conflict);
            case Handed.Closed or Handed.Final: return Tell(Notice.TooLate(HereOn(null)));
        }
        Response.Headers.RetryAfter = RetryAfterSeconds;
        return Draw(stored, page, paged, new Filled(sent, Problem: Texts["busy"]), StatusCodes.Status503ServiceUnavailable);
    }

    static FormPage PageOf(StoredResponse stored, PublishedVersion version, string? number) => FormPage.Of(version, stored.Segment, stored.Answers, number);

    async Task<IActionResult> TakeStepAsync(StoredResponse stored, IFormCollection form)
    {
        if (!AnswerGuard.IsAsked(stored)) return Continue(Here(Language));
        var seal = RouteText("seal");
        switch (guard.Confirm(Survey, seal, seals.OpenAnswer(seal)!, form[ProofOfWork.Field], HttpContext))
        {
            case Guarding.Step.TooSoon: return AskStep("step.soon", TooEarly);
            case Guarding.Step.Later: return AskStep("step.later", StatusCodes.Status429TooManyRequests);
        }
        await desk.CountAsync(stored.Id, Aborted);
        return Continue(Here(Language));
    }

    IActionResult AskStep(string? problem, int status = StatusCodes.Status200OK)
    {
        Step = new StepView(Texts, Here(Language), guard.AskAgain(Survey, RouteText("seal"), HttpContext), problem is null ? null : Texts[problem]);
        return Show(Texts["step.title"], status);
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

    /// <param name="stored">The answer.</param>
    /// <param name="page">A page of its form.</param>
    /// <param name="asForm">True to show that page; false to repeat the answer.</param>
    /// <param name="filled">What stands in the fields; null = what is stored.</param>
    /// <param name="status">Of the answer.</param>
    IActionResult Draw(StoredResponse stored, FormPage page, bool asForm, Filled? filled = null, int status = StatusCodes.Status200OK)
    {
        var sheet = new AnswerSheet(page, Texts, Language, Company) { Thanks = words };
        if (asForm && desk.IsChangeable(stored, page.Version, Company))
        {
            Form = sheet.Form(filled ?? new Filled(Entries.Stored(page.Version, stored.Answers)), HereOn(page.Number), seen: stored.Stamp, pageAt: number => HereOn(number));
            return Show(Texts["form.title"], status);
        }
        Answered = sheet.Answered(stored, filled, HereOn(null), desk, number => HereOn(number), Request.Query.ContainsKey(FinishedField));
        return Show(Answered.Title, status);
    }
}
