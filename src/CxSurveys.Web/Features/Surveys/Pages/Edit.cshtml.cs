using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>What do we ask, and in which words?</summary>
/// <remarks>Every button sends the whole form; only saving stores it.</remarks>
[Authorize(Policies.AdminPages), RequestSizeLimit(LargestForm), RequestFormLimits(ValueCountLimit = MostFields)]
public sealed class EditModel(DraftEditing editing) : PageModel
{
    public const string ActField = "act", NewKindField = "newKind";

    const string Overwrite = "overwrite:";

    /// <summary>Bytes. A definition may have 262,144; percent-encoded, and with the names of its fields, it can take this much.</summary>
    const int LargestForm = 4 << 20;

    /// <summary>200 questions in many languages, each with scale, labels and options.</summary>
    const int MostFields = 50_000;

    public DraftEditor Editor { get; private set; } = null!;

    /// <summary>The value of the button that stores the form in place of a draft it has not seen.</summary>
    public static string OverwriteAct(StoredSurvey theirs) => Overwrite + theirs.Stamp;

    public StoredSurvey Stored => Editor.Ground.Stored;
    public bool Saved { get; private set; }

    public async Task<IActionResult> OnGetAsync(string key, bool saved, CancellationToken ct)
    {
        if (await editing.OpenAsync(key, ct) is not { Stored: { } stored } ground) return NotFound();
        Editor = new DraftEditor(ground, DraftForm.Of(stored));
        Saved = saved;
        HttpContext.AllowFrames();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string key, CancellationToken ct)
    {
        HttpContext.AllowFrames();
        if (await editing.OpenAsync(key, ct) is not { } ground) return NotFound();
        return Request.Form[ActField] == Autosave.Act ? await AutosaveAsync(key, ground, ct) : await TakeAsync(key, ground, ct);
    }

    async Task<IActionResult> AutosaveAsync(string key, DraftGround ground, CancellationToken ct)
    {
        var editor = new DraftEditor(ground, new DraftReader(Request.Form, ground).Read());
        if (await editing.SaveAsync(key, editor, User.Identity?.Name, ct) is { } refused) return Autosave.Not(refused.Errors, refused.Conflict ? refused.ConflictText : null);
        return await editing.OpenAsync(key, ct) is { Stored: { } stored } now ? Autosave.Done(stored, now.Days) : NotFound();
    }

    async Task<IActionResult> TakeAsync(string key, DraftGround ground, CancellationToken ct)
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

        if (await editing.SaveAsync(key, Editor, User.Identity?.Name, ct) is not { } refused)
            return LocalRedirect(act == "publish" ? $"/surveys/{key}/publish" : $"/surveys/{key}/edit?saved=1");
        Editor = refused;
        Response.StatusCode = refused.Conflict ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest;
        return Page();
    }
}
