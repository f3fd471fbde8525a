using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;

namespace CxSurveys.Web.Features.Respond;

/// <summary>The draft as customers would see it. It can be filled in and sent like theirs, and stores nothing, so the form needs no token.</summary>
[Authorize(Policies.AdminPages), IgnoreAntiforgeryToken, RequestSizeLimit(LargestForm)]
public sealed class PreviewModel(CxDbContext db, DraftPreview drafts, DraftMail mail) : CustomerFrame(db)
{
    public const string Note = "Preview of the draft: nothing that is entered here is stored.";

    /// <summary>Of the view data: the media query under which the page is dark.</summary>
    public const string DarkWhen = "dark";

    const string CarriedPrefix = "was.";

    internal SurveyForm Form { get; private set; } = null!;

    public Task<IActionResult> OnGetAsync() => Request.Query["as"] == "mail" ? MailAsync() : AskAsync(null);

    public async Task<IActionResult> OnPostAsync() => await AskAsync((await ReadFormAsync()).Form);

    async Task<IActionResult> MailAsync()
    {
        if (await drafts.ReadAsync(RouteText("key"), Aborted) is not { } version) return NotFound();
        Speak(version.Definition.Languages);
        HttpContext.ShowForeignHtml();
        string html = await mail.ComposeAsync(version, Language, User.Identity?.Name, Request, Company, Aborted);
        return Content(Media is { } media ? html.Replace("(prefers-color-scheme: dark)", media, StringComparison.Ordinal) : html, "text/html; charset=utf-8");
    }

    /// <summary>What stands for a dark screen where the address says which is wanted; null = the reader's own.</summary>
    string? Media => Request.Query["theme"].ToString() switch { "dark" => "all", "light" => "not all", _ => null };

    async Task<IActionResult> AskAsync(IFormCollection? sent)
    {
        if (await drafts.ReadAsync(RouteText("key"), Aborted) is not { } version) return NotFound();
        Speak(version.Definition.Languages);
        HttpContext.AllowFramingHere();
        if (Media is { } media) ViewData[DarkWhen] = media;
        var page = PageOf(version, sent is null ? Request.Query[PageField] : sent[SurveyForm.PageField]);
        var answers = sent is null ? null : FormAnswers.Read(page, sent, Language);
        if (answers?.Errors.Count == 0 && page.Next(answers.Answers) is { } next) return Continue(HereOn(next) + Carried(page, sent!));
        var filled = sent is null ? new Filled(new Dictionary<string, string[]>()) : new Filled(Entries.Sent(sent), answers!.Errors);
        Form = new AnswerSheet(page, Texts, Language, Company).Form(filled, HereOn(page.Number), pageAt: number => HereOn(number));
        return Show(Texts["form.title"], answers?.Errors.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }

    /// <summary>Nothing is stored: what earlier pages said is carried along in the address.</summary>
    FormPage PageOf(PublishedVersion version, string? number)
    {
        var fields = Request.Query.Where(q => q.Key.StartsWith(CarriedPrefix, StringComparison.Ordinal)).Select(q => new KeyValuePair<string, StringValues>(q.Key[CarriedPrefix.Length..], q.Value)).ToList();
        var page = new FormPage(version, OpenLink.None.SegmentIn(Language), [], 1);
        for (int i = 1; i <= version.Pages.Count; i++) page = page with { Number = i, Known = [.. page.Known, .. FormAnswers.Read(page with { Number = i }, fields, Language).Answers] };
        return FormPage.Of(version, page.Segment, page.Known, number);
    }

    // Of texts nothing depends, and they would not fit.
    static string Carried(FormPage page, IFormCollection sent) => string.Concat(
        from question in page.Questions
        where question.Kind != QuestionKind.Text
        from value in sent[question.Key].OfType<string>()
        select $"&{CarriedPrefix}{question.Key}={Uri.EscapeDataString(value)}");
}
