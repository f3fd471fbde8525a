using Microsoft.AspNetCore.Mvc;

namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>A survey that is not stored yet.</summary>
public sealed class NewModel(DraftEditing editing, StoredSurveys surveys) : DraftPageModel(editing)
{
    readonly DraftEditing editing = editing;

    public async Task OnGetAsync(CancellationToken ct) =>
        Editor = new DraftEditor(await editing.OpenNewAsync(ct), new DraftForm { Questions = [DraftActs.NewQuestion(QuestionKind.Nps, ["en"])] });

    public async Task<IActionResult> OnPostAsync(CancellationToken ct) => await TakeAsync(await editing.OpenNewAsync(ct), form => KeyOfAsync(form, ct), ct);

    async Task<string> KeyOfAsync(DraftForm form, CancellationToken ct)
    {
        if (form.Key.Length > 0) return form.Key;
        HashSet<string> taken = ["new", .. (await surveys.AllAsync(ct)).Select(s => s.Key)];
        return MadeKey.From(form.Name, "survey", taken);
    }
}
