using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CxSurveys.Web.Features.Respond;

/// <summary>The draft as customers would see it. It can be filled in and sent like theirs, and stores nothing, so the form needs no token.</summary>
[Authorize(Policies.AdminPages), IgnoreAntiforgeryToken, RequestSizeLimit(LargestForm)]
public sealed class PreviewModel(CxDbContext db, DraftPreview drafts, DraftMail mail) : CustomerFrame(db)
{
    public const string Note = "Preview of the draft: nothing that is entered here is stored.";

    /// <summary>Of the view data: the media query under which the page is dark.</summary>
    public const string DarkWhen = "dark";

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
        var answers = sent is null ? null : FormAnswers.Read(version, sent);
        Form = new SurveyForm
        {
            Questions = new QuestionViews(version, Texts, Language, Company.Name).All(sent is null ? new Dictionary<string, string[]>() : Entries.Sent(sent), answers?.Errors ?? new Dictionary<string, FormError>()),
            PostTo = Here(Language),
            Texts = Texts,
            Changeable = Company.ChangeDays > 0,
        };
        return Show(Texts["form.title"], answers?.Errors.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }
}
