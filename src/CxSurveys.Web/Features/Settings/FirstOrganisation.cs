using CxSurveys.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Settings;

/// <summary>The organisation's row at the very first start; later starts leave it alone.</summary>
internal static class FirstOrganisation
{
    /// <summary>What a company is called until someone names it.</summary>
    public const string Unnamed = "Our company";

    public static async Task EnsureAsync(CxDbContext db, IConfiguration configuration, CancellationToken ct)
    {
        if (await db.Set<Organisation>().AnyAsync(ct)) return;
        string zone = configuration["CxSurveys:TimeZone"] is { Length: > 0 } wanted ? wanted : "UTC";
        if (!await TimeZones.IsKnownAsync(db, zone, ct)) throw new InvalidOperationException($"CxSurveys__TimeZone is '{zone}', which is not an IANA time zone, such as Asia/Jakarta, that the database knows.");
        await db.Database.ExecuteSqlAsync($"""
            insert into organisation (id, name, time_zone, cells_time_zone, minimum_n, change_days)
            values ({Organisation.OnlyId}, {Unnamed}, {zone}, {zone}, 5, 14) on conflict (id) do nothing
            """, ct);
    }
}
