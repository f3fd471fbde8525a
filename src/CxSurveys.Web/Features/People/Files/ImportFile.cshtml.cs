using System.Globalization;
using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using CxSurveys.Web.Platform.Import;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.People.Files;

/// <summary>One file of people: what its columns are, how far it is, what became of it.</summary>
[Authorize(Policies.AdminPages)]
public sealed class ImportFileModel(CxDbContext db) : PageModel
{
    public const int PreviewRows = 8;

    /// <summary>Stands in a choice for a column that is passed over, and for one that is an attribute under its own name.</summary>
    public const string Skip = "", Attribute = "*";

    public PeopleFile Known { get; private set; } = null!;
    public IReadOnlyList<IReadOnlyList<string>> Preview { get; private set; } = [];
    public IDictionary<string, string[]> Problems { get; private set; } = new Dictionary<string, string[]>();

    [BindProperty] public string? Encoding { get; set; }
    [BindProperty] public string? Separator { get; set; }

    /// <summary>What each column is chosen to be.</summary>
    [BindProperty] public List<string?> Columns { get; set; } = [];

    /// <summary>The attribute's name, beside each choice.</summary>
    [BindProperty] public List<string?> Names { get; set; } = [];

    public bool IsRunning => Known.State is PeopleFileState.Waiting or PeopleFileState.Running;

    public static string N(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct)) return NotFound();
        if (IsRunning) Response.Headers.Append("Refresh", "1");
        await LookAsync(ct);
        return Page();
    }

    /// <summary>Read anew, in another encoding or with another separator.</summary>
    public async Task<IActionResult> OnPostLookAsync(Guid id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct) || !Known.IsKept || IsRunning) return NotFound();
        if (SheetForm.Encodings.Any(e => e.Name == Encoding)) Known.Encoding = Encoding!;
        if (Separator is [var separator] && SheetForm.Separators.Any(s => s.Separator == separator)) Known.Separator = separator;
        await UploadedFile.ReadHeadAsync(db, Known, await ContentAsync(ct), ct);
        await db.SaveChangesAsync(ct);
        return LocalRedirect(UploadedFile.Address(Known));
    }

    public Task<IActionResult> OnPostCheckAsync(Guid id, CancellationToken ct) => StartAsync(id, isDry: true, ct);

    public Task<IActionResult> OnPostImportAsync(Guid id, CancellationToken ct) => StartAsync(id, isDry: false, ct);

    async Task<IActionResult> StartAsync(Guid id, bool isDry, CancellationToken ct)
    {
        if (!await FindAsync(id, ct) || !Known.IsKept || IsRunning) return NotFound();
        string[] chosen = Columns.Count == 0 ? Known.Columns : [.. Known.Header.Select((_, i) => Chosen(i))];
        var errors = new Errors();
        PersonColumns.Of(chosen, errors);
        Known.Columns = chosen;
        if (errors.Any)
        {
            Problems = errors.ToDictionary();
            Response.StatusCode = StatusCodes.Status400BadRequest;
            Known.State = PeopleFileState.Uploaded;
            await LookAsync(ct);
            return Page();
        }
        (Known.State, Known.IsDry, Known.Read) = (PeopleFileState.Waiting, isDry, 0);
        await db.SaveChangesAsync(ct);
        return LocalRedirect(UploadedFile.Address(Known));
    }

    public async Task<IActionResult> OnGetRejectedAsync(Guid id, CancellationToken ct) =>
        await db.Set<RejectedRows>().AsNoTracking().SingleOrDefaultAsync(r => r.FileId == id, ct) is { } rows ? File(rows.Csv, "text/csv; charset=utf-8", "rejected.csv") : NotFound();

    string Chosen(int i)
    {
        string choice = Columns.ElementAtOrDefault(i) ?? Skip;
        return choice == Attribute ? (Names.ElementAtOrDefault(i) is { } name && name.Trim().Length > 0 ? name.Trim() : Known.Header[i].Trim()) : PostedPerson.Fields.Contains(choice) ? choice : Skip;
    }

    async Task LookAsync(CancellationToken ct)
    {
        if (Known is { IsKept: true, State: PeopleFileState.Uploaded }) Preview = [.. Sheet.Read(await ContentAsync(ct), Known.Form).Skip(1).Take(PreviewRows).Select(r => r.Cells)];
    }

    Task<byte[]> ContentAsync(CancellationToken ct) => db.Set<PeopleFileContent>().Where(c => c.FileId == Known.Id).Select(c => c.Bytes).SingleAsync(ct);

    async Task<bool> FindAsync(Guid id, CancellationToken ct)
    {
        if (await db.Set<PeopleFile>().SingleOrDefaultAsync(f => f.Id == id, ct) is not { } file) return false;
        Known = file;
        return true;
    }
}
