using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Settings;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>When people may be sent something, in each person's own time: not in quiet hours, on no holiday, on working days only.</summary>
internal sealed class SendingHours(Organisation settings)
{
    /// <summary>More days in a row than any calendar closes; with them all closed there is no next moment and the first is taken.</summary>
    const int LongestClosed = 1000;

    readonly HashSet<DayOfWeek> days = [.. settings.WorkingDays];
    readonly HashSet<DateOnly> holidays = [.. settings.Holidays];

    /// <summary>The zone a person lives in; where it is not known, the company's.</summary>
    public TimeZoneInfo ZoneOf(Person person) => TimeZoneInfo.FindSystemTimeZoneById(person.TimeZone ?? settings.TimeZone);

    /// <returns>The first moment that is not before <paramref name="at"/> and lies in nobody's way.</returns>
    public DateTimeOffset Next(DateTimeOffset at, TimeZoneInfo zone)
    {
        var moment = at;
        for (int i = 0; i < LongestClosed; i++)
        {
            if (OpensAt(TimeZoneInfo.ConvertTime(moment, zone).DateTime) is not { } opens) return moment;
            var next = LocalTime.AtOrAfter(opens, zone, moment);
            // Where clocks are set back, a moment of the day comes twice: never stand still.
            moment = next > moment ? next : moment.AddMinutes(1);
        }
        return at;
    }

    /// <returns>The time of the clock to look at again; null when it is open now.</returns>
    DateTime? OpensAt(DateTime local)
    {
        var (date, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        if (!days.Contains(date.DayOfWeek) || holidays.Contains(date)) return date.AddDays(1).ToDateTime(TimeOnly.MinValue);
        // IsBetween includes the start, leaves out the end and goes over midnight.
        if (settings is not { QuietFrom: { } from, QuietTo: { } to } || !time.IsBetween(from, to)) return null;
        return (to > time ? date : date.AddDays(1)).ToDateTime(to);
    }
}
