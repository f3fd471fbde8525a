using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using CxSurveys.Web.Platform.Import;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.People.Files;

/// <summary>Takes a file in: looks at its kind, its header and what its columns may be.</summary>
internal static class UploadedFile
{
    /// <summary>How long a file is kept that nobody imports.</summary>
    static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    const int MostColumns = 100;

    public static string Address(PeopleFile file) => $"/people/import/{file.Id}";

    /// <returns>Null when <paramref name="errors"/> say what is wrong.</returns>
    public static async Task<PeopleFile?> KeepAsync(CxDbContext db, string name, byte[] content, DateTimeOffset now, Errors errors, CancellationToken ct)
    {
        await ForgetAsync(db, await db.Set<PeopleFile>().Where(f => f.UploadedAt < now - Kept && f.IsKept && (f.State == PeopleFileState.Uploaded || f.State == PeopleFileState.Done)).ToListAsync(ct), ct);
        var form = SheetForm.Of(content);
        var file = new PeopleFile { Name = Path.GetFileName(name) is { Length: > 0 and <= 200 } given && TextRules.IsStorable(given) ? given : "file", UploadedAt = now, IsXlsx = form.IsXlsx, Encoding = form.Encoding, Separator = form.Separator };
        try
        {
            await ReadHeadAsync(db, file, content, ct);
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or System.Xml.XmlException or FormatException or InvalidOperationException or NotSupportedException or KeyNotFoundException)
        {
            errors.Add("", "The file cannot be read. Save it as XLSX, or as CSV, and send it again.");
            return null;
        }
        if (file.Header.Length == 0) errors.Add("header", "There is nothing in it. The first line names the columns, for example id,email,name.");
        else if (file.Header.Length > MostColumns) errors.Add("header", $"It has {file.Header.Length} columns; at most {MostColumns} can be read.");
        if (errors.Any) return null;
        db.Add(file);
        db.Add(new PeopleFileContent { FileId = file.Id, Bytes = content });
        await db.SaveChangesAsync(ct);
        return file;
    }

    /// <summary>Drops what files hold; the caller saves.</summary>
    public static async Task ForgetAsync(CxDbContext db, List<PeopleFile> files, CancellationToken ct)
    {
        Guid[] ids = [.. files.Select(f => f.Id)];
        await db.Set<PeopleFileContent>().Where(c => ids.Contains(c.FileId)).ExecuteDeleteAsync(ct);
        foreach (var file in files) (file.IsKept, file.State) = (false, PeopleFileState.Done);
    }

    /// <summary>Reads the header in the form that is chosen now, and guesses the columns.</summary>
    public static async Task ReadHeadAsync(CxDbContext db, PeopleFile file, byte[] content, CancellationToken ct)
    {
        using var rows = Sheet.Read(content, file.Form).GetEnumerator();
        file.Header = rows.MoveNext() ? [.. rows.Current.Cells.Select(cell => cell.Trim().Replace("\0", "", StringComparison.Ordinal))] : [];
        file.Rows = 0;
        while (rows.MoveNext()) file.Rows++;
        file.Columns = await FileColumns.GuessAsync(db, file.Header, ct);
        file.State = PeopleFileState.Uploaded;
    }
}
