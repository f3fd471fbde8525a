using CxSurveys.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Settings;

internal static class TimeZones
{
    /// <summary>What a person chooses from: the zones of this machine without the offsets of <c>Etc/</c>.</summary>
    public static readonly IReadOnlyList<string> Choices =
    [
        "UTC",
        .. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(id => id != "UTC" && IsKnown(id) && !id.StartsWith("Etc/", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    /// <summary>True for a zone of the IANA list: no Windows name, no "posix/" copy, no abbreviation but UTC.</summary>
    public static bool IsKnown(string? id) =>
        id is not null
        && (id == "UTC" || id.Contains('/', StringComparison.Ordinal) && !id.StartsWith("posix/", StringComparison.Ordinal) && !id.StartsWith("right/", StringComparison.Ordinal))
        && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
        && zone.HasIanaId;

    /// <summary>The same of this database, whose list may be older: days are counted there, and a zone it does not know would fail every answer.</summary>
    public static async Task<bool> IsKnownAsync(CxDbContext db, string id, CancellationToken ct) =>
        IsKnown(id) && await db.Database.SqlQuery<bool>($"select exists (select from pg_timezone_names where name = {id}) as \"Value\"").SingleAsync(ct);
}
