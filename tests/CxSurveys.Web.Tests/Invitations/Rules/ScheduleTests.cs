using System.Globalization;
using CxSurveys.Web.Features.Invitations.Rules;
using CxSurveys.Web.Features.People;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Tests.Invitations.Rules;

/// <summary>Relationship surveys: each person once in a period, at their own ten o'clock, an equal share each day.</summary>
public sealed class ScheduleTests(RulesApp app) : IClassFixture<RulesApp>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static readonly string[] Zones =
        ["Europe/Kyiv", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Tehran", "America/Santiago", "Europe/Dublin", "Africa/Cairo"];

    Task MoveAsync(DateTimeOffset to)
    {
        app.Clock.Advance(to - app.Clock.GetUtcNow());
        return app.Services.RoundsAsync();
    }

    async Task<string[]> PeopleAsync(int each)
    {
        string prefix = $"p-{Guid.NewGuid():N}";
        string[] keys = [.. Zones.SelectMany(zone => Enumerable.Range(0, each).Select(i => $"{prefix}-{zone.Replace('/', '-')}-{i}"))];
        string lines = string.Join('\n', keys.Select((key, i) => $$"""{ "id": "{{key}}", "email": "{{i}}@example.com", "timeZone": "{{Zones[i / each]}}", "group": "{{prefix}}" }"""));
        await (await app.WithKey("ingest").PostTextAsync("/people/import", lines, "application/x-ndjson")).ReadOkAsync();
        return keys;
    }

    /// <summary>Over both changes of clocks, a leap day and the end of two years, hour by hour or with days of standstill between.</summary>
    [Theory]
    [InlineData("2027-02-20T00:00:00Z", "2027-04-20T00:00:00Z", 7)]
    [InlineData("2027-09-20T00:00:00Z", "2027-11-15T00:00:00Z", 7)]
    [InlineData("2027-12-20T00:00:00Z", "2028-03-10T00:00:00Z", 31)]
    public async Task Each_turn_comes_once_at_ten_where_the_person_lives(string from, string to, int hours)
    {
        var (start, end) = (DateTimeOffset.Parse(from, CultureInfo.InvariantCulture), DateTimeOffset.Parse(to, CultureInfo.InvariantCulture));
        await app.SettingsAsync("""{ "capDays": 0, "surveyCapDays": 0 }""");
        string[] keys = await PeopleAsync(3);
        await MoveAsync(start);
        var rule = await app.RuleAsync(null, r =>
        {
            (r.EveryDays, r.PlannedThrough) = (7, ScheduleRound.Through(start));
            r.Conditions = [new(ConditionOn.Person, "group", ConditionTest.Is, keys[0][..34])];
        });
        for (var at = start; at <= end; at = at.AddHours(hours)) await MoveAsync(at);
        await MoveAsync(end);

        foreach (string key in keys)
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(Zones.Single(z => key.Contains(z.Replace('/', '-'), StringComparison.Ordinal)));
            var turns = await app.WithDbAsync(db => db.Database.SqlQuery<DateTimeOffset>($"select send_at as \"Value\" from invitation where rule_id = {rule.Id} and not_sent is null and person_id = (select id from person where key = {key})").ToListAsync(Cancel));
            var days = turns.Order().Select(turn => TimeZoneInfo.ConvertTime(turn, zone).DateTime).ToList();
            // Asked with the round that comes next, so never before ten and within the hours between two rounds.
            Assert.All(days, day => Assert.InRange(day - day.Date, TimeSpan.FromHours(hours == 7 ? 10 : 0), TimeSpan.FromHours(24)));
            var wanted = days.Select(day => DateOnly.FromDateTime(hours == 7 ? day : day.AddHours(-10))).ToList();
            Assert.InRange(wanted.Count, (int)((end - start).TotalDays / 7) - 1, (int)((end - start).TotalDays / 7) + 1);
            if (hours == 7) Assert.All(wanted.Zip(wanted.Skip(1)), pair => Assert.Equal(7, pair.Second.DayNumber - pair.First.DayNumber));
        }
        await app.WithDbAsync(db => db.Set<SendingRule>().Where(r => r.Id == rule.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.IsOn, false), Cancel));
        await app.SettingsAsync("""{ "capDays": 30, "surveyCapDays": 90 }""");
    }

    [Fact]
    public async Task Everybody_has_one_turn_in_a_period_and_each_week_is_an_equal_share()
    {
        await PeopleAsync(250);
        var rule = await app.RuleAsync(null, r => (r.IsOn, r.EveryDays) = (false, 90));
        var first = new DateOnly(2026, 7, 1);
        var turns = new List<(long Person, int Day)>();
        for (int day = 0; day < 90; day++)
            turns.AddRange((await app.WithDbAsync(db => ScheduleRound.TurnsAsync(db, rule, first.AddDays(day), Cancel))).Select(p => (p.Id, day)));
        int all = await app.WithDbAsync(db => db.Set<Person>().CountAsync(Cancel));
        Assert.Equal(all, turns.Count);
        Assert.Equal(all, turns.Select(t => t.Person).Distinct().Count());
        // 12 whole weeks: a fair draw of 2,000 puts 156 into each, give or take five standard deviations.
        double fair = all * 7 / 90.0;
        Assert.All(Enumerable.Range(0, 12), week => Assert.InRange(turns.Count(t => t.Day / 7 == week), fair - 5 * Math.Sqrt(fair), fair + 5 * Math.Sqrt(fair)));
    }

    [Fact]
    public async Task Two_processes_plan_each_turn_once()
    {
        string[] keys = await PeopleAsync(20);
        var now = app.Clock.GetUtcNow();
        var rule = await app.RuleAsync(null, r => (r.EveryDays, r.PlannedThrough) = (7, ScheduleRound.Through(now).AddDays(-7)));
        using var second = app.StartAnother();
        await Task.WhenAll(app.Services.RoundsAsync(), second.Services.RoundsAsync(), app.Services.RoundsAsync());
        await app.Services.RoundsAsync();
        int turns = await app.WithDbAsync(db => db.Database.SqlQuery<int>($"""
            select count(*)::int as "Value" from (
                select person_id from planned_ask where rule_id = {rule.Id} union all select person_id from invitation where rule_id = {rule.Id}) as turn
            join person p on p.id = turn.person_id where p.key = any({keys})
            """).SingleAsync(Cancel));
        Assert.Equal(keys.Length, turns);
        await app.WithDbAsync(db => db.Set<SendingRule>().Where(r => r.Id == rule.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.IsOn, false), Cancel));
    }
}
