using System.Net;
using System.Text.RegularExpressions;
using CxSurveys.Web.Features.Accounts;

namespace CxSurveys.Web.Tests.Accounts;

public sealed partial class KeysPageTests(CxApp app) : IClassFixture<CxApp>
{
    const string Address = "/set-up/keys";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_shown_once_works_and_stops_when_revoked()
    {
        using var browser = await app.BrowseAsAsync(Role.Admin);
        using var made = await browser.PostFormAsync(Address, Form("web shop", "Analyst"));
        var page = await made.Content.ReadAsStringAsync(Cancel);
        var key = Shown().Match(page).Groups[1].Value;
        Assert.StartsWith(ApiKey.Prefix, key, StringComparison.Ordinal);
        Assert.True(made.Headers.CacheControl?.NoStore);
        Assert.DoesNotContain(key, await browser.ReadAsync(Address), StringComparison.Ordinal);

        using var client = app.Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/settings", Cancel)).StatusCode);

        using var revoked = await browser.PostFormAsync(Address, new() { ["name"] = "web shop" }, Address + "?handler=Revoke");
        Assert.Equal(HttpStatusCode.Redirect, revoked.StatusCode);
        // At once: this is the process that revoked it.
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/settings", Cancel)).StatusCode);
        Assert.Contains("The key “web shop” is revoked.", WebUtility.HtmlDecode(await browser.ReadAsync(revoked.Headers.Location!.ToString())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "1 to 100 characters")]
    [InlineData("test admin", "There is, or was, a key named")]
    public async Task A_bad_name_makes_no_key(string name, string message)
    {
        using var browser = await app.BrowseAsAsync(Role.Admin);
        using var answer = await browser.PostFormAsync(Address, Form(name, "Ingest"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains(message, page, StringComparison.Ordinal);
        Assert.DoesNotMatch(Shown(), page);
    }

    [Fact]
    public async Task A_role_that_is_none_makes_no_key_and_is_told_at_the_role()
    {
        using var browser = await app.BrowseAsAsync(Role.Admin);
        using var answer = await browser.PostFormAsync(Address, Form("a till", "Owner"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("id=\"role-problem\">Choose a role from the list.<", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"name-problem\"", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(Shown(), page);
    }

    [Fact]
    public async Task Nobody_else_makes_or_revokes_keys()
    {
        using var manager = await app.BrowseAsAsync(Role.Manager);
        // With a good token, so that the role alone decides.
        foreach (var handler in (string[])["", "?handler=Revoke"])
        {
            using var answer = await manager.PostFormAsync("/sign-out", new() { ["name"] = "test admin", ["Form.Name"] = "mine" }, Address + handler);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
        Assert.Equal(HttpStatusCode.OK, (await app.WithKey("admin").GetAsync("/api/v1/settings", Cancel)).StatusCode);
    }

    static Dictionary<string, string> Form(string name, string role) => new() { ["Form.Name"] = name, ["Form.Role"] = role };

    [GeneratedRegex("readonly value=\"([^\"]+)\"")]
    private static partial Regex Shown();
}
