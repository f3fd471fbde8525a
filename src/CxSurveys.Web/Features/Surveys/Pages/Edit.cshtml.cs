using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Mvc;

namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>What do we ask, and in which words?</summary>
public sealed class EditModel(DraftEditing editing) : DraftPageModel(editing)
{
    readonly DraftEditing editing = editing;

    public StoredSurvey Stored => Editor.Ground.Stored!;
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
        return Request.Form[ActField] == Autosave.Act ? await AutosaveAsync(key, ground, ct) : await TakeAsync(ground, _ => Task.FromResult(key), ct);
    }

    async Task<IActionResult> AutosaveAsync(string key, DraftGround ground, CancellationToken ct)
    {
        var editor = new DraftEditor(ground, new DraftReader(Request.Form, ground).Read());
        if (await editing.SaveAsync(key, editor, User.Identity?.Name, ct) is { } refused) return Autosave.Not(refused.Errors, refused.Conflict ? refused.ConflictText : null);
        return await editing.OpenAsync(key, ct) is { Stored: { } stored } now ? Autosave.Done(stored, now.Days) : NotFound();
    }
}
