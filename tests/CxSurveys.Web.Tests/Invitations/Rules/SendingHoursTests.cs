using System.Globalization;
using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.Settings;

namespace CxSurveys.Web.Tests.Invitations.Rules;

/// <summary>When something may be sent, on the days on which clocks are changed too.</summary>
public sealed class SendingHoursTests
{
    static readonly string[] Zones =
        ["Europe/Kyiv", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Tehran", "America/Santiago", "Europe/Dublin", "Africa/Cairo"];

    static Organisation Company(string? from = null, string? to = null, DayOfWeek[]? days = null, params DateOnly[] holidays) => new()
    {
        Name = "Larkfield",
        TimeZone = "UTC",
        CellsTimeZone = "UTC",
        QuietFrom = from is null ? null : TimeOnly.Parse(from, CultureInfo.InvariantCulture),
        QuietTo = to is null ? null : TimeOnly.Parse(to, CultureInfo.InvariantCulture),
        WorkingDays = days ?? Organisation.AllDays,
        Holidays = holidays,
    };

    static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);

    [Theory]
    [InlineData("21:00", "08:00", "2026-06-10T20:59:59+07:00", "2026-06-10T20:59:59+07:00", "the last second before quiet hours")]
    [InlineData("21:00", "08:00", "2026-06-10T21:00:00+07:00", "2026-06-11T08:00:00+07:00", "over midnight")]
    [InlineData("21:00", "08:00", "2026-06-11T07:59:00+07:00", "2026-06-11T08:00:00+07:00", "after midnight")]
    [InlineData("12:00", "14:00", "2026-06-11T13:00:00+07:00", "2026-06-11T14:00:00+07:00", "at noon")]
    [InlineData("21:00", "08:00", "2026-12-31T23:00:00+07:00", "2027-01-01T08:00:00+07:00", "year end")]
    [InlineData("21:00", "08:00", "2028-02-28T23:00:00+07:00", "2028-02-29T08:00:00+07:00", "leap day")]
    public void Quiet_hours_end_where_the_person_lives(string from, string to, string at, string expected, string why) =>
        Assert.True(At(expected) == new SendingHours(Company(from, to)).Next(At(at), Zone("Asia/Jakarta")), why);

    [Fact]
    public void Weekends_and_holidays_are_passed_over_together()
    {
        DayOfWeek[] days = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];
        var hours = new SendingHours(Company("20:00", "09:00", days, new DateOnly(2026, 12, 28)));
        Assert.Equal(At("2026-12-29T09:00:00+01:00"), hours.Next(At("2026-12-25T20:30:00+01:00"), Zone("Europe/Berlin")));
        Assert.Equal(At("2026-12-25T19:30:00+01:00"), hours.Next(At("2026-12-25T19:30:00+01:00"), Zone("Europe/Berlin")));
    }

    [Theory]
    [InlineData("Europe/Kyiv", "2026-03-29T03:30:00", "2026-03-29T04:00:00+03:00", "skipped: the first moment after the gap")]
    [InlineData("Europe/Kyiv", "2026-10-25T03:30:00", "2026-10-25T03:30:00+03:00", "shown twice: the first time")]
    [InlineData("Australia/Lord_Howe", "2026-10-04T02:15:00", "2026-10-04T02:30:00+11:00", "half an hour is skipped")]
    [InlineData("Africa/Cairo", "2026-04-24T00:00:00", "2026-04-24T01:00:00+03:00", "midnight is skipped")]
    public void A_time_of_the_clock_is_one_instant(string zone, string local, string expected, string why) =>
        Assert.True(At(expected) == LocalTime.ToInstant(DateTime.Parse(local, CultureInfo.InvariantCulture), Zone(zone)), why);

    /// <summary>Two years in eight zones by the quarter of an hour: never back, never into quiet hours, never later than needed.</summary>
    [Fact]
    public void The_next_moment_is_open_and_the_first_that_is()
    {
        foreach (var zone in Zones.Select(Zone))
        {
            var hours = new SendingHours(Company("22:00", "02:30", [DayOfWeek.Saturday, DayOfWeek.Sunday, DayOfWeek.Monday], new DateOnly(2027, 1, 2)));
            DateTimeOffset? opened = null;
            for (var at = At("2026-01-01T00:00:00Z"); at < At("2028-03-05T00:00:00Z"); at = at.AddMinutes(15))
            {
                var next = hours.Next(at, zone);
                Assert.True(next >= at, $"{zone.Id}: {at:O} goes back to {next:O}");
                Assert.Equal(next, hours.Next(next, zone));
                // Whoever asked a quarter of an hour earlier was told the same moment, unless it is open now.
                if (opened > at) Assert.True(next == opened, $"{zone.Id}: {at:O} opens at {next:O}, a moment ago it was {opened:O}");
                opened = next;
            }
        }
    }
}
