using System.Net;
using System.Text.RegularExpressions;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Features.Channels;
using CxSurveys.Web.Tests.Accounts;
using CxSurveys.Web.Tests.Respond;

namespace CxSurveys.Web.Tests.Channels;

public sealed partial class SharedLinkTests(CxApp app) : IClassFixture<CxApp>, IAsyncLifetime
{
    static readonly LinkContext Counter = new("sms", "delivery", new Dictionary<string, string> { ["store"] = "Bandung & Co", ["floor"] = "2" });

    readonly HttpClient browser = app.Anonymous;

    public async ValueTask InitializeAsync() => await app.PublishOrderAsync();

    public async ValueTask DisposeAsync() => Assert.Equal(0, await app.VerifyAsync());

    [Fact]
    public async Task What_a_signed_link_says_is_where_the_answer_counts()
    {
        var why = $"signed {Guid.NewGuid():N}";
        await browser.AnswerAsync(app.Link(Counter) + "&lang=th", "3", why);
        var row = await app.OnlyRowAsync($"q={why.Split(' ')[1]}");
        Assert.Equal(("delivery", "sms", "th"), ((string?)row["touchpoint"], (string?)row["channel"], (string?)row["language"]));
        Assert.Equal(("Bandung & Co", "2"), ((string?)row["segment"]!["store"], (string?)row["segment"]!["floor"]));
        Assert.True(await app.CountedAsync("&channel=sms&touchpoint=delivery&segment.store=Bandung%20%26%20Co") > 0);
    }

    public static TheoryData<string, string> Altered => new()
    {
        { "touchpoint=delivery", "touchpoint=checkout" },
        { "channel=sms", "channel=email" },
        { "segment.floor=2", "segment.floor=3" },
        { "segment.floor=2", "segment.wall=2" },
        { "&segment.floor=2", "" },
        { "channel=sms", "channel=sms&touchpoint=checkout" },
        { "sig=", "sig=A" },
        { "&sig=", "&gis=" },
    };

    [Theory, MemberData(nameof(Altered))]
    public async Task An_altered_link_opens_the_survey_and_says_nothing(string part, string other)
    {
        var why = $"altered{Guid.NewGuid():N}";
        var link = app.Link(Counter);
        Assert.Contains(part, link, StringComparison.Ordinal);
        await browser.AnswerAsync(link.Replace(part, other, StringComparison.Ordinal), "3", why);
        var row = await app.OnlyRowAsync($"q={why}");
        Assert.Equal((null, "web", 0), ((string?)row["touchpoint"], (string?)row["channel"], row["segment"]!.AsObject().Count));
    }

    [Fact]
    public async Task A_link_of_one_survey_says_nothing_in_another()
    {
        await app.WithKey("admin").PublishAsync("second", Shared.Order);
        var why = $"other{Guid.NewGuid():N}";
        await browser.AnswerAsync(app.Link(Counter).Replace("/s/order", "/s/second", StringComparison.Ordinal), "3", why);
        Assert.Equal("web", (string?)(await app.OnlyRowAsync($"q={why}"))["channel"]);
    }

    [Fact]
    public async Task Every_page_on_the_way_keeps_what_the_link_says()
    {
        var page = await browser.OpenAsync(app.Link(Counter));
        var again = await browser.SendAsync(page, ("why", "no score yet"));
        Assert.Equal(HttpStatusCode.BadRequest, again.Status);
        var why = $"kept{Guid.NewGuid():N}";
        var thanks = await browser.SendAndFollowAsync(again, ("recommend", "0"), ("why", why));
        Assert.Contains("touchpoint=delivery", thanks.Address, StringComparison.Ordinal);
        Assert.Equal("sms", (string?)(await app.OnlyRowAsync($"q={why}"))["channel"]);
    }

    [Fact]
    public async Task The_page_makes_links_codes_and_snippets_that_work()
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        var page = await admin.ReadAsync("/surveys/order/share?touchpoint=delivery&name=store&value=Kuala%20%22L%22&channel=sms&after=5&event=order-placed");
        var link = Decoded(LinkField().Match(page).Groups[1].Value);
        var why = $"made{Guid.NewGuid():N}";
        await browser.AnswerAsync(new Uri(link).PathAndQuery, "9", why);
        var row = await app.OnlyRowAsync($"q={why}");
        Assert.Equal(("delivery", "sms", "Kuala \"L\""), ((string?)row["touchpoint"], (string?)row["channel"], (string?)row["segment"]!["store"]));
        foreach (var words in new[] { "/s/order/kiosk?channel=kiosk", "channel=iframe", "channel=widget", "data-after=", "data-event=", "/assets/widget.js" })
            Assert.Contains(words, Decoded(page), StringComparison.Ordinal);

        using var svg = await admin.GetAsync("/surveys/order/share/qr.svg?touchpoint=delivery");
        Assert.Equal("image/svg+xml", svg.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("<svg", await svg.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var png = await admin.GetAsync("/surveys/order/share/qr.png?touchpoint=delivery");
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await png.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Take(4));
        Assert.Equal(3, QrPicture().Count(await admin.ReadAsync("/surveys/order/share/sheet")));
        Assert.Equal(1, QrPicture().Count(await admin.ReadAsync("/surveys/order/share/sheet?touchpoint=delivery")));
    }

    [Theory]
    [InlineData("touchpoint=nowhere", "no touchpoint")]
    [InlineData("name=store&value=", "needs a value")]
    [InlineData("name=&value=x", "needs a name")]
    [InlineData("channel=Not%20a%20key", "a-z")]
    [InlineData("scroll=101", "from 1 to 100")]
    public async Task What_cannot_be_signed_is_named(string query, string words)
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        using var answer = await admin.GetAsync($"/surveys/order/share?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    static string Decoded(string html) => WebUtility.HtmlDecode(html);

    [GeneratedRegex("id=\"link\" type=\"text\" readonly value=\"([^\"]+)\"")]
    private static partial Regex LinkField();

    [GeneratedRegex("class=\"qr\"")]
    private static partial Regex QrPicture();
}
