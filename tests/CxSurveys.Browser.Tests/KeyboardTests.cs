using Microsoft.Playwright;

namespace CxSurveys.Browser.Tests;

public sealed class KeyboardTests(Chromium chromium, BrowserApp app) : IClassFixture<BrowserApp>, IAsyncLifetime
{
    const string Focused = "document.activeElement === document.body ? '' : document.activeElement.name || document.activeElement.tagName.toLowerCase()";

    public async ValueTask InitializeAsync()
    {
        await app.Admin.MakeJourneyAsync();
        await app.Admin.PublishAsync("after-delivery", Given.Recommend);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Tab_enters_the_scale_once_then_the_text_then_the_button()
    {
        await using var tab = await OpenAsync("en");
        var stops = new List<string>();
        while (stops.Count < 50)
        {
            await tab.Page.Keyboard.PressAsync("Tab");
            string stop = await tab.Page.EvaluateAsync<string>(Focused);
            if (stop.Length == 0) break;
            stops.Add(stop);
        }
        Assert.Equal(["recommend", "why", "button"], stops.Take(3));
        Assert.Single(stops, "recommend");
    }

    [Theory]
    [InlineData("en", "ArrowRight")]
    [InlineData("ar", "ArrowLeft")]
    public async Task Arrows_move_along_the_scale_and_enter_sends(string language, string onward)
    {
        await using var tab = await OpenAsync(language);
        var keys = tab.Page.Keyboard;
        await keys.PressAsync("Tab");
        await keys.PressAsync("Space");
        Assert.Equal("0", await ChosenAsync(tab.Page));
        for (int step = 0; step < 3; step++) await keys.PressAsync(onward);
        Assert.Equal("3", await ChosenAsync(tab.Page));

        await keys.PressAsync("Enter");
        await AssertStoredAsync(tab.Page);
    }

    [Fact]
    public async Task Space_presses_the_button()
    {
        await using var tab = await OpenAsync("en");
        var keys = tab.Page.Keyboard;
        foreach (string key in (string[])["Tab", "Space", "Tab", "Tab", "Space"]) await keys.PressAsync(key);
        await AssertStoredAsync(tab.Page);
    }

    [Fact]
    public async Task Where_the_focus_is_can_be_seen()
    {
        await using var tab = await OpenAsync("en");
        await tab.Page.Keyboard.PressAsync("Tab");
        // The radio button lies under its cell, so either may draw the ring.
        string ring = await tab.Page.EvaluateAsync<string>("""
            [document.activeElement, document.activeElement.nextElementSibling, document.activeElement.parentElement]
                .filter(e => e).map(e => getComputedStyle(e)).filter(s => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2).map(s => s.outlineWidth).join()
            """);
        Assert.NotEmpty(ring);
    }

    async Task<Tab> OpenAsync(string language)
    {
        var tab = await chromium.OpenAsync(app.Address);
        await tab.Page.GotoAsync($"/s/after-delivery?lang={language}");
        // On a busy machine a key may come before the tab has the focus, and is lost.
        await tab.Page.WaitForFunctionAsync("document.hasFocus()");
        return tab;
    }

    static Task<string?> ChosenAsync(IPage page) => page.Locator("input[name=recommend]:checked").GetAttributeAsync("value");

    static Task AssertStoredAsync(IPage page) => page.WaitForURLAsync("**/s/after-delivery/a/**");
}
