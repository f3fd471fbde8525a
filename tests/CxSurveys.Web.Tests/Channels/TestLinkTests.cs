using System.Net;
using System.Text.RegularExpressions;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Tests.Accounts;
using CxSurveys.Web.Tests.Respond;

namespace CxSurveys.Web.Tests.Channels;

public sealed partial class TestLinkTests(CxApp app) : IClassFixture<CxApp>, IAsyncLifetime
{
    const string MarkedAsTest = "marked as a test";

    readonly HttpClient browser = app.Anonymous;

    public async ValueTask InitializeAsync() => await app.PublishOrderAsync();

    public async ValueTask DisposeAsync() => Assert.Equal(0, await app.VerifyAsync());

    [Fact]
    public async Task A_test_is_kept_as_one_changed_as_one_and_counted_nowhere()
    {
        int before = await app.CountedAsync();
        string word = $"tried{Guid.NewGuid():N}";
        string link = await LinkAsync("/surveys/order/share");
        Assert.Contains(MarkedAsTest, (await browser.OpenAsync(link)).Html, StringComparison.Ordinal);
        var thanks = await browser.AnswerAsync(link, "3", word);
        Assert.Contains(MarkedAsTest, thanks.Html, StringComparison.Ordinal);
        Assert.Equal(("test", "test"), await StateAsync(word));

        string other = word + "2";
        await browser.SendAndFollowAsync(thanks, ("recommend", "10"), ("why", other));
        Assert.Equal(("test", "test"), await StateAsync(other));
        Assert.Equal(before, await app.CountedAsync());
        Assert.Empty((await app.WithKey("admin").ReadAsync($"/responses?q={other}"))["rows"]!.AsArray());
    }

    [Fact]
    public async Task Trying_does_not_use_up_the_one_answer_of_a_browser()
    {
        await app.AllowAsync([], once: true);
        using var same = app.Client();
        await same.AnswerAsync(await LinkAsync("/surveys/order/share"), "3");
        Assert.Equal(HttpStatusCode.OK, (await same.OpenAsync("/s/order")).Status);
        await app.AllowAsync([]);
    }

    [Fact]
    public async Task The_test_page_leads_to_it_once_the_draft_is_published()
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        Assert.Contains("channel=test", await admin.ReadAsync("/surveys/order/test"), StringComparison.Ordinal);
        await (await app.WithKey("admin").PutTextAsync("/surveys/unseen", Shared.Order)).ReadOkAsync();
        Assert.DoesNotContain("channel=test", await admin.ReadAsync("/surveys/unseen/test"), StringComparison.Ordinal);
    }

    async Task<(string?, string?)> StateAsync(string word)
    {
        var row = await app.OnlyRowAsync($"q={word}&state=test");
        return ((string?)row["state"], (string?)row["channel"]);
    }

    async Task<string> LinkAsync(string page)
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        return new Uri(WebUtility.HtmlDecode(TestLink().Match(await admin.ReadAsync(page)).Value)).PathAndQuery;
    }

    [GeneratedRegex("http[^\"]*channel=test[^\"]*")]
    private static partial Regex TestLink();
}
