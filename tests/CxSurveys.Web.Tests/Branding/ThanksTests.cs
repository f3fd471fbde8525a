using System.Net;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Features.Branding;
using CxSurveys.Web.Tests.Accounts;
using CxSurveys.Web.Tests.Channels;

namespace CxSurveys.Web.Tests.Branding;

public sealed class ThanksTests(CxApp app) : IClassFixture<CxApp>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await app.PublishOrderAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    static Dictionary<string, string> Form(bool reviews = false) => new()
    {
        ["low.text.en"] = "We are sorry & want to <b>hear</b> more.",
        ["low.text.th"] = "ขออภัย",
        ["low.link"] = "https://help.example/call?a=1&b=2",
        ["low.linkText.en"] = "May we call you?",
        ["high.text.en"] = "Thank you, {{name}}!",
        ["high.link"] = "https://reviews.example/us",
        ["high.linkText.en"] = "Tell others",
        ["reviews"] = reviews ? "true" : "false",
    };

    async Task<HttpStatusCode> SaveAsync(Dictionary<string, string> form)
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        using var answer = await admin.PostFormAsync("/surveys/order/thanks", form);
        return answer.StatusCode;
    }

    async Task<string> ThanksAsync(string score, string language = "en") => (await app.Anonymous.AnswerAsync($"/s/order?lang={language}", score)).Html;

    [Fact]
    public async Task Each_group_reads_its_own_words_in_its_language_as_text()
    {
        Assert.Equal(HttpStatusCode.Redirect, await SaveAsync(Form()));
        var low = await ThanksAsync("0");
        Assert.Contains("We are sorry &amp; want to &lt;b&gt;hear&lt;/b&gt; more.", low, StringComparison.Ordinal);
        Assert.Contains("href=\"https://help.example/call?a=1&amp;b=2\" target=\"_blank\" rel=\"noopener noreferrer nofollow\"", low, StringComparison.Ordinal);
        Assert.Contains("ขออภัย", await ThanksAsync("6", "th"), StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"own\"", await ThanksAsync("8"), StringComparison.Ordinal);
        Assert.Contains("Thank you, {{name}}!", await ThanksAsync("10"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promoters_are_asked_for_a_review_only_when_the_admin_says_so()
    {
        await SaveAsync(Form());
        Assert.DoesNotContain("reviews.example", await ThanksAsync("10"), StringComparison.Ordinal);
        await SaveAsync(Form(reviews: true));
        Assert.Contains("reviews.example", await ThanksAsync("10"), StringComparison.Ordinal);
        Assert.DoesNotContain("reviews.example", await ThanksAsync("5"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("vbscript:x")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("https:evil.example")]
    [InlineData("https:/evil.example")]
    [InlineData("https://a@evil.example")]
    [InlineData("https://evil.example/\u0001")]
    [InlineData("https:///nowhere")]
    [InlineData("ftp://files.example")]
    [InlineData("/local")]
    [InlineData("mailto:a@b.example")]
    public async Task A_link_is_http_or_https_in_full(string link)
    {
        Assert.False(SafeLink.IsSafe(link));
        var form = Form();
        form["low.link"] = link;
        Assert.Equal(HttpStatusCode.BadRequest, await SaveAsync(form));
        Assert.DoesNotContain(WebUtility.HtmlEncode(link), await ThanksAsync("0"), StringComparison.Ordinal);
    }
}
