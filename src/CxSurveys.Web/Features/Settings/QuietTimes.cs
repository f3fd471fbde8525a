using System.Globalization;

namespace CxSurveys.Web.Features.Settings;

/// <summary>Quiet hours as the contract writes them: two times of a person's day, the second may be of the next day.</summary>
/// <param name="From">For example 21:00; from then on nobody is sent anything.</param>
/// <param name="To">For example 08:00; then it goes on.</param>
public sealed record QuietTimes(string From, string To)
{
    internal static string Text(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    internal static TimeOnly? Time(string? text) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    internal bool IsReadable => Time(From) is { } from && Time(To) is { } to && from != to;
}

/// <summary>Days of the week as the contract writes them.</summary>
internal static class Weekdays
{
    /// <summary>Monday first, as most calendars have it.</summary>
    public static readonly IReadOnlyList<string> Names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    public static bool AreKnown(IReadOnlyList<string> names) => names.Count > 0 && names.All(Names.Contains) && names.Distinct().Count() == names.Count;

    public static DayOfWeek Day(string name) => (DayOfWeek)((Names.ToList().IndexOf(name) + 1) % 7);

    public static string Name(DayOfWeek day) => Names[((int)day + 6) % 7];

    public static IReadOnlyList<string> Of(IEnumerable<DayOfWeek> days) => [.. days.Select(Name).OrderBy(name => Names.ToList().IndexOf(name))];
}
