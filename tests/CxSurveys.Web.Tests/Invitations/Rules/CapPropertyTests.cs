using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.Invitations.Rules;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Tests.Invitations.Rules;

/// <summary>Whatever comes in which order: nobody is asked more often than the caps allow.</summary>
public sealed class CapPropertyTests(RulesApp app) : IClassFixture<RulesApp>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task No_sequence_of_events_breaks_the_cap(int seed)
    {
        var dice = new Random(seed);
        string prefix = $"s{seed}-{Guid.NewGuid():N}";
        await app.PublishOtherAsync();
        int cap = dice.Next(1, 9), surveyCap = dice.Next(1, 15);
        await app.SettingsAsync($$"""{ "capDays": {{cap}}, "surveyCapDays": {{surveyCap}}, "quietHours": { "from": "{{dice.Next(18, 24)}}:00", "to": "0{{dice.Next(10)}}:30" }, "workingDays": ["mon", "tue", "wed", "thu", "sat"] }""");
        for (int r = 0; r < 4; r++)
        {
            int delay = dice.Next(0, 60), late = dice.Next(0, 12), priority = dice.Next(-1, 2);
            await app.RuleAsync($"{prefix}.{r % 3}", rule => (rule.Delay, rule.LateDays, rule.Priority, rule.CancelledBy) = (delay, late, (Priority)priority, [$"{prefix}.off"]), r % 2 == 0 ? "after-delivery" : "other-survey");
        }
        using var second = app.StartAnother();
        string[] zones = ["Asia/Jakarta", "America/New_York", "Pacific/Apia"];
        for (int step = 0; step < 60; step++)
        {
            int person = dice.Next(3), kind = dice.Next(5);
            string customer = $"{prefix}-{person}";
            var at = app.Clock.GetUtcNow().AddHours(-dice.Next(0, 200));
            if (kind == 4) await AskByHandAsync(customer);
            else await app.ToldAsync($"{prefix}-{dice.Next(50)}", kind == 3 ? $"{prefix}.off" : $"{prefix}.{kind}", customer, at, person: $", \"timeZone\": \"{zones[person]}\"");
            if (dice.Next(3) > 0) app.Clock.Advance(TimeSpan.FromMinutes(dice.Next(1, 3000)));
            await Task.WhenAll(app.Services.RoundsAsync(), second.Services.RoundsAsync());
        }
        for (int person = 0; person < 3; person++) Check(await app.DecisionsAsync($"{prefix}-{person}"), cap, surveyCap);
        await app.WithDbAsync(db => db.Set<SendingRule>().ExecuteUpdateAsync(set => set.SetProperty(r => r.IsOn, false), Cancel));
    }

    async Task AskByHandAsync(string customer)
    {
        using var answer = await app.WithKey("ingest").PostTextAsync("/invitations", $$"""{ "survey": "other-survey", "customer": { "id": "{{customer}}", "email": "{{customer}}@example.com" } }""");
        Assert.True(answer.IsSuccessStatusCode);
    }

    static void Check(List<Invitation> decisions, int cap, int surveyCap)
    {
        var asked = decisions.Where(d => d.NotSent is null).ToList();
        Assert.NotEmpty(asked);
        foreach (var (a, b) in asked.SelectMany((a, i) => asked.Skip(i + 1).Select(b => (a, b))))
        {
            var between = (b.SendAt - a.SendAt).Duration();
            Assert.True(between >= TimeSpan.FromDays(cap), $"Asked {a.SendAt:O} and {b.SendAt:O}: {between.TotalDays:0.00} days apart, the cap is {cap}");
            if (a.SurveyId == b.SurveyId) Assert.True(between >= TimeSpan.FromDays(surveyCap), $"By one survey {a.SendAt:O} and {b.SendAt:O}, the cap is {surveyCap}");
        }
    }
}
