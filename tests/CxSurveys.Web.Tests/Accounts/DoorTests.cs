using System.Net;
using System.Text.RegularExpressions;
using CxSurveys.Web.Features.Accounts;

namespace CxSurveys.Web.Tests.Accounts;

public sealed partial class DoorTests(CxApp app) : IClassFixture<CxApp>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/setup/guess")]
    [InlineData("/no-such-page")]
    public async Task Every_page_says_what_a_browser_may_do(string path)
    {
        using var page = await app.Anonymous.GetAsync(path, Cancel);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'; ", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", page.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("same-origin", page.Headers.GetValues("Cross-Origin-Opener-Policy").Single());
        Assert.True(page.Headers.CacheControl?.NoStore);
        Assert.False(page.Headers.Contains("Strict-Transport-Security"));
        Assert.DoesNotMatch(InlineCode(), await page.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task Over_https_browsers_are_told_to_stay_there()
    {
        using var page = await app.Anonymous.GetAsync(new Uri("https://localhost/sign-in"), Cancel);
        Assert.Equal("max-age=31536000; includeSubDomains", page.Headers.GetValues("Strict-Transport-Security").Single());
    }

    [Fact]
    public async Task An_unknown_address_is_not_found_for_a_stranger_and_a_problem_under_the_api()
    {
        using var page = await app.Anonymous.GetAsync("/no-such-page", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Contains("There is no such page", await page.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);

        using var problem = await app.WithKey("analyst").GetAsync("/api/v1/no-such-thing", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, problem.StatusCode);
        Assert.Equal("application/problem+json", problem.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/docs/")]
    [InlineData("/docs/v1")]
    public async Task The_reference_loads_nothing_from_elsewhere(string path)
    {
        using var page = await app.WithKey("ingest").GetAsync(path, Cancel);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var html = await page.Content.ReadAsStringAsync(Cancel);
        Assert.DoesNotMatch(ForeignAddress(), html);

        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        var nonce = NonceOf().Match(policy).Groups[1].Value;
        Assert.All(Scripts().Matches(html), script => Assert.Contains($"nonce=\"{nonce}\"", WebUtility.HtmlDecode(script.Value), StringComparison.Ordinal));
        Assert.DoesNotContain("unsafe", policy.Split(';').Single(part => part.TrimStart().StartsWith("script-src", StringComparison.Ordinal)), StringComparison.Ordinal);

        var sources = ScriptSource().Matches(html).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(sources);
        foreach (var source in sources)
        {
            using var script = await app.WithKey("ingest").GetAsync(new Uri(new Uri("http://localhost/docs/"), source), Cancel);
            Assert.Equal(HttpStatusCode.OK, script.StatusCode);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer cx_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer nonsense")]
    [InlineData("Basic YTpi")]
    public async Task Without_a_valid_key_the_api_answers_401_with_a_problem(string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json");
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await app.Anonymous.SendAsync(request, Cancel);

        // Without a header the reference takes the caller for a person and offers the sign-in.
        Assert.Equal(authorization is null ? HttpStatusCode.Redirect : HttpStatusCode.Unauthorized, answer.StatusCode);
        if (authorization is null) return;
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_page_offers_only_what_its_reader_may_open()
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        using var docs = await admin.GetAsync("/docs/");
        Assert.Equal(HttpStatusCode.OK, docs.StatusCode);
        using var refused = await app.WithKey("admin").GetAsync("/sign-out", Cancel);
        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);
    }

    [GeneratedRegex(@"<[^>]+\s(style|on[a-z]+)=")]
    private static partial Regex InlineCode();

    [GeneratedRegex("(src|href)=\"(https?:)?//")]
    private static partial Regex ForeignAddress();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Scripts();

    [GeneratedRegex("<script[^>]*src=\"([^\"]+)\"")]
    private static partial Regex ScriptSource();

    [GeneratedRegex("script-src 'self' 'nonce-([^']+)'")]
    private static partial Regex NonceOf();
}
