using CxSurveys.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.People.Files;

/// <summary>What the columns of a file are taken for, before somebody says.</summary>
internal static class FileColumns
{
    static readonly Dictionary<string, string> Usual = new(StringComparer.OrdinalIgnoreCase)
    {
        ["customer"] = "id",
        ["customer id"] = "id",
        ["customer_id"] = "id",
        ["customer number"] = "id",
        ["number"] = "id",
        ["e-mail"] = "email",
        ["mail"] = "email",
        ["email address"] = "email",
        ["e-mail address"] = "email",
        ["full name"] = "name",
        ["customer name"] = "name",
        ["lang"] = "language",
        ["locale"] = "language",
        ["timezone"] = "timeZone",
        ["time zone"] = "timeZone",
        ["time_zone"] = "timeZone",
        ["opt-in"] = "consent",
    };

    /// <summary>As a file with the same header was imported before; else by the names.</summary>
    public static async Task<string[]> GuessAsync(CxDbContext db, string[] header, CancellationToken ct) =>
        await db.Set<PeopleFile>().Where(f => f.Header == header && f.State == PeopleFileState.Done).OrderByDescending(f => f.UploadedAt).Select(f => f.Columns).FirstOrDefaultAsync(ct)
        ?? [.. header.Select(Guess)];

    static string Guess(string head)
    {
        string name = head.Trim();
        return PostedPerson.Fields.FirstOrDefault(field => field.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? Usual.GetValueOrDefault(name)
            ?? (PostedPerson.WrongName(name) is null ? name : "");
    }
}
