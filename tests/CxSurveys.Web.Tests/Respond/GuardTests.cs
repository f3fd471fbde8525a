using System.Text.RegularExpressions;
using CxSurveys.Web.Features.Respond.Guarding;
using CxSurveys.Web.Tests.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CxSurveys.Web.Tests.Respond;

public sealed partial class GuardTests(GuardTests.StillApp app) : IClassFixture<GuardTests.StillApp>, IAsyncLifetime
{
    /// <summary>Time moves only when a test says so: how busy the machine is decides nothing.</summary>
    public sealed class StillApp(TestPostgres postgres) : CxApp(postgres)
    {
        public MovableClock Clock { get; } = new(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));

        protected override void Configure(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
    }

    readonly HttpClient browser = app.Anonymous;

    public async ValueTask InitializeAsync() => await app.PublishOrderAsync();

    public async ValueTask DisposeAsync() => Assert.Equal(0, await app.VerifyAsync());

    async Task PublishAsync(string key) => await app.WithKey("admin").PublishAsync(key, Shared.Order);

    async Task<CustomerPages.Page> SendAsync(string survey, string why, TimeSpan after, params (string, string)[] more)
    {
        var page = await browser.OpenAsync($"/s/{survey}");
        app.Clock.Advance(after);
        return await browser.SendAsync(page, [("recommend", "5"), ("why", why), .. more]);
    }

    async Task FloodAsync(string survey)
    {
        for (int i = 0; i <= FloodWatch.FastInAMinute; i++) await SendAsync(survey, "flood", TimeSpan.Zero);
    }

    async Task<(string? State, string[] Flags)> StoredAsync(string why)
    {
        var row = await app.OnlyRowAsync($"state=all&q={why}");
        return ((string?)row["state"], [.. row["flags"]!.AsArray().Select(f => (string)f!)]);
    }

    static string Word() => $"w{Guid.NewGuid():N}";

    [Fact]
    public async Task A_filled_hidden_field_is_kept_apart_and_its_sender_is_thanked()
    {
        var why = Word();
        int before = await app.CountedAsync();
        var sent = await SendAsync("order", why, TimeSpan.FromSeconds(9), ("Extra", "http://spam.example"));
        Assert.Contains("5 of 10", (await browser.OpenAsync(sent.Location!)).Html, StringComparison.Ordinal);
        Assert.Equal("quarantine", (await StoredAsync(why)).State);
        Assert.Equal(["hiddenField"], (await StoredAsync(why)).Flags);
        Assert.Equal(before, await app.CountedAsync());
    }

    [Fact]
    public async Task Without_a_flood_a_quick_answer_is_flagged_and_counted()
    {
        var (quick, slow) = (Word(), Word());
        await SendAsync("order", quick, TimeSpan.FromMilliseconds(500));
        await SendAsync("order", slow, TimeSpan.FromSeconds(4));
        Assert.Equal(("counted", "tooFast"), ((await StoredAsync(quick)).State, string.Join(',', (await StoredAsync(quick)).Flags)));
        Assert.Equal(("counted", ""), ((await StoredAsync(slow)).State, string.Join(',', (await StoredAsync(slow)).Flags)));
    }

    [Fact]
    public async Task Inside_a_flood_an_answer_waits_for_one_more_step_and_then_counts()
    {
        await PublishAsync("stormy");
        var before = await browser.OpenAsync("/s/stormy");
        Assert.DoesNotContain("data-challenge", before.Html, StringComparison.Ordinal);
        await FloodAsync("stormy");

        var why = Word();
        app.Clock.Advance(TimeSpan.FromSeconds(6));
        var sent = await browser.SendAsync(before, ("recommend", "5"), ("why", why));
        var step = await browser.OpenAsync(sent.Location!);
        Assert.Contains("One more step", step.Html, StringComparison.Ordinal);
        Assert.Equal("quarantine", (await StoredAsync(why)).State);

        // Without script: too soon, and after having waited.
        Assert.Equal(425, (int)(await browser.SendAsync(step, ("Confirm", "1"))).Status);
        app.Clock.Advance(AnswerGuard.Wait);
        Assert.Contains("5 of 10", (await browser.SendAndFollowAsync(step, ("Confirm", "1"))).Html, StringComparison.Ordinal);
        Assert.Equal(("counted", 0), ((await StoredAsync(why)).State, (await StoredAsync(why)).Flags.Length));
    }

    [Fact]
    public async Task A_proof_counts_at_once_with_the_form_and_after_it()
    {
        await PublishAsync("rainy");
        await FloodAsync("rainy");
        var (with, after, wrong) = (Word(), Word(), Word());
        var page = await browser.OpenAsync("/s/rainy");
        app.Clock.Advance(TimeSpan.FromSeconds(6));
        await browser.SendAsync(page, ("recommend", "5"), ("why", with), (ProofOfWork.Field, Prove(page)));
        Assert.Equal("counted", (await StoredAsync(with)).State);

        var sent = await SendAsync("rainy", after, TimeSpan.FromSeconds(6), (ProofOfWork.Field, Prove(page)));
        Assert.Equal("quarantine", (await StoredAsync(after)).State);
        var step = await browser.OpenAsync(sent.Location!);
        await browser.SendAndFollowAsync(step, ("Confirm", "1"), (ProofOfWork.Field, Prove(step)));
        Assert.Equal("counted", (await StoredAsync(after)).State);

        await SendAsync("rainy", wrong, TimeSpan.FromSeconds(6), (ProofOfWork.Field, "-1"));
        Assert.Equal("quarantine", (await StoredAsync(wrong)).State);
    }

    [Fact]
    public async Task Nobody_else_notices_a_flood_and_it_ends()
    {
        await PublishAsync("windy");
        await FloodAsync("windy");
        var calm = Word();
        await SendAsync("order", calm, TimeSpan.FromSeconds(6));
        Assert.Equal("counted", (await StoredAsync(calm)).State);
        Assert.Contains("data-challenge", (await browser.OpenAsync("/s/windy")).Html, StringComparison.Ordinal);
        app.Clock.Advance(FloodWatch.Lasts + TimeSpan.FromSeconds(1));
        Assert.DoesNotContain("data-challenge", (await browser.OpenAsync("/s/windy")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_s_decision_stands_against_the_step()
    {
        await PublishAsync("foggy");
        await FloodAsync("foggy");
        var why = Word();
        var sent = await SendAsync("foggy", why, TimeSpan.FromSeconds(6));
        var step = await browser.OpenAsync(sent.Location!);
        var id = (string?)(await app.OnlyRowAsync($"state=all&q={why}"))["id"];
        await (await app.WithKey("admin").PutTextAsync($"/responses/{id}/state", """{ "state": "quarantine" }""")).ReadOkAsync();
        app.Clock.Advance(AnswerGuard.Wait);
        await browser.SendAndFollowAsync(step, ("Confirm", "1"));
        Assert.Equal("quarantine", (await StoredAsync(why)).State);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("")]
    [InlineData("+7")]
    [InlineData("12345678901234567890")]
    [InlineData("7.0")]
    public void Only_the_number_that_was_looked_for_is_a_proof(string number) => Assert.False(new ProofOfWork("AAAA", 16).IsMetBy(number));

    /// <summary>What a browser's script works out.</summary>
    static string Prove(CustomerPages.Page page)
    {
        var asked = ChallengeField().Match(page.Html);
        var challenge = new ProofOfWork(asked.Groups[1].Value, int.Parse(asked.Groups[2].Value, null));
        return Enumerable.Range(0, int.MaxValue).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)).First(challenge.IsMetBy);
    }

    [GeneratedRegex("data-challenge=\"([^\"]+)\" data-bits=\"(\\d+)\"")]
    private static partial Regex ChallengeField();
}
