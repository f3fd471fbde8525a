using System.IO.Pipelines;
using System.Text;
using CxSurveys.Web.Platform;
using CxSurveys.Web.Platform.Import;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.People;

/// <summary>
/// A file or pasted lines. The result is the answer to the form itself, not kept anywhere: sent again it only finds duplicates.
/// </summary>
[Authorize(Policies.AdminPages), RequestSizeLimit(LargestFile), RequestFormLimits(MultipartBodyLengthLimit = LargestFile)]
public sealed class ImportModel(ImportPeople import) : PageModel
{
    /// <summary>Bytes; the API takes any size.</summary>
    public const long LargestFile = 200L << 20;

    public const int MostShown = 200;

    public sealed record Outcome(ImportProgress Total, IReadOnlyList<RejectedLine> Rejected);

    public Outcome? Result { get; private set; }

    /// <summary>Why nothing was stored; the field is a column of the header.</summary>
    public IDictionary<string, string[]> Problems { get; private set; } = new Dictionary<string, string[]>();

    [BindProperty] public IFormFile? People { get; set; }
    [BindProperty] public string? Lines { get; set; }

    public async Task OnPostAsync(CancellationToken ct)
    {
        var wrong = new Errors();
        if (People is null or { Length: 0 } && string.IsNullOrWhiteSpace(Lines)) wrong.Add("", "Choose a file that is not empty, or paste lines.");
        else
        {
            await using var file = People is { Length: > 0 } ? People.OpenReadStream() : new MemoryStream(Encoding.UTF8.GetBytes(Lines!));
            await RunAsync(file, wrong, ct);
        }
        Problems = wrong.ToDictionary();
        if (wrong.Any) Response.StatusCode = StatusCodes.Status400BadRequest;
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
