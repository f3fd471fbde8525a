using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Respond.Guarding;
using CxSurveys.Web.Features.Responses;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Mvc;

namespace CxSurveys.Web.Features.Respond;

/// <summary>An open survey: whoever has its address may answer.</summary>
public sealed class SurveyModel(CxDbContext db, SurveyCatalog catalog, ResponseSeal seals, AnswerDesk desk, OpenLinks links, AnswerGuard guard) : OpenPageModel(db, links)
{
    const string RetryAfterSeconds = "2";

    internal SurveyForm? Form { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (await NewestAsync() is not { } version) return Tell(Notice.Unknown);
        Speak(version.Definition.Languages);
        if (desk.IsClosed(version)) return Tell(Notice.Closed);
        if (await EarlierAsync() is { } earlier) return Continue(earlier.Address);

        // May be kept by the browser: going back must show the form that was sent, with its seal, not a fresh one.
        Response.Headers.CacheControl = "private, no-cache";
        return Ask(PageOf(version, Request.Query[PageField]), seals.NewForm(version.Id), new Filled(Entries.Preselect(version, Request.Query["score"])));
    }

    public async Task<IActionResult> OnPostAsync()
    {
        Response.Headers.CacheControl = "no-store";
        if (await NewestAsync() is not { } newest) return Tell(Notice.Unknown);
        Speak(newest.Definition.Languages);

        var (form, status) = await ReadFormAsync();
        if (form is null) return Tell(Notice.Unreadable(Address(Survey), status));
        if (await OpenAsync(form) is not var (sealedForm, version)) return Tell(Notice.Unreadable(Address(Survey)));
        Speak(version.Definition.Languages);
        if (seals.IsExpired(sealedForm)) return Tell(Notice.Expired(Address(Survey)));

        if (await EarlierAsync() is { } earlier && earlier.Id != sealedForm.Id) return Continue(earlier.Address);

        var page = PageOf(version, form[SurveyForm.PageField]);
        var answers = FormAnswers.Read(page, form, Language);
        if (answers.Errors.Count > 0) return AskAgain(page, form, answers.Errors, StatusCodes.Status400BadRequest, "error.summary");
        int? next = page.Next(answers.Answers);
        // Nothing to store yet: the next page is as new as this one was.
        if (answers.Answers.Count == 0 && next is not null) return Continue(HereOn(next));

        var (state, flags) = Link.IsTest ? (ResponseState.Test, ResponseFlags.None) : guard.Judge(Survey, sealedForm, form, answers.Answers.Count, HttpContext);
        var seal = seals.Answer(sealedForm.Id, version.Id);
        return await desk.TakeAsync(new HandedIn(sealedForm.Id, page, Language, answers.Answers, Came: new Came(Link.TouchpointId, state, flags)), Company, Aborted) switch
        {
            Handed.Saved => Saved(seal, next is not null ? $"&{PageField}={next}" : version.Pages.Count > 1 ? $"&{FinishedField}=1" : ""),
            Handed.Closed => Tell(Notice.Closed),
            Handed.Final => Tell(Notice.TooLate(AnswerPage(seal))),
            _ => Busy(page, form),
        };
    }

    FormPage PageOf(PublishedVersion version, string? number) => FormPage.Of(version, Link.SegmentIn(Language), [], number);

    bool AsksOnce => Link.Rules.OneAnswerPerBrowser && !Link.IsTest;

    // Where the survey takes one answer per browser: the way to the one this browser gave.
    async Task<(Guid Id, string Address)?> EarlierAsync() =>
        AsksOnce && OnceCookie.Read(HttpContext, Survey) is { } seal && seals.OpenAnswer(seal) is { } given && await desk.HasAsync(given.Id, Aborted)
            ? (given.Id, AnswerPage(seal))
            : null;

    IActionResult Saved(string seal, string onPage)
    {
        if (AsksOnce) OnceCookie.Write(HttpContext, Survey, seal);
        return Continue(AnswerPage(seal) + onPage);
    }

    string AnswerPage(string seal) => Link.Address($"/s/{Survey}/a/{seal}", Language);

    async Task<PublishedVersion?> NewestAsync() => TextRules.IsKey(Survey) ? await catalog.NewestAsync(Survey, Aborted) : null;

    /// <summary>The form is checked against the version it showed, however many were published since.</summary>
    async Task<(SealedResponse Form, PublishedVersion Version)?> OpenAsync(IFormCollection form) =>
        seals.OpenForm(form[SurveyForm.SealField]) is { } opened
        && await catalog.VersionAsync(opened.VersionId, Aborted) is { } version
        && version.SurveyKey == Survey
            ? (opened, version)
            : null;

    IActionResult Busy(FormPage page, IFormCollection form)
    {
        Response.Headers.RetryAfter = RetryAfterSeconds;
        return AskAgain(page, form, new Dictionary<string, FormError>(), StatusCodes.Status503ServiceUnavailable, "busy");
    }

    IActionResult AskAgain(FormPage page, IFormCollection form, IReadOnlyDictionary<string, FormError> errors, int status, string problem) =>
        Ask(page, form[SurveyForm.SealField]!, new Filled(Entries.Sent(form), errors, Texts[problem]), status);

    IActionResult Ask(FormPage page, string seal, Filled filled, int status = StatusCodes.Status200OK)
    {
        // Not the page's own address: a POST to that makes browsers forget the page, and going back would bring a fresh seal.
        Form = new AnswerSheet(page, Texts, Language, Company).Form(filled, $"{Address(page.Version.SurveyKey)}&{SentMark}=1", seal, pageAt: number => HereOn(number)) with { Challenge = guard.Ask(Survey, seal, HttpContext) };
        return Show(Texts["form.title"], status);
    }

    string Address(string survey) => Link.Address($"/s/{survey}", Language);
}
