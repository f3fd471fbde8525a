using System.Globalization;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Settings;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>Dates as the company's days.</summary>
public sealed class CompanyDays(TimeZoneInfo zone)
{
    public static async Task<CompanyDays> ReadAsync(CxDbContext db, CancellationToken ct) =>
        new(TimeZoneInfo.FindSystemTimeZoneById(await db.Set<Organisation>().Select(o => o.TimeZone).SingleAsync(ct)));

    public string Of(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone).ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
