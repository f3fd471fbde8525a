namespace CxSurveys.Web.Features.Settings;

internal static class TimeZones
{
    /// <summary>True for a zone of the IANA list that both .NET and PostgreSQL know: no Windows name, no "posix/" copy, no abbreviation but UTC.</summary>
    public static bool IsKnown(string? id) =>
        id is not null
        && (id == "UTC" || id.Contains('/', StringComparison.Ordinal))
        && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
        && zone.HasIanaId;
}
