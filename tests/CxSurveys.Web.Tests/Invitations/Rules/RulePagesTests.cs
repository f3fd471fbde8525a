using System.Net;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Features.Invitations.Rules;
using CxSurveys.Web.Tests.Accounts;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Tests.Invitations.Rules;

/// <summary>An admin writes a rule, tries it on what happened, switches it on, and sees whom it asked.</summary>
public sealed class RulePagesTests(RulesApp app) : IClassFixture<RulesApp>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    readonly string type = $"t.{Guid.NewGuid():N}";

    DateTimeOffset Now => app.Clock.GetUtcNow();

    Dictionary<string, string> Form(params (string Field, string Value)[] changes)
    {
        var form = new Dictionary<string, string>
        {
            ["Form.Name"] = $"Rule {type}",
            ["Form.Kind"] = "event",
            ["Form.EventType"] = type,
            ["Form.Delay"] = "24",
            ["Form.DelayUnit"] = "Hours",
            ["Form.CancelledBy"] = $"{type}.returned, {type}.lost",
            ["Form.SameField"] = "order",
            ["Form.EveryDays"] = "90",
            ["Form.AtTime"] = "10:00",
            ["Form.Survey"] = "after-delivery",
            ["Form.Touchpoint"] = "delivery",
            ["Form.SamplePercent"] = "100",
            ["Form.Priority"] = "Usual",
            ["Form.LateDays"] = "7",
            ["Form.On"] = "Event",
            ["Form.Field"] = "amount",
            ["Form.Test"] = "AtLeast",
            ["Form.Value"] = "100",
        };
        foreach (var (field, value) in changes) form["Form." + field] = value;
        return form;
    }

    Task<SendingRule> StoredAsync() => app.WithDbAsync(db => db.Set<SendingRule>().AsNoTracking().SingleAsync(r => r.Name == $"Rule {type}", Cancel));

    [Fact]
    public async Task A_rule_is_written_tried_and_switched_on()
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        using var saved = await admin.PostFormAsync("/sending/rules/new", Form());
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var rule = await StoredAsync();
        Assert.False(rule.IsOn);
        Assert.Equal(new Condition(ConditionOn.Event, "amount", ConditionTest.AtLeast, "100"), Assert.Single(rule.Conditions));
        Assert.Equal(($"{type}.returned {type}.lost", "order", 24), (string.Join(' ', rule.CancelledBy), rule.SameField, rule.Delay));
        Assert.Contains($"24 hours after {type}", await admin.ReadAsync($"/sending/rules/{rule.Id}"), StringComparison.Ordinal);

        await HappenAsync();
        var tried = WebUtility.HtmlDecode(await admin.ReadAsync($"/sending/rules/{rule.Id}/try"));
        Assert.Contains("With the 6 events of the last 30 days it would have sent <b>2</b>, and <b>3</b> not. 1 did not meet its conditions.", tried, StringComparison.Ordinal);
        foreach (string reason in new[] { "Asked too recently", "Called off by another event", "Opted out" }) Assert.Contains(reason, tried, StringComparison.Ordinal);
        Assert.DoesNotContain($"{type}-returned", WebUtility.HtmlDecode(await admin.ReadAsync($"/sending/rules/{rule.Id}/try?show=asked")), StringComparison.Ordinal);
        Assert.Equal(0, await app.WithDbAsync(db => db.Set<Features.Invitations.Invitation>().CountAsync(i => i.RuleId == rule.Id, Cancel)));

        using var switched = await admin.PostFormAsync("/sending/rules", new() { ["id"] = $"{rule.Id}", ["on"] = "true" }, "/sending/rules?handler=Switch");
        Assert.True((await StoredAsync()).IsOn);
        await app.ToldAsync($"{type}-now", type, $"{type}-new", Now, """{ "amount": 100 }""");
        var events = await admin.ReadAsync($"/sending/events?type={type}");
        Assert.Contains("1 will ask", events, StringComparison.Ordinal);
    }

    /// <summary>Two who are asked, one of them twice; one returned; one opted out; one too small.</summary>
    async Task HappenAsync()
    {
        await app.ToldAsync($"{type}-a", type, $"{type}-a", Now.AddDays(-20), """{ "amount": 150, "order": "1" }""");
        await app.ToldAsync($"{type}-a2", type, $"{type}-a", Now.AddDays(-5), """{ "amount": 150, "order": "2" }""");
        await app.ToldAsync($"{type}-b", type, $"{type}-b", Now.AddDays(-10), """{ "amount": 100, "order": "3" }""");
        await app.ToldAsync($"{type}-returned", type, $"{type}-c", Now.AddDays(-10), """{ "amount": 100, "order": "4" }""");
        await app.ToldAsync($"{type}-r", $"{type}.returned", $"{type}-c", Now.AddDays(-9.5), """{ "order": "4" }""");
        await app.ToldAsync($"{type}-out", type, $"{type}-d", Now.AddDays(-3), """{ "amount": 100, "order": "5" }""");
        await app.ChangePersonAsync($"{type}-d", p => p.OptedOutAt = Now);
        await app.ToldAsync($"{type}-small", type, $"{type}-e", Now.AddDays(-3), """{ "amount": 99, "order": "6" }""");
    }

    [Theory]
    [InlineData("Name", "", "Give it a name.")]
    [InlineData("EventType", "two words", "for example order.delivered")]
    [InlineData("Delay", "soon", "A whole number from 0 to 10000.")]
    [InlineData("SamplePercent", "0", "A whole number from 1 to 100.")]
    [InlineData("Survey", "nothing", "Choose a survey.")]
    [InlineData("Value", "", "Say what amount is compared with.")]
    [InlineData("Kind", "schedule", "let the conditions look at the person")]
    public async Task What_is_wrong_is_told_and_what_was_typed_stays(string field, string value, string problem)
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        using var answer = await admin.PostFormAsync("/sending/rules/new", Form((field, value)));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        string page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Contains(problem, page, StringComparison.Ordinal);
        Assert.Contains($"{type}.returned, {type}.lost", page, StringComparison.Ordinal);
        Assert.False(await app.WithDbAsync(db => db.Set<SendingRule>().AnyAsync(r => r.EventType == type, Cancel)));
    }

    [Fact]
    public async Task A_file_of_events_says_what_became_of_its_lines()
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        string token = (await admin.ReadAsync("/sending/events")).Split("name=\"__form\" type=\"hidden\" value=\"")[1].Split('"')[0];
        using var form = new MultipartFormDataContent
        {
            { new StringContent($"id,type,customer,email,occurredAt\n{type}-1,{type},{type}-p,p@example.com,{Now:yyyy-MM-ddTHH:mm:ss}Z\n{type}-2,{type},{type}-p,,never\n"), "File", "events.csv" },
            { new StringContent(token), "__form" },
        };
        using var answer = await admin.Client.PostAsync("/sending/events", form, Cancel);
        string page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Contains("1 stored, 0 known already, 1 rejected", page, StringComparison.Ordinal);
        Assert.Contains("Line 3:", page, StringComparison.Ordinal);
        Assert.Contains("occurredAt: A date and time with an offset", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_never_asked_is_counted_by_why()
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        await app.WithKey("ingest").PostTextAsync("/people/import", $$"""
            { "id": "{{type}}-x", "email": "x@example.com", "consent": "no" }
            { "id": "{{type}}-y" }
            { "id": "{{type}}-z", "email": "z@example.com" }
            """, "application/x-ndjson");
        await app.AskAsync($"{type}-asked");
        foreach (var (why, who) in new[] { ("noConsent", "x"), ("noAddress", "y"), ("neverDue", "z") })
            Assert.Contains($"{type}-{who}", await admin.ReadAsync($"/sending/coverage?why={why}"), StringComparison.Ordinal);
        string all = await admin.ReadAsync("/sending/coverage");
        Assert.DoesNotContain($"{type}-asked", all, StringComparison.Ordinal);
    }
}
