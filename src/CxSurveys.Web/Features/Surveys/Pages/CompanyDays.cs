using System.Globalization;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Settings;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>Dates and times as the company's days.</summary>
public sealed class CompanyDays(TimeZoneInfo zone)
{
    public static async Task<CompanyDays> ReadAsync(CxDbContext db, CancellationToken ct) =>
        new(TimeZoneInfo.FindSystemTimeZoneById(await db.Set<Organisation>().Select(o => o.TimeZone).SingleAsync(ct)));

    /// <summary>Such as <c>28 Nov, 14:02</c>.</summary>
    public string Moment(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone).ToString("d MMM, HH:mm", CultureInfo.InvariantCulture);

    public string Of(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone).ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
