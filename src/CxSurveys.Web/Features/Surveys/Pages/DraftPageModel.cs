using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>The editor of a new and of a stored survey. Every button sends the whole form; only saving stores it.</summary>
[Authorize(Policies.AdminPages), RequestSizeLimit(LargestForm), RequestFormLimits(ValueCountLimit = MostFields)]
public abstract class DraftPageModel(DraftEditing editing) : PageModel
{
    public const string ActField = "act", NewKindField = "newKind";

    const string Overwrite = "overwrite:";

    /// <summary>Bytes. A definition may have 262,144; percent-encoded, and with the names of its fields, it can take this much.</summary>
    const int LargestForm = 4 << 20;

    /// <summary>200 questions in many languages, each with scale, labels and options.</summary>
    const int MostFields = 50_000;

    public DraftEditor Editor { get; protected set; } = null!;

    /// <summary>The value of the button that stores the form in place of a draft it has not seen.</summary>
    public static string OverwriteAct(StoredSurvey theirs) => Overwrite + theirs.Stamp;

    protected async Task<IActionResult> TakeAsync(DraftGround ground, Func<DraftForm, Task<string>> keyOf, CancellationToken ct)
    {
        Editor = new DraftEditor(ground, new DraftReader(Request.Form, ground).Read());
        string act = Request.Form[ActField].ToString();
        if (DraftEditing.Act(Editor, act, Request.Form[NewKindField].ToString()) is { } acted)
        {
            Editor = acted;
            // The fields say what the form says now, not what was posted.
            ModelState.Clear();
            return Page();
        }
        if (act.StartsWith(Overwrite, StringComparison.Ordinal)) Editor = Editor with { Form = Editor.Form with { Stamp = act[Overwrite.Length..] } };

        string key = await keyOf(Editor.Form);
        if (await editing.SaveAsync(key, Editor, User.Identity?.Name, ct) is not { } refused)
            return LocalRedirect(act == "publish" ? $"/surveys/{key}/publish" : $"/surveys/{key}/edit?saved=1");
        Editor = refused;
        Response.StatusCode = refused.Conflict ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest;
        return Page();
    }
}
