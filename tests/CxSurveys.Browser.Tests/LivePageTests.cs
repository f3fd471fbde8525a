using Microsoft.Playwright;

namespace CxSurveys.Browser.Tests;

/// <summary>A page that is open while answers come in.</summary>
public sealed class LivePageTests(Chromium chromium, LivePageTests.Company app) : IClassFixture<LivePageTests.Company>
{
    public sealed class Company(CxSurveys.Testing.TestPostgres postgres) : BrowserApp(postgres)
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Admin.MakeJourneyAsync();
            await Admin.PublishAsync("everything", Given.Everything);
            // Twice: then no country is so small that another has to hide it.
            for (int i = 0; i < 2; i++) await Admin.ImportAnswersAsync("everything", TimeProvider.System.GetUtcNow());
        }
    }

    [Theory]
    [InlineData("/touchpoints/delivery?kind=csat", "h-score")]
    [InlineData("/journey/purchase?kind=csat", "h-score")]
    [InlineData("/journey?kind=nps", "h-own")]
    [InlineData("/compare?kind=csat&touchpoint=delivery", "h-A")]
    public async Task A_new_answer_shows_without_a_click_and_nothing_else_moves(string address, string section)
    {
        await using var tab = await app.OpenAsAdminAsync(chromium);
        await tab.Page.GotoAsync(address);
        var figure = tab.Page.Locator($"section[aria-labelledby='{section}']");
        var before = await NumberAsync(figure);
        await tab.Page.EvaluateAsync("() => { document.querySelectorAll('main details').forEach(d => d.open = true); document.querySelector('main select').focus(); window.scrollTo(0, 40); window.loaded = 1; }");

        await PostAsync();
        await Assertions.Expect(figure).ToContainTextAsync($"n {before + 1}");
        await Assertions.Expect(tab.Page.Locator("[data-live-status]")).ToContainTextAsync("Counted up to");
        Assert.Equal("select true 1 40", await tab.Page.EvaluateAsync<string>(
            "() => [document.activeElement.localName, [...document.querySelectorAll('main details')].every(d => d.open), window.loaded, window.scrollY].join(' ')"));
        tab.AssertKeptToItself(address);
    }

    [Fact]
    public async Task A_hidden_page_holds_no_stream_and_catches_up_when_it_is_seen_again()
    {
        await using var tab = await app.OpenAsAdminAsync(chromium);
        await tab.Page.GotoAsync("/touchpoints/delivery?kind=csat");
        var figure = tab.Page.Locator("section[aria-labelledby='h-score']");
        var before = await NumberAsync(figure);
        await ShowAsync(tab.Page, hidden: true);
        var asked = tab.Requests.Count;
        await PostAsync();
        await tab.Page.WaitForTimeoutAsync(2500);
        Assert.Equal(asked, tab.Requests.Count);
        Assert.Equal(before, await NumberAsync(figure));

        await ShowAsync(tab.Page, hidden: false);
        await Assertions.Expect(figure).ToContainTextAsync($"n {before + 1}");
    }

    static async Task ShowAsync(IPage page, bool hidden) => await page.EvaluateAsync(
        $"() => {{ Object.defineProperty(document, 'hidden', {{ configurable: true, get: () => {(hidden ? "true" : "false")} }}); document.dispatchEvent(new Event('visibilitychange')); }}");

    static async Task<int> NumberAsync(ILocator figure) =>
        int.Parse(System.Text.RegularExpressions.Regex.Match(await figure.InnerTextAsync(), "n ([0-9]+)").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    async Task PostAsync() => await app.Admin.SendAsync(HttpMethod.Post, "/responses", $$"""
        { "id": "{{Guid.CreateVersion7()}}", "survey": "everything", "segment": { "country": "ID" }, "language": "en", "answers": { "recommend": 9, "words": 5 } }
        """);
}
