using System.Text.Json.Nodes;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Tests.Accounts;

namespace CxSurveys.Web.Tests.Invitations.Rules;

/// <summary>Every decision is a row: over the API, as a file, with what waits and why.</summary>
public sealed class ListInvitationsTests(RulesApp app) : IClassFixture<RulesApp>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    readonly string type = $"t.{Guid.NewGuid():N}";

    DateTimeOffset Now => app.Clock.GetUtcNow();

    async Task<JsonObject[]> RowsAsync(string filter) => [.. (await app.WithKey("analyst").ReadAsync($"/invitations?{filter}"))["rows"]!.AsArray().Select(r => r!.AsObject())];

    [Fact]
    public async Task What_waits_what_was_asked_and_what_was_not_are_rows_with_their_reasons()
    {
        await app.SettingsAsync("""{ "quietHours": null }""");
        var rule = await app.RuleAsync(type);
        string customer = $"{type}-a";
        await app.ToldAsync($"{type}-1", type, customer, Now);
        var waiting = Assert.Single(await RowsAsync($"customer={customer}"));
        Assert.Equal(("waiting", rule.Id, $"{type}-1", "delivery"), ((string?)waiting["state"], (int)waiting["rule"]!, (string?)waiting["event"], (string?)waiting["touchpoint"]));

        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.Services.RoundsAsync();
        var asked = Now;
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.ToldAsync($"{type}-2", type, customer, asked.AddDays(-1));
        await app.Services.RoundsAsync();
        var rows = await RowsAsync($"customer={customer}&rule={rule.Id}");
        Assert.Equal((2, (string?)waiting["id"]), (rows.Length, (string?)rows[1]["id"]));
        var refused = Assert.Single(await RowsAsync($"customer={customer}&state=notSent&reason=frequencyCap"));
        Assert.Equal(("notSent", "frequencyCap", "after-delivery"), ((string?)refused["state"], (string?)refused["notSent"], (string?)refused["cappedBy"]));
        Assert.Equal(asked.AddDays(90), (DateTimeOffset)refused["until"]!);
        Assert.Empty(await RowsAsync($"customer={customer}&to={Now.AddDays(-3):yyyy-MM-dd}"));
    }

    [Fact]
    public async Task Pages_follow_each_other_and_the_file_holds_all_of_them()
    {
        await app.RuleAsync(type, r => r.SamplePercent = 1);
        for (int i = 0; i < 9; i++) await app.ToldAsync($"{type}-{i}", type, i == 0 ? $"={type}" : $"{type}-{i}", Now);
        var rule = Assert.Single((await RowsAsync($"customer={type}-1")).Select(r => (int)r["rule"]!));
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await app.WithKey("analyst").ReadAsync($"/invitations?rule={rule}&limit=4{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(page["rows"]!.AsArray().Select(r => (string)r!["customer"]!));
            cursor = (string?)page["next"];
        }
        while (cursor is not null);
        Assert.Equal((9, 9), (seen.Count, seen.Distinct().Count()));

        using var client = app.WithKey("analyst");
        client.DefaultRequestHeaders.Accept.ParseAdd("text/csv");
        string csv = await client.GetStringAsync($"{Api.Root}/invitations?rule={rule}", Cancel);
        Assert.Equal(10, csv.TrimEnd().Split('\n').Length);
        Assert.Contains($"'={type}", csv, StringComparison.Ordinal);

        using var admin = await app.BrowseAsAsync(Role.Admin);
        Assert.Equal(csv, await admin.ReadAsync($"/sending.csv?rule={rule}"));
        Assert.Contains("Left out of the sample", await admin.ReadAsync($"/sending?rule={rule}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("state=open", "state")]
    [InlineData("reason=because", "reason")]
    [InlineData("survey=nothing", "survey")]
    [InlineData("touchpoint=nothing", "touchpoint")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2026-02-02&to=2026-02-01", "to")]
    [InlineData("limit=501", "limit")]
    [InlineData("cursor=x", "cursor")]
    [InlineData("colour=red", "colour")]
    public async Task A_filter_that_cannot_be_used_is_named(string query, string named)
    {
        using var answer = await app.WithKey("analyst").GetAsync($"{Api.Root}/invitations?{query}", Cancel);
        Assert.Contains(named, (await answer.ReadErrorsAsync()).Keys);
    }
}
