using System.Globalization;

namespace CxSurveys.Web.Features.Demo;

/// <summary>How busy a day is in a country, 1 on average: weekends, the sales of 11.11 and 12.12, the weeks before Eid, Songkran.</summary>
internal static class DemoCalendar
{
    const int Ramadan = 9, Shawwal = 10;

    // Unlike UmAlQuraCalendar it has no last year; a day more or less does not matter here.
    static readonly HijriCalendar Hijri = new();

    public static double Weight(string country, DateOnly day) => Week(day.DayOfWeek) * Sale(day) * Feast(country, day);

    static double Week(DayOfWeek day) => day switch
    {
        DayOfWeek.Saturday => 1.2,
        DayOfWeek.Sunday => 1.25,
        DayOfWeek.Friday => 1.05,
        DayOfWeek.Monday => 0.85,
        _ => 0.9,
    };

    static double Sale(DateOnly day) => day.Month is not (11 or 12) ? 1 : (day.Day - day.Month) switch
    {
        -2 or -1 => 0.8,   // people wait for it
        0 => 2.6,
        1 => 2,
        2 or 3 or 4 => 1.4,
        _ => 1,
    };

    static double Feast(string country, DateOnly day) => country switch
    {
        "ID" or "MY" => Eid(day.ToDateTime(TimeOnly.MinValue)),
        "TH" => (day.Month, day.Day) switch { (4, >= 13 and <= 15) => 0.4, (4, >= 7 and <= 11) => 1.3, _ => 1 },
        _ => 1,
    };

    static double Eid(DateTime day) => (Hijri.GetMonth(day), Hijri.GetDayOfMonth(day)) switch
    {
        (Ramadan, >= 14) => 1.5,
        (Ramadan, _) => 1.1,
        (Shawwal, <= 3) => 0.4,
        _ => 1,
    };
}
