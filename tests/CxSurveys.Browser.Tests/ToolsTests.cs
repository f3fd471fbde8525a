using Microsoft.Playwright;
using Xunit.Sdk;

namespace CxSurveys.Browser.Tests;

/// <summary>What the other tests lean on notices what it should: a check that cannot fail proves nothing.</summary>
public sealed class ToolsTests(Chromium chromium)
{
    const string Strict = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; style-src 'self'";

    static string Html(string body, string head = "") =>
        $"""<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Page</title>{head}</head><body><main><h1>Page</h1>{body}</main></body></html>""";

    [Fact]
    public async Task A_sound_page_passes_every_check_under_a_strict_policy()
    {
        await using var page = await LocalPage.StartAsync(Html("<p>Words, คำ, كلمات</p>"), Strict);
        await using var tab = await OpenAsync(page);
        await Layout.AssertFitForAllAsync(tab.Page, "sound");
        tab.AssertKeptToItself("sound");
        Assert.Single(tab.Requests, page.Address.ToString());
    }

    [Fact]
    public async Task A_control_without_a_name_is_noticed()
    {
        await using var page = await LocalPage.StartAsync(Html("<form><input name=email></form>"), Strict);
        await using var tab = await OpenAsync(page);
        var failure = await Assert.ThrowsAsync<TrueException>(() => Axe.AssertCleanAsync(tab.Page, "nameless"));
        Assert.Contains("label", failure.Message, StringComparison.Ordinal);
        Assert.Contains("email", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_that_fade_only_in_the_dark_are_noticed()
    {
        const string Fading = "<style>:root{color-scheme:light dark}body{background:#fff;color:#111}@media(prefers-color-scheme:dark){body{background:#111;color:#333}}</style>";
        await using var page = await LocalPage.StartAsync(Html("<p>words</p>", Fading));
        await using var tab = await OpenAsync(page);
        var failure = await Assert.ThrowsAsync<TrueException>(() => Layout.AssertFitForAllAsync(tab.Page, "fading"));
        Assert.Contains("1280 px, dark", failure.Message, StringComparison.Ordinal);
        Assert.Contains("color-contrast", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<div class=wide style='width:400px'>wide</div>", "", "px wide in 320 px: div.wide")]
    [InlineData("<div style='width:400px'>wide</div>", "<style>body{overflow-x:hidden}</style>", "hides")]
    public async Task What_is_too_wide_for_a_phone_is_noticed(string body, string head, string told)
    {
        await using var page = await LocalPage.StartAsync(Html(body, head));
        await using var tab = await OpenAsync(page);
        var failure = await Assert.ThrowsAsync<TrueException>(() => Layout.AssertFitForAllAsync(tab.Page, "wide"));
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<img alt='' src='http://elsewhere.invalid/a.png'>", null, "elsewhere.invalid")]
    [InlineData("<img alt='' src='/missing.png'>", null, "missing.png")]
    [InlineData("<script>document.title = 'x'</script>", Strict, "Content Security Policy")]
    [InlineData("<script>undefinedName()</script>", null, "undefinedName")]
    public async Task A_page_that_leaves_its_host_or_fails_in_itself_is_noticed(string body, string? policy, string told)
    {
        await using var page = await LocalPage.StartAsync(Html(body), policy);
        await using var tab = await OpenAsync(page);
        var failure = Assert.Throws<TrueException>(() => tab.AssertKeptToItself("leaking"));
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
    }

    async Task<Tab> OpenAsync(LocalPage page)
    {
        var tab = await chromium.OpenAsync(page.Address);
        await tab.Page.GotoAsync("/", new() { WaitUntil = WaitUntilState.NetworkIdle });
        return tab;
    }
}
