using CxSurveys.Web.Features.Channels;
using CxSurveys.Web.Features.Respond.Guarding;
using CxSurveys.Web.Features.Surveys;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CxSurveys.Browser.Tests;

/// <summary>The open link where it stands: in another site, on a counter without a connection, inside a flood.</summary>
public sealed class OpenLinkTests(Chromium chromium, BrowserApp app) : IClassFixture<BrowserApp>, IAsyncLifetime
{
    const int LargestWidget = 8_000;

    public async ValueTask InitializeAsync()
    {
        await app.Admin.MakeJourneyAsync();
        await app.Admin.PublishAsync("after-delivery", Given.Recommend);
    }

    public async ValueTask DisposeAsync() => Assert.Equal(0, await app.VerifyAsync());

    string Link(string survey, string channel, string under = "") => new Uri(app.Address, $"/s/{survey}{under}").ToString()
        + QueryString.Create(app.Services.GetRequiredService<SharedLinks>().Sign(survey, LinkContext.Plain with { Channel = channel })).Value;

    async Task AllowAsync(string survey, params string[] sites)
    {
        int id = await app.WithDbAsync(db => db.Set<Survey>().Where(s => s.Key == survey).Select(s => s.Id).SingleAsync(TestContext.Current.CancellationToken));
        await app.Services.GetRequiredService<SurveyChannels>().SetAsync(id, new OpenLinkRules(sites, false), TestContext.Current.CancellationToken);
    }

    async Task<int> AnswersAsync(string query) => (await app.Admin.ReadAsync($"/responses?{query}"))["rows"]!.AsArray().Count;

    string Host(string survey, string rules) => $"""
        <!doctype html><html lang="th"><head><meta charset="utf-8"><title>Shop</title></head><body><main><h1>Shop</h1><a href="#">Order</a></main>
        <script async src="{new Uri(app.Address, "/assets/widget.js")}" data-survey="{Link(survey, Channel.Widget).Replace("&", "&amp;", StringComparison.Ordinal)}" {rules}></script></body></html>
        """;

    static string OriginOf(LocalPage page) => page.Address.GetLeftPart(UriPartial.Authority);

    [Fact]
    public async Task The_widget_asks_once_by_its_rule_in_a_dialog_that_keeps_the_focus_and_esc_closes()
    {
        await app.Admin.PublishAsync("shop", Given.Recommend);
        await using var shop = await LocalPage.StartAsync(Host("shop", "data-event=\"ordered\" data-every=\"30\""));
        await AllowAsync("shop", OriginOf(shop));
        await using var context = await chromium.Browser.NewContextAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        var page = await context.NewPageAsync();
        await page.GotoAsync(shop.Address.ToString(), new() { WaitUntil = WaitUntilState.NetworkIdle });
        var invite = page.GetByRole(AriaRole.Region);
        await Assertions.Expect(invite).ToHaveCountAsync(0);

        await page.EvaluateAsync("() => window.dispatchEvent(new Event('ordered'))");
        await Assertions.Expect(invite).ToBeVisibleAsync();
        await Axe.AssertCleanAsync(page, "widget, the invitation");
        await invite.GetByRole(AriaRole.Button).First.ClickAsync();
        var frame = page.FrameLocator("iframe");
        await frame.Locator("label", new() { Has = page.Locator("input[name=recommend][value='0']") }).ClickAsync();
        for (int i = 0; i < 40; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            Assert.False(await page.EvaluateAsync<bool>("() => document.activeElement.tagName === 'A'"), "The focus left the dialog for the page.");
        }
        await frame.Locator("form .b").ClickAsync();
        await Assertions.Expect(frame.Locator("dl")).ToBeVisibleAsync();
        await frame.Locator("summary").First.FocusAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        Assert.Equal(1, await AnswersAsync("survey=shop&channel=widget&language=th"));

        await page.ReloadAsync(new() { WaitUntil = WaitUntilState.NetworkIdle });
        await page.EvaluateAsync("() => window.dispatchEvent(new Event('ordered'))");
        await page.WaitForTimeoutAsync(500);
        await Assertions.Expect(invite).ToHaveCountAsync(0);
        Assert.Empty(await context.CookiesAsync());
    }

    [Theory]
    [InlineData("data-after=\"1\"", "() => {}")]
    [InlineData("data-scroll=\"50\"", "() => { document.body.style.height = '5000px'; scrollTo(0, 4000); }")]
    [InlineData("data-exit", "() => document.documentElement.dispatchEvent(new MouseEvent('mouseleave', { clientY: -1 }))")]
    public async Task Each_rule_brings_the_invitation(string rules, string act)
    {
        await app.Admin.PublishAsync("ruled", Given.Recommend);
        await using var shop = await LocalPage.StartAsync(Host("ruled", rules));
        await AllowAsync("ruled", OriginOf(shop));
        await using var context = await chromium.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(shop.Address.ToString(), new() { WaitUntil = WaitUntilState.NetworkIdle });
        await page.EvaluateAsync(act);
        await Assertions.Expect(page.GetByRole(AriaRole.Region)).ToBeVisibleAsync(new() { Timeout = 15_000 });
    }

    [Fact]
    public async Task A_site_that_is_not_on_the_list_shows_neither_widget_nor_frame()
    {
        await app.Admin.PublishAsync("private", Given.Recommend);
        await using var other = await LocalPage.StartAsync(Host("private", "data-after=\"0\"").Replace("</main>", $"<iframe src=\"{Link("private", Channel.Iframe).Replace("&", "&amp;", StringComparison.Ordinal)}\"></iframe></main>", StringComparison.Ordinal));
        await using var context = await chromium.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(other.Address.ToString(), new() { WaitUntil = WaitUntilState.NetworkIdle });
        await Assertions.Expect(page.GetByRole(AriaRole.Region)).ToHaveCountAsync(0);
        Assert.Equal(0, await page.FrameLocator("iframe").Locator("form").CountAsync());

        await AllowAsync("private", OriginOf(other));
        await page.ReloadAsync();
        await Assertions.Expect(page.FrameLocator("main iframe").Locator("form")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_widget_is_small()
    {
        byte[] script = await app.Anonymous.GetByteArrayAsync("/assets/widget.js", TestContext.Current.CancellationToken);
        Assert.InRange(script.Length, 1_000, LargestWidget);
        Assert.DoesNotContain("innerHTML", System.Text.Encoding.UTF8.GetString(script), StringComparison.Ordinal);
        Assert.DoesNotContain("cookie", System.Text.Encoding.UTF8.GetString(script), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_kiosk_works_on_without_a_connection_and_sends_each_answer_once()
    {
        await app.Admin.PublishAsync("counter", Given.Recommend);
        await using var tab = await chromium.OpenAsync(app.Address);
        var (page, context) = (tab.Page, tab.Page.Context);
        await page.GotoAsync(Link("counter", Channel.Kiosk, "/kiosk") + "&lang=en");
        await page.GotoAsync(Link("counter", Channel.Kiosk, "/kiosk"));
        await page.WaitForFunctionAsync("async () => !!navigator.serviceWorker.controller && (await (await caches.open('cx-kiosk')).keys()).length > 2");

        await context.SetOfflineAsync(true);
        await AnswerOnKioskAsync(page, "2");
        await page.ReloadAsync();
        await AnswerOnKioskAsync(page, "9");
        Assert.Equal(0, await AnswersAsync("survey=counter"));
        await Assertions.Expect(page.Locator("#queue")).ToContainTextAsync("2");

        await context.SetOfflineAsync(false);
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#queue")).ToHaveTextAsync("");
        await page.WaitForFunctionAsync("() => localStorage.length === 0");
        Assert.Equal(2, await AnswersAsync("survey=counter&channel=kiosk"));
        Assert.Equal(1, await AnswersAsync("survey=counter&question=recommend&value=2"));
    }

    static async Task AnswerOnKioskAsync(IPage page, string score)
    {
        await page.Locator("label", new() { Has = page.Locator($"input[name=recommend][value='{score}']") }).ClickAsync();
        await page.Locator("#kiosk form .b").ClickAsync();
        await page.Locator("#thanks .b").ClickAsync();
        await Assertions.Expect(page.Locator("#kiosk form")).ToBeVisibleAsync();
        Assert.Equal(0, await page.Locator("input:checked").CountAsync());
    }

    [Fact]
    public async Task Inside_a_flood_a_browser_proves_itself_while_its_person_reads()
    {
        await app.Admin.PublishAsync("flooded", Given.Recommend);
        await using var tab = await chromium.OpenAsync(app.Address);
        var page = tab.Page;
        await page.GotoAsync("/s/flooded?lang=en");
        for (int i = 0; i <= FloodWatch.FastInAMinute; i++) app.Services.GetRequiredService<FloodWatch>().Note("flooded", tooFast: true);

        // Opened before the flood: one more step, which the page takes itself.
        await SendAsync(page, "4");
        await Assertions.Expect(page.Locator("dl")).ToBeVisibleAsync(new() { Timeout = 90_000 });
        Assert.Equal(1, await AnswersAsync("survey=flooded&question=recommend&value=4"));

        await page.GotoAsync("/s/flooded?lang=en");
        Assert.Equal(1, await page.Locator("input[data-challenge]").CountAsync());
        await page.WaitForTimeoutAsync(1500);
        await SendAsync(page, "7");
        await Assertions.Expect(page.Locator("dl")).ToBeVisibleAsync(new() { Timeout = 90_000 });
        Assert.Equal(1, await AnswersAsync("survey=flooded&question=recommend&value=7"));
        tab.AssertKeptToItself("inside a flood");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    public async Task The_step_is_fit_for_all_without_script(string language)
    {
        await app.Admin.PublishAsync("slow", Given.Recommend);
        await using var tab = await chromium.OpenAsync(app.Address, new() { JavaScriptEnabled = false });
        await tab.Page.GotoAsync($"/s/slow?lang={language}");
        for (int i = 0; i <= FloodWatch.FastInAMinute; i++) app.Services.GetRequiredService<FloodWatch>().Note("slow", tooFast: true);
        await SendAsync(tab.Page, "4");
        await Assertions.Expect(tab.Page.Locator("input[name=Confirm]")).ToBeAttachedAsync();
        var address = tab.Page.Url;
        await Assertions.Expect(tab.Page.Locator("noscript, .s").Last).ToContainTextAsync("20");

        // With scripts, but without the one that would leave the page.
        await using var looking = await chromium.OpenAsync(app.Address);
        await looking.Page.RouteAsync("**/assets/proof.js", route => route.FulfillAsync(new() { ContentType = "text/javascript", Body = "" }));
        await looking.Page.GotoAsync(address);
        await Layout.AssertFitForAllAsync(looking.Page, $"one more step, {language}");
    }

    static async Task SendAsync(IPage page, string score)
    {
        await page.Locator("label", new() { Has = page.Locator($"input[name=recommend][value='{score}']") }).ClickAsync();
        await page.Locator("form .b").ClickAsync();
    }
}
