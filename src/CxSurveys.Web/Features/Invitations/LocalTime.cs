namespace CxSurveys.Web.Features.Invitations;

/// <summary>From what a clock on the wall shows to an instant, also on the days on which clocks are changed.</summary>
internal static class LocalTime
{
    /// <returns>
    /// The instant at which the clocks of the zone show that time; where they skip it, the first one after the gap; where they show
    /// it twice, the first time.
    /// </returns>
    public static DateTimeOffset ToInstant(DateTime local, TimeZoneInfo zone) => AtOrAfter(local, zone, DateTimeOffset.MinValue);

    /// <summary>The same, but where clocks show it twice, the second time if the first is over by <paramref name="moment"/>.</summary>
    public static DateTimeOffset AtOrAfter(DateTime local, TimeZoneInfo zone, DateTimeOffset moment)
    {
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        if (!zone.IsAmbiguousTime(local)) return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        var offsets = zone.GetAmbiguousTimeOffsets(local);
        DateTimeOffset first = new(local, offsets.Max()), second = new(local, offsets.Min());
        return (first >= moment ? first : second).ToUniversalTime();
    }
}
