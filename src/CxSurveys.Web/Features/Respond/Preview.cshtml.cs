using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CxSurveys.Web.Features.Respond;

/// <summary>The draft as customers would see it. It can be filled in and sent like theirs, and stores nothing, so the form needs no token.</summary>
[Authorize(Policies.AdminPages), IgnoreAntiforgeryToken, RequestSizeLimit(LargestForm)]
public sealed class PreviewModel(CxDbContext db, DraftPreview drafts) : CustomerFrame(db)
{
    public const string Note = "Preview of the draft: nothing that is entered here is stored.";

    internal SurveyForm Form { get; private set; } = null!;

    public Task<IActionResult> OnGetAsync() => AskAsync(null);

    public async Task<IActionResult> OnPostAsync() => await AskAsync((await ReadFormAsync()).Form);

    async Task<IActionResult> AskAsync(IFormCollection? sent)
    {
        if (await drafts.ReadAsync(RouteText("key"), Aborted) is not { } version) return NotFound();
        Speak(version.Definition.Languages);
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
