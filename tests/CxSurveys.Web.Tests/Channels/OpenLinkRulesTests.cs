using System.Net;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Features.Channels;
using CxSurveys.Web.Tests.Accounts;
using CxSurveys.Web.Tests.Respond;

namespace CxSurveys.Web.Tests.Channels;

public sealed class OpenLinkRulesTests(CxApp app) : IClassFixture<CxApp>, IAsyncLifetime
{
    const string Shop = "https://shop.example";

    readonly CancellationToken ct = TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await app.PublishOrderAsync();

    public async ValueTask DisposeAsync() => Assert.Equal(0, await app.VerifyAsync());

    async Task<string> FramePolicyAsync(string address) =>
        (await app.Anonymous.OpenAsync(address)).Headers["Content-Security-Policy"].Split("; ").Single(part => part.StartsWith("frame-ancestors", StringComparison.Ordinal));

    [Fact]
    public async Task Only_sites_on_the_list_may_show_the_survey_in_a_frame()
    {
        await app.AllowAsync([]);
        Assert.Equal("frame-ancestors 'none'", await FramePolicyAsync("/s/order"));
        await app.AllowAsync([Shop, "https://two.example:8443"]);
        foreach (var address in new[] { "/s/order", "/s/order/a/nothing" }) Assert.Equal($"frame-ancestors {Shop} https://two.example:8443", await FramePolicyAsync(address));
        foreach (var address in new[] { "/s/another", "/sign-in", "/r/nothing" }) Assert.Equal("frame-ancestors 'none'", await FramePolicyAsync(address));
    }

    [Theory]
    [InlineData("shop.example", Shop)]
    [InlineData("https://SHOP.example/", Shop)]
    [InlineData("https://shop.example:443", Shop)]
    [InlineData("http://localhost:3000", "http://localhost:3000")]
    [InlineData("https://bücher.example", "https://xn--bcher-kva.example")]
    [InlineData("https://*.shop.example", null)]
    [InlineData("https://user@shop.example", null)]
    [InlineData("https://shop.example/path", null)]
    [InlineData("https://shop.example?x", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("data:text/html,x", null)]
    [InlineData("https://a;script-src", null)]
    [InlineData("'unsafe-inline'", null)]
    public void An_origin_is_a_scheme_and_a_host(string typed, string? origin) => Assert.Equal(origin, SurveyChannels.Origin(typed));

    [Fact]
    public async Task An_admin_sets_the_sites_and_a_bad_one_stores_nothing()
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        await app.AllowAsync([]);
        using var bad = await admin.PostFormAsync("/surveys/order/share", new() { ["Sites"] = "shop.example\nhttps://*.evil.example" });
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Contains("https://*.evil.example", await bad.Content.ReadAsStringAsync(ct), StringComparison.Ordinal);
        Assert.Equal("frame-ancestors 'none'", await FramePolicyAsync("/s/order"));
        using var good = await admin.PostFormAsync("/surveys/order/share", new() { ["Sites"] = "shop.example\r\nhttp://localhost:3000", ["OneAnswerPerBrowser"] = "false" });
        Assert.Equal(HttpStatusCode.Redirect, good.StatusCode);
        Assert.Equal($"frame-ancestors {Shop} http://localhost:3000", await FramePolicyAsync("/s/order"));
    }

    async Task<HttpResponseMessage> WidgetAsync(string? origin, string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/s/order/widget{query}");
        if (origin is not null) request.Headers.Add("Origin", origin);
        return await app.Anonymous.SendAsync(request, ct);
    }

    [Fact]
    public async Task The_widget_is_told_its_words_on_an_allowed_site_only()
    {
        await app.AllowAsync([Shop]);
        using var allowed = await WidgetAsync(Shop, "?lang=th");
        Assert.Equal((HttpStatusCode.OK, Shop), (allowed.StatusCode, allowed.Headers.GetValues("Access-Control-Allow-Origin").Single()));
        Assert.Contains("ปิด", System.Text.RegularExpressions.Regex.Unescape(await allowed.Content.ReadAsStringAsync(ct)), StringComparison.Ordinal);
        foreach (var origin in new[] { "https://evil.example", "null", null, Shop + ".evil.example" })
        {
            using var refused = await WidgetAsync(origin);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.False(refused.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task One_answer_per_browser_is_a_choice_and_coming_back_shows_the_answer()
    {
        await app.AllowAsync([]);
        using var without = await app.Anonymous.GetAsync("/s/order", ct);
        Assert.False(without.Headers.Contains("Set-Cookie"));

        await app.AllowAsync([], once: true);
        long before = await app.ResponsesAsync();
        var browser = app.Client();
        var second = await browser.OpenAsync("/s/order");
        var sent = await browser.SendAsync(await browser.OpenAsync("/s/order"), ("recommend", "7"));
        Assert.Matches("httponly", sent.Headers["Set-Cookie"].ToLowerInvariant());
        Assert.Matches("samesite=lax", sent.Headers["Set-Cookie"].ToLowerInvariant());
        var back = await browser.OpenAsync("/s/order");
        Assert.Equal(HttpStatusCode.SeeOther, back.Status);
        Assert.Contains("7 of 10", (await browser.OpenAsync(back.Location!)).Html, StringComparison.Ordinal);
        Assert.Contains("/a/", (await browser.SendAsync(second, ("recommend", "1"))).Location, StringComparison.Ordinal);
        Assert.Equal(before + 1, await app.ResponsesAsync());
        await app.Client().AnswerAsync("/s/order", "2");
        Assert.Equal(before + 2, await app.ResponsesAsync());
        await app.AllowAsync([]);
    }
}
