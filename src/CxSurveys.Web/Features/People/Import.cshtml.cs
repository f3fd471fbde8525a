using System.IO.Pipelines;
using System.Text;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.People.Files;
using CxSurveys.Web.Platform;
using CxSurveys.Web.Platform.Import;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.People;

/// <summary>
/// A file, which leads to a page of its own, or pasted lines, whose result is the answer to the form itself: sent again they only find duplicates.
/// </summary>
[Authorize(Policies.AdminPages), RequestSizeLimit(LargestFile), RequestFormLimits(MultipartBodyLengthLimit = LargestFile)]
public sealed class ImportModel(ImportPeople import, CxDbContext db, TimeProvider clock) : PageModel
{
    /// <summary>Bytes; the API takes any size.</summary>
    public const long LargestFile = 100L << 20;

    public const int MostShown = 200;

    public sealed record Outcome(ImportProgress Total, IReadOnlyList<RejectedLine> Rejected);

    public Outcome? Result { get; private set; }

    /// <summary>Why nothing was stored; the field is a column of the header.</summary>
    public IDictionary<string, string[]> Problems { get; private set; } = new Dictionary<string, string[]>();

    [BindProperty] public IFormFile? People { get; set; }
    [BindProperty] public string? Lines { get; set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var wrong = new Errors();
        if (People is { Length: > 0 } && await TakeAsync(People, wrong, ct) is { } kept) return LocalRedirect(UploadedFile.Address(kept));
        if (People is null or { Length: 0 } && string.IsNullOrWhiteSpace(Lines)) wrong.Add("", "Choose a file that is not empty, or paste lines.");
        if (!wrong.Any && Result is null)
        {
            await using var lines = new MemoryStream(Encoding.UTF8.GetBytes(Lines ?? ""));
            await RunAsync(lines, wrong, ct);
        }
        Problems = wrong.ToDictionary();
        if (wrong.Any) Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    /// <summary>A file of columns is kept, to be told what its columns are; JSON lines tell that themselves and are imported at once.</summary>
    async Task<PeopleFile?> TakeAsync(IFormFile sent, Errors wrong, CancellationToken ct)
    {
        await using var stream = sent.OpenReadStream();
        if (!await IsCsvAsync(stream, ct))
        {
            await RunAsync(stream, wrong, ct);
            return null;
        }
        byte[] content = new byte[sent.Length];
        await stream.ReadExactlyAsync(content, ct);
        return await UploadedFile.KeepAsync(db, sent.FileName, content, clock.GetUtcNow(), wrong, ct);
    }

    async Task RunAsync(Stream file, Errors wrong, CancellationToken ct)
    {
        var shown = new List<RejectedLine>();
        bool isCsv = await IsCsvAsync(file, ct);
        var total = await import.RunAsync(PipeReader.Create(file), isCsv, line =>
        {
            if (shown.Count < MostShown) shown.Add(line);
            return Task.CompletedTask;
        }, wrong, ct);
        if (!wrong.Any) Result = new Outcome(total, shown);
    }

    // What a file is called says little; an object opens with a brace, and no header does.
    static async Task<bool> IsCsvAsync(Stream file, CancellationToken ct)
    {
        byte[] start = new byte[256];
        int length = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, ct);
        file.Position = 0;
        return !Encoding.UTF8.GetString(start, 0, length).TrimStart('\uFEFF', ' ', '\t', '\r', '\n').StartsWith('{');
    }
}
