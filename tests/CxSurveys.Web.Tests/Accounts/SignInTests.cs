using System.Net;
using CxSurveys.Web.Features.Accounts;

namespace CxSurveys.Web.Tests.Accounts;

public sealed class SignInTests(CxApp app) : IClassFixture<CxApp>
{
    [Fact]
    public async Task The_right_password_opens_the_journey()
    {
        using var browser = app.Browse();
        using var answer = await browser.SignInAsync(await app.CreateAccountAsync(Role.Manager));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/", answer.Headers.Location?.OriginalString);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith("cx=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Unknown_address_and_wrong_password_get_the_same_answer()
    {
        var email = await app.CreateAccountAsync(Role.Admin);
        using var browser = app.Browse();
        var wrong = await Refused(browser, email, "not the password at all");
        var unknown = await Refused(browser, $"x{email}", "not the password at all");
        var noAddress = await Refused(browser, "no address", "not the password at all");

        Assert.Contains("is not right", wrong, StringComparison.Ordinal);
        Assert.Equal(wrong, unknown);
        Assert.Equal(wrong, noAddress);
        using var journey = await browser.GetAsync("/sign-out");
        Assert.StartsWith("/sign-in", journey.Headers.Location?.PathAndQuery, StringComparison.Ordinal);

        // The page repeats the address and carries a fresh token; the rest must be one text.
        static async Task<string> Refused(People.Browser browser, string email, string password)
        {
            using var answer = await browser.SignInAsync(email, password);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return string.Join('\n', text.Split('\n').Where(line => !line.Contains("id=\"email\"", StringComparison.Ordinal) && !line.Contains("__form", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Ten_wrong_tries_end_in_429_and_others_still_get_in()
    {
        var email = await app.CreateAccountAsync(Role.Admin);
        using var browser = app.Browse();
        for (int i = 0; i < 10; i++)
        {
            using var wrong = await browser.SignInAsync(email, "wrong wrong wrong");
            Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        }
        using var throttled = await browser.SignInAsync(email);
        Assert.Equal(HttpStatusCode.TooManyRequests, throttled.StatusCode);
        Assert.True(throttled.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Contains("Too many tries", await throttled.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        using var other = await browser.SignInAsync(await app.CreateAccountAsync(Role.Admin));
        Assert.Equal(HttpStatusCode.Redirect, other.StatusCode);
    }

    [Fact]
    public async Task A_locked_account_opens_only_for_a_browser_that_knew_it()
    {
        var email = await app.CreateAccountAsync(Role.Admin);
        using var own = app.Browse();
        (await own.SignInAsync(email)).Dispose();
        (await own.PostFormAsync("/sign-out", [])).Dispose();
        await app.LockAsync(email);

        using var stranger = app.Browse();
        using var refused = await stranger.SignInAsync(email);
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        using var welcome = await own.SignInAsync(email);
        Assert.Equal(HttpStatusCode.Redirect, welcome.StatusCode);
    }

    [Theory]
    [InlineData("/theme?x=1", "/theme?x=1")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("%2f%2fevil.example", "/")]
    public async Task Only_our_own_addresses_are_returned_to(string wanted, string got)
    {
        using var browser = app.Browse();
        using var answer = await browser.SignInAsync(await app.CreateAccountAsync(Role.Manager), returnUrl: wanted);
        Assert.Equal(got, answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_also_for_a_copy_of_its_cookie()
    {
        using var browser = app.Browse();
        using var signedIn = await browser.SignInAsync(await app.CreateAccountAsync(Role.Manager));
        var copy = signedIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("cx=", StringComparison.Ordinal)).Split(';')[0];
        Assert.Equal(HttpStatusCode.OK, await ReplayAsync(copy));
        using var answer = await browser.PostFormAsync("/sign-out", []);
        Assert.Equal("/sign-in", answer.Headers.Location?.OriginalString);

        Assert.Equal(HttpStatusCode.Redirect, await ReplayAsync(copy));
    }

    async Task<HttpStatusCode> ReplayAsync(string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-out");
        request.Headers.Add("Cookie", cookie);
        using var answer = await app.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    [Fact]
    public async Task A_new_role_holds_and_a_new_stamp_ends_the_session_at_the_next_request()
    {
        var email = await app.CreateAccountAsync(Role.Admin);
        using var browser = app.Browse();
        (await browser.SignInAsync(email)).Dispose();
        Assert.Contains("href=\"/set-up\"", await browser.ReadAsync("/sign-out"), StringComparison.Ordinal);
        await app.ChangeRoleAsync(email, Role.Analyst);
        Assert.DoesNotContain("href=\"/set-up\"", await browser.ReadAsync("/sign-out"), StringComparison.Ordinal);

        await app.ChangeStampAsync(email);
        using var after = await browser.GetAsync("/sign-out");
        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
    }

    [Fact]
    public async Task A_form_without_its_token_changes_nothing()
    {
        using var browser = await app.BrowseAsAsync(Role.Manager);
        using var forged = await browser.Client.PostAsync("/sign-out", null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Contains("Sign out?", await browser.ReadAsync("/sign-out"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_huge_password_is_refused_before_it_is_hashed()
    {
        using var browser = app.Browse();
        using var answer = await browser.SignInAsync("someone@example.com", new string('a', 50_000));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Each_form_of_the_frame_carries_its_token()
    {
        using var browser = await app.BrowseAsAsync(Role.Manager);
        var forms = (await browser.ReadAsync("/sign-out")).Split("<form ").Skip(1).ToList();
        Assert.Contains(forms, form => form.Contains("action=\"/theme\"", StringComparison.Ordinal));
        Assert.All(forms, form => Assert.Contains("name=\"__form\"", form.Split("</form>")[0], StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_theme_is_kept_and_returns_to_where_it_was_chosen()
    {
        using var browser = await app.BrowseAsAsync(Role.Manager);
        using var answer = await browser.PostFormAsync("/sign-out", new() { ["theme"] = "dark", ["returnUrl"] = "/sign-out" }, "/theme");
        Assert.Equal("/sign-out", answer.Headers.Location?.OriginalString);
        Assert.Contains("data-theme=\"dark\"", await browser.ReadAsync("/sign-out"), StringComparison.Ordinal);
    }
}
