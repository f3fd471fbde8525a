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
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string key, CancellationToken ct) =>
        await editing.OpenAsync(key, ct) is { } ground ? await TakeAsync(ground, _ => Task.FromResult(key), ct) : NotFound();
}
