using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.Responses.Importing;

/// <summary>How far an import is, and afterwards what became of each line.</summary>
[Authorize(Policies.AdminPages)]
internal sealed class ProgressModel(ImportReader imports) : PageModel
{
    public const int MostShown = 200;

    public ImportStatus Import { get; private set; } = null!;

    public IReadOnlyList<ImportRejection> Rejected { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (await imports.FindAsync(id, ct) is not { } found) return NotFound();
        Import = found;
        Rejected = await imports.RejectionsAsync(id, 0, MostShown, ct);
        return Page();
    }
}
