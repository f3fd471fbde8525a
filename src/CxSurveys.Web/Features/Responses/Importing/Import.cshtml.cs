using CxSurveys.Web.Platform;
using CxSurveys.Web.Platform.Import;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.Responses.Importing;

/// <summary>A file of past answers, of any size: stored while it comes in, never kept. The form's own protection is checked before its file is read.</summary>
[Authorize(Policies.AdminPages), StreamedForm, IgnoreAntiforgeryToken]
internal sealed class ImportPage(WatchedImport import, ImportLog log, ImportReader imports, IAntiforgery antiforgery) : PageModel
{
    public const string Address = "/responses/import";
    const string TokenHeader = "RequestVerificationToken", TokenField = "__form", IdField = "id";

    /// <summary>Of the import that this form would start: a page that shows its progress knows it beforehand.</summary>
    public Guid NextId { get; } = Guid.CreateVersion7();

    public IReadOnlyList<ImportStatus> Earlier { get; private set; } = [];

    public string? Problem { get; private set; }

    public Task OnGetAsync(CancellationToken ct) => ShowAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        ImportAnswer.TakeAnySize(HttpContext);
        if (await FileUpload.ReadAsync(Request, ct) is not { } upload) return BadRequest();
        Request.Headers[TokenHeader] = upload[TokenField];
        if (!await antiforgery.IsRequestValidAsync(HttpContext)) return BadRequest();
        if (upload.Content is null) return await AgainAsync("Choose a file first.", ct);
        if (!Guid.TryParse(upload[IdField], out var id) || !await log.BeginAsync(id, upload.FileName, User.Identity?.Name, Request.ContentLength, ct))
            return await AgainAsync("This form was sent before. Choose the file again.", ct);

        await import.RunAsync(id, await ImportFile.LookAsync(upload.Content, ct), null, new Errors(), _ => Task.CompletedTask, null, ct);
        await upload.ReadRestAsync(ct);
        return RedirectToPage("/Responses/Importing/Progress", new { id });
    }

    async Task<IActionResult> AgainAsync(string problem, CancellationToken ct)
    {
        Problem = problem;
        Response.StatusCode = StatusCodes.Status400BadRequest;
        await ShowAsync(ct);
        return Page();
    }

    async Task ShowAsync(CancellationToken ct) => Earlier = await imports.NewestAsync(ct);
}
