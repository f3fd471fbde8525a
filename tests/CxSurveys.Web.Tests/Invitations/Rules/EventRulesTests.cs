using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.Invitations.Rules;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Tests.Invitations.Rules;

/// <summary>Events come in, also late, twice and in the wrong order, and the right people are asked at the right moment, once.</summary>
public sealed class EventRulesTests(RulesApp app) : IClassFixture<RulesApp>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    readonly string customer = $"c-{Guid.NewGuid():N}", type = $"t.{Guid.NewGuid():N}";

    DateTimeOffset Now => app.Clock.GetUtcNow();

    string NewId => $"{type}-{Guid.NewGuid():N}";

    async Task RunAsync(TimeSpan later)
    {
        app.Clock.Advance(later);
        await app.Services.RoundsAsync();
    }

    async Task<NotSent?> WhyAsync() => Assert.Single(await app.DecisionsAsync(customer)).NotSent;

    [Fact]
    public async Task A_day_after_the_event_the_person_is_asked_with_link_touchpoint_and_attributes()
    {
        var rule = await app.RuleAsync(type);
        string id = NewId;
        await app.ToldAsync(id, type, customer, Now, person: """, "country": "ID" """);

        await RunAsync(TimeSpan.FromHours(23.9));
        Assert.Empty(await app.DecisionsAsync(customer));
        await RunAsync(TimeSpan.FromHours(0.1));
        var asked = Assert.Single(await app.DecisionsAsync(customer));
        Assert.Null(asked.NotSent);
        Assert.Equal((rule.Id, id, rule.TouchpointId, "ID"), (asked.RuleId, asked.EventId, asked.TouchpointId, asked.Attributes["country"]));
        Assert.NotNull(asked.LinkHash);
        Assert.Equal(MessageState.Waiting, (await app.MessageAsync(asked.Id)).State);
        Assert.Empty(await app.WaitingAsync(customer));
    }

    [Fact]
    public async Task The_same_event_twice_or_at_once_in_two_processes_asks_once()
    {
        await app.SettingsAsync("""{ "capDays": 0, "surveyCapDays": 0 }""");
        await app.RuleAsync(type);
        using var second = app.StartAnother();
        using var client = second.CreateClient();
        client.DefaultRequestHeaders.Authorization = app.WithKey("ingest").DefaultRequestHeaders.Authorization;
        string id = NewId;
        string body = $$"""{ "id": "{{id}}", "type": "{{type}}", "customer": { "id": "{{customer}}", "email": "a@example.com" }, "occurredAt": "{{Now:yyyy-MM-ddTHH:mm:ss}}Z" }""";
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => (i % 2 == 0 ? client : app.WithKey("ingest")).PostTextAsync("/events", body)));
        Assert.All(answers, a => Assert.Equal(202, (int)a.StatusCode));
        Assert.Single(await app.WaitingAsync(customer));

        app.Clock.Advance(TimeSpan.FromDays(1));
        await Task.WhenAll(app.Services.RoundsAsync(), second.Services.RoundsAsync());
        Assert.Null(await WhyAsync());
        await app.SettingsAsync("""{ "capDays": 30, "surveyCapDays": 90 }""");
    }

    [Fact]
    public async Task Two_rules_at_the_same_instant_in_two_processes_ask_once()
    {
        await app.RuleAsync(type);
        await app.RuleAsync(type);
        using var second = app.StartAnother();
        string[] people = [.. Enumerable.Range(0, 40).Select(i => $"{customer}-{i}")];
        foreach (string one in people) await app.ToldAsync(NewId, type, one, Now);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await Task.WhenAll(app.Services.RoundsAsync(), second.Services.RoundsAsync());
        await app.Services.RoundsAsync();
        foreach (string one in people)
        {
            var decisions = await app.DecisionsAsync(one);
            Assert.Equal((2, 1), (decisions.Count, decisions.Count(d => d.NotSent is null)));
            var refused = decisions.Single(d => d.NotSent is not null);
            Assert.Equal((NotSent.FrequencyCap, refused.SurveyId), (refused.NotSent, refused.CappedBySurveyId));
        }
    }

    [Theory]
    [InlineData("""{ "amount": 120, "order": { "kind": "gift" } }""", true)]
    [InlineData("""{ "amount": "99.5", "order": { "kind": "gift" } }""", false)]
    [InlineData("""{ "amount": 1000, "order": { "kind": "spare part" } }""", false)]
    [InlineData("""{ "amount": 1000 }""", false)]
    public async Task Conditions_look_at_the_event_and_the_person(string data, bool isAsked)
    {
        await app.RuleAsync(type, r => r.Conditions =
        [
            new(ConditionOn.Event, "amount", ConditionTest.AtLeast, "100"), new(ConditionOn.Event, "order.kind", ConditionTest.OneOf, "gift, furniture"), new(ConditionOn.Person, "plan", ConditionTest.Is, "Gold"),
        ]);
        await app.ToldAsync(NewId, type, customer, Now, data, """, "plan": "gold" """);
        await app.ToldAsync(NewId, type, customer + "-silver", Now, data, """, "plan": "silver" """);
        Assert.Equal(isAsked ? 1 : 0, (await app.WaitingAsync(customer)).Count);
        Assert.Empty(await app.WaitingAsync(customer + "-silver"));
    }

    [Theory]
    [InlineData(false, "A-1", true, "while it waits")]
    [InlineData(true, "A-1", true, "though it came first")]
    [InlineData(false, "A-2", false, "of another order")]
    public async Task A_return_of_the_order_calls_it_off(bool comesFirst, string order, bool isCalledOff, string why)
    {
        await app.RuleAsync(type, r => (r.CancelledBy, r.SameField) = ([$"{type}.returned"], "order"));
        var delivered = Now;
        Task Delivered() => app.ToldAsync(NewId, type, customer, delivered, """{ "order": "A-1" }""");
        Task Returned() => app.ToldAsync(NewId, $"{type}.returned", customer, delivered.AddMinutes(30), $$"""{ "order": "{{order}}" }""");
        if (comesFirst)
        {
            await Returned();
            await Delivered();
        }
        else
        {
            await Delivered();
            await Returned();
        }
        await RunAsync(TimeSpan.FromDays(1));
        Assert.True((isCalledOff ? NotSent.CalledOff : (NotSent?)null) == await WhyAsync(), why);
        Assert.Empty(await app.WaitingAsync(customer));
    }

    [Fact]
    public async Task A_return_before_the_event_calls_nothing_off()
    {
        await app.RuleAsync(type, r => r.CancelledBy = [$"{type}.returned"]);
        await app.ToldAsync(NewId, $"{type}.returned", customer, Now.AddDays(-3));
        await app.ToldAsync(NewId, type, customer, Now);
        Assert.Single(await app.WaitingAsync(customer));
    }

    [Theory]
    [InlineData(7.9, null)]
    [InlineData(8.1, NotSent.TooLate)]
    public async Task A_late_event_still_asks_within_the_days_that_the_rule_allows(double daysAgo, NotSent? expected)
    {
        await app.RuleAsync(type);
        await app.ToldAsync(NewId, type, customer, Now.AddDays(-daysAgo));
        await RunAsync(TimeSpan.Zero);
        Assert.Equal(expected, await WhyAsync());
    }

    [Fact]
    public async Task Only_the_first_event_counts_by_when_it_happened_not_by_when_it_came()
    {
        var rule = await app.RuleAsync(type, r => (r.OnlyFirst, r.Delay, r.DelayUnit) = (true, 1, DelayUnit.Years));
        string first = NewId;
        var happened = new DateTimeOffset(2024, 2, 29, 8, 0, 0, TimeSpan.Zero);
        await app.ToldAsync(NewId, type, customer, Now.AddDays(-10));
        await app.ToldAsync(NewId, type, customer, Now.AddDays(-2));
        Assert.Single(await app.WaitingAsync(customer));
        await app.ToldAsync(first, type, customer, Now.AddDays(-200));
        var waiting = Assert.Single(await app.WaitingAsync(customer));
        Assert.Equal((first, Now.AddDays(-200).AddYears(1)), (waiting.EventId, waiting.WantedAt));
        Assert.Equal(new DateTimeOffset(2025, 2, 28, 8, 0, 0, TimeSpan.Zero), RuleMatch.WantedAt(rule, happened, TimeZoneInfo.Utc));
    }

    [Fact]
    public async Task A_sample_is_the_same_whoever_draws_it_and_about_as_large_as_wanted()
    {
        var rule = await app.RuleAsync(type, r => r.SamplePercent = 30);
        string[] ids = [.. Enumerable.Range(0, 1000).Select(i => $"{type}-{i}")];
        Assert.InRange(ids.Count(id => RuleMatch.IsChosen(rule, id)), 250, 350);

        string chosen = ids.First(id => RuleMatch.IsChosen(rule, id)), left = ids.First(id => !RuleMatch.IsChosen(rule, id));
        await app.ToldAsync(chosen, type, customer + "-in", Now);
        await app.ToldAsync(left, type, customer, Now);
        Assert.Single(await app.WaitingAsync(customer + "-in"));
        Assert.Equal(NotSent.SampledOut, await WhyAsync());
    }

    [Fact]
    public async Task A_rule_that_is_switched_off_asks_nobody_who_waited()
    {
        var rule = await app.RuleAsync(type);
        await app.ToldAsync(NewId, type, customer, Now);
        await app.WithDbAsync(db => db.Set<SendingRule>().Where(r => r.Id == rule.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.IsOn, false), Cancel));
        await app.ToldAsync(NewId, type, customer, Now);
        await RunAsync(TimeSpan.FromDays(1));
        Assert.Equal(NotSent.RuleOff, await WhyAsync());
    }

    [Fact]
    public async Task A_cap_that_ends_soon_is_waited_for_and_one_that_does_not_is_named()
    {
        await app.PublishOtherAsync();
        await app.RuleAsync(type, survey: "other-survey");
        await app.RuleAsync(type + ".later", r => r.Delay = 0);
        await app.ToldAsync(NewId, type, customer, Now);
        await RunAsync(TimeSpan.FromDays(1));
        Assert.Null(await WhyAsync());
        var asked = Now;

        await RunAsync(TimeSpan.FromDays(20));
        await app.ToldAsync(NewId, type + ".later", customer, Now);
        await RunAsync(TimeSpan.Zero);
        var refused = (await app.DecisionsAsync(customer))[1];
        Assert.Equal((NotSent.FrequencyCap, asked.AddDays(30)), (refused.NotSent, refused.NotSentUntil));
        Assert.NotEqual(refused.SurveyId, refused.CappedBySurveyId);

        await RunAsync(TimeSpan.FromDays(5));
        await app.ToldAsync(NewId, type + ".later", customer, Now);
        await RunAsync(TimeSpan.Zero);
        var waiting = Assert.Single(await app.WaitingAsync(customer));
        Assert.Equal((asked.AddDays(30), WaitsFor.Cap), (waiting.DueAt, waiting.WaitsFor));
        await RunAsync(TimeSpan.FromDays(5));
        Assert.Null((await app.DecisionsAsync(customer))[2].NotSent);
    }

    [Fact]
    public async Task Of_surveys_that_wait_for_one_person_the_more_important_goes_first()
    {
        await app.PublishOtherAsync();
        var high = await app.RuleAsync(type, r => (r.Priority, r.Delay) = (Priority.High, 48), "other-survey");
        await app.RuleAsync(type);
        await app.ToldAsync(NewId, type, customer, Now);
        await RunAsync(TimeSpan.FromDays(1));
        var low = Assert.Single(await app.DecisionsAsync(customer));
        Assert.Equal((NotSent.FrequencyCap, high.SurveyId), (low.NotSent, low.CappedBySurveyId));
        await RunAsync(TimeSpan.FromDays(1));
        Assert.Contains(await app.DecisionsAsync(customer), d => d.NotSent is null && d.SurveyId == high.SurveyId);
    }

    [Fact]
    public async Task Quiet_hours_where_the_person_lives_are_waited_for()
    {
        await app.SettingsAsync("""{ "quietHours": { "from": "21:00", "to": "08:00" } }""");
        await app.RuleAsync(type, r => r.Delay = 0);
        var midnight = new DateTimeOffset(Now.UtcDateTime.Date.AddDays(1).AddHours(17), TimeSpan.Zero);
        app.Clock.Advance(midnight - Now);
        await app.ToldAsync(NewId, type, customer, Now, person: """, "timeZone": "Asia/Jakarta" """);
        await app.ToldAsync(NewId, type, customer + "-ny", Now, person: """, "timeZone": "America/New_York" """);
        await RunAsync(TimeSpan.Zero);
        var waiting = Assert.Single(await app.WaitingAsync(customer));
        Assert.Equal((Now.AddHours(8), WaitsFor.QuietHours), (waiting.DueAt, waiting.WaitsFor));
        Assert.Single(await app.DecisionsAsync(customer + "-ny"));
        await RunAsync(TimeSpan.FromHours(8));
        Assert.Null(await WhyAsync());
        await app.SettingsAsync("""{ "quietHours": null }""");
    }

    [Theory]
    [InlineData("""{ "type": "x", "customer": { "id": "never" }, "occurredAt": "2026-06-01T10:00:00Z" }""", "id")]
    [InlineData("""{ "id": "1", "type": "two words", "customer": { "id": "never" }, "occurredAt": "2026-06-01T10:00:00Z" }""", "type")]
    [InlineData("""{ "id": "1", "type": "x", "customer": { "id": "never" }, "occurredAt": "2026-06-01T10:00:00Z" }""", "customer.id")]
    [InlineData("""{ "id": "1", "type": "x", "customer": { "id": "never", "email": "no" }, "occurredAt": "2026-06-01T10:00:00Z" }""", "customer.email")]
    [InlineData("""{ "id": "1", "type": "x", "customer": { "id": "never", "email": "a@b.example" }, "occurredAt": "2026-06-01 10:00" }""", "occurredAt")]
    [InlineData("""{ "id": "1", "type": "x", "customer": { "id": "never", "email": "a@b.example" }, "occurredAt": "2099-06-01T10:00:00Z" }""", "occurredAt")]
    [InlineData("""{ "id": "1", "type": "x", "customer": { "id": "never", "email": "a@b.example" }, "occurredAt": "2026-06-01T10:00:00Z", "data": [1] }""", "data")]
    public async Task What_is_wrong_with_an_event_is_named_and_nothing_is_stored(string body, string named)
    {
        using var answer = await app.WithKey("ingest").PostTextAsync("/events", body);
        Assert.Contains(named, (await answer.ReadErrorsAsync()).Keys);
        Assert.False(await app.WithDbAsync(db => db.Database.SqlQuery<bool>($"select exists (select from person where key = 'never') or exists (select from customer_event where id = '1') as \"Value\"").SingleAsync(Cancel)));
    }

    [Fact]
    public async Task A_file_of_events_is_stored_once_and_its_bad_lines_are_named()
    {
        await app.RuleAsync(type);
        string csv = $"""
            id,type,customer,email,occurredAt,order
            {type}-1,{type},{customer},{customer}@example.com,{Now:yyyy-MM-ddTHH:mm:ss}Z,"A-1, gift"
            {type}-2,{type},nobody-knows,,{Now:yyyy-MM-ddTHH:mm:ss}Z,A-2
            {type}-3,{type},{customer},,yesterday,A-3
            {type}-1,{type},{customer},,{Now:yyyy-MM-ddTHH:mm:ss}Z,A-1
            """;
        foreach (int accepted in new[] { 1, 0 })
        {
            using var answer = await app.WithKey("ingest").PostTextAsync("/events/import", csv, "text/csv");
            var told = await answer.ReadOkAsync();
            Assert.Equal((accepted, 2 - accepted), ((int)told["accepted"]!, (int)told["duplicates"]!));
            Assert.Equal([(3, "customer"), (4, "occurredAt")], told["rejected"]!.AsArray().Select(r => ((int)r!["line"]!, r["errors"]!.AsObject().Single().Key)));
        }
        Assert.Single(await app.WaitingAsync(customer));
        string? order = await app.WithDbAsync(db => db.Database.SqlQuery<string>($"select data ->> 'order' as \"Value\" from customer_event where id = {type + "-1"}").SingleAsync(Cancel));
        Assert.Equal("A-1, gift", order);
    }
}

internal static class OtherSurvey
{
    public static async Task PublishOtherAsync(this CxApp app) => await app.WithKey("admin").PublishAsync("other-survey", Api.SmallSurvey);
}
