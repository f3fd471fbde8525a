using System.Net;
using System.Text.RegularExpressions;
using CxSurveys.Web.Features.Accounts;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Tests.Accounts;

public sealed partial class ColleaguesPageTests(CxApp app) : IClassFixture<CxApp>
{
    const string Address = "/set-up/colleagues";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_colleague_sets_a_password_once_by_the_link_and_signs_in_with_it()
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        var email = $"{Guid.NewGuid():N}@larkfield.example";
        var link = await AddAsync(admin, email, "Manager");
        Assert.DoesNotContain(link, await admin.ReadAsync(Address), StringComparison.Ordinal);

        using var colleague = app.Browse();
        using var early = await colleague.SignInAsync(email, "");
        Assert.Equal(HttpStatusCode.OK, early.StatusCode);
        using var weak = await colleague.PostFormAsync(link, new() { ["Form.Password"] = "password1234" });
        Assert.Contains("easy to guess", await weak.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var done = await colleague.PostFormAsync(link, new() { ["Form.Name"] = "Somchai", ["Form.Password"] = People.Password });
        Assert.Equal("/", done.Headers.Location?.OriginalString);
        Assert.Contains("Somchai", await colleague.ReadAsync("/sign-out"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.GetAsync(Address)).StatusCode);

        Assert.Equal(HttpStatusCode.NotFound, (await app.Browse().GetAsync(link)).StatusCode);
        using var again = await app.Browse().SignInAsync(email);
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
    }

    [Fact]
    public async Task A_link_ends_when_another_is_made_or_a_day_is_over()
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        var email = $"{Guid.NewGuid():N}@larkfield.example";
        var first = await AddAsync(admin, email, "Analyst");
        using var made = await admin.PostFormAsync(Address, new() { ["id"] = await IdOfAsync(email) }, Address + "?handler=Link");
        var second = await LinkInAsync(made);
        using var stranger = app.Browse();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(first)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync(second)).StatusCode);

        await app.WithDbAsync(db => db.Set<AccountLink>().ExecuteUpdateAsync(set => set.SetProperty(l => l.ExpiresAt, TimeProvider.System.GetUtcNow()), Cancel));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(second)).StatusCode);
        Assert.Contains("Link ran out", await admin.ReadAsync(Address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Switching_off_ends_sessions_at_once_and_the_password_with_them()
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        var email = await app.CreateAccountAsync(Role.Manager);
        using var manager = app.Browse();
        await manager.SignInAsync(email);
        Assert.Equal(HttpStatusCode.OK, (await manager.GetAsync("/journey")).StatusCode);

        using var off = await PostAsync(admin, "Off", email);
        Assert.Equal($"{Address}?done=off", off.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Redirect, (await manager.GetAsync("/journey")).StatusCode);
        // The same browser, which sign-in knows, and the right password.
        using var refused = await manager.SignInAsync(email);
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        using var link = await PostAsync(admin, "Link", email);
        Assert.Equal(HttpStatusCode.NotFound, link.StatusCode);

        using var on = await PostAsync(admin, "On", email);
        using var back = await manager.SignInAsync(email);
        Assert.Equal(HttpStatusCode.Redirect, back.StatusCode);
    }

    [Fact]
    public async Task A_new_role_holds_from_the_next_click_on()
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        var email = await app.CreateAccountAsync(Role.Manager);
        using var colleague = app.Browse();
        await colleague.SignInAsync(email);
        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.GetAsync(Address)).StatusCode);
        using var changed = await PostAsync(admin, "Role", email, ("role", "Admin"));
        Assert.Equal(HttpStatusCode.OK, (await colleague.GetAsync(Address)).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("owner")]
    [InlineData("9")]
    public async Task A_role_that_is_none_changes_nothing(string role)
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        var email = await app.CreateAccountAsync(Role.Analyst);
        using var refused = await PostAsync(admin, "Role", email, ("role", role));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(Role.Analyst, await app.WithDbAsync(db => db.Set<Account>().Where(a => a.Email == email).Select(a => a.Role).SingleAsync(Cancel)));
    }

    [Theory]
    [InlineData("not an address", "Enter one email address")]
    [InlineData("", "Enter one email address")]
    public async Task A_bad_address_adds_nobody(string email, string message)
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        using var answer = await admin.PostFormAsync(Address, new() { ["Form.Email"] = email, ["Form.Role"] = "Manager" });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(message, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_has_one_account()
    {
        using var admin = await app.BrowseAsAsync(Role.Admin);
        var email = await app.CreateAccountAsync(Role.Manager);
        using var answer = await admin.PostFormAsync(Address, new() { ["Form.Email"] = email.ToUpperInvariant(), ["Form.Role"] = "Admin" });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("There is an account with this address already.", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    static async Task<string> AddAsync(People.Browser admin, string email, string role)
    {
        using var answer = await admin.PostFormAsync(Address, new() { ["Form.Email"] = email, ["Form.Role"] = role });
        return await LinkInAsync(answer);
    }

    static async Task<string> LinkInAsync(HttpResponseMessage answer) =>
        new Uri(Link().Match(await answer.Content.ReadAsStringAsync(Cancel)).Groups[1].Value).AbsolutePath;

    async Task<HttpResponseMessage> PostAsync(People.Browser admin, string handler, string email, params (string Name, string Value)[] more)
    {
        var fields = new Dictionary<string, string> { ["id"] = await IdOfAsync(email) };
        foreach (var (name, value) in more) fields[name] = value;
        return await admin.PostFormAsync(Address, fields, $"{Address}?handler={handler}");
    }

    Task<string> IdOfAsync(string email) => app.WithDbAsync(async db => (await db.Set<Account>().SingleAsync(a => a.Email == email, Cancel)).Id.ToString());

    [GeneratedRegex("readonly value=\"(https?://[^\"]+/welcome/[^\"]+)\"")]
    private static partial Regex Link();
}

/// <summary>On a database of its own: it has one admin, then two.</summary>
public sealed class LastAdminTests(CxApp app) : IClassFixture<CxApp>
{
    const string Address = "/set-up/colleagues";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_last_admin_stays_one_and_of_two_who_demote_each_other_one_stays()
    {
        var email = await app.CreateAccountAsync(Role.Admin);
        using var admin = app.Browse();
        await admin.SignInAsync(email);
        var id = await IdOfAsync(email);
        foreach (var (handler, role) in ((string, string)[])[("Role", "Manager"), ("Off", "")])
        {
            using var answer = await admin.PostFormAsync(Address, new() { ["id"] = id, ["role"] = role }, $"{Address}?handler={handler}");
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
            Assert.Contains("last administrator", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }

        // One who was invited and never came is no admin to rely on.
        using var invited = await admin.PostFormAsync(Address, new() { ["Form.Email"] = "invited@larkfield.example", ["Form.Role"] = "Admin" });
        Assert.Equal(HttpStatusCode.OK, invited.StatusCode);
        using var still = await admin.PostFormAsync(Address, new() { ["id"] = id }, $"{Address}?handler=Off");
        Assert.Equal(HttpStatusCode.Conflict, still.StatusCode);

        var otherEmail = await app.CreateAccountAsync(Role.Admin);
        using var other = app.Browse();
        await other.SignInAsync(otherEmail);
        var otherId = await IdOfAsync(otherEmail);
        await Task.WhenAll(
            admin.PostFormAsync(Address, new() { ["id"] = otherId, ["role"] = "Analyst" }, $"{Address}?handler=Role"),
            other.PostFormAsync(Address, new() { ["id"] = id, ["role"] = "Analyst" }, $"{Address}?handler=Role"));
        Assert.Equal(1, await app.WithDbAsync(db => db.Set<Account>().CountAsync(a => a.Role == Role.Admin && a.PasswordHash != null, Cancel)));
    }

    Task<string> IdOfAsync(string email) => app.WithDbAsync(async db => (await db.Set<Account>().SingleAsync(a => a.Email == email, Cancel)).Id.ToString());
}
