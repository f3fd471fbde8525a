using System.Globalization;

namespace CxSurveys.Web.Features.Settings;

/// <summary>Days and moments as people of this company write them.</summary>
public static class CompanyDays
{
    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    public static string Day(DateTimeOffset moment, string timeZone) => Day(DateOnly.FromDateTime(Local(moment, timeZone).DateTime));

    /// <summary>For example "22 Nov 2026, 14:02".</summary>
    public static string Minute(DateTimeOffset moment, string timeZone) => Local(moment, timeZone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    static DateTimeOffset Local(DateTimeOffset moment, string timeZone) => TimeZoneInfo.ConvertTime(moment, TimeZoneInfo.FindSystemTimeZoneById(timeZone));
}
