using CxSurveys.Web.Features.Accounts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace CxSurveys.Web.Tests.Accounts;

public sealed class CookieTests
{
    [Theory]
    [InlineData("https://cx.example", "__Host-cx", "__Host-cx-form", CookieSecurePolicy.Always)]
    [InlineData("http://127.0.0.1:5000", "cx", "cx-form", CookieSecurePolicy.SameAsRequest)]
    [InlineData(null, "cx", "cx-form", CookieSecurePolicy.SameAsRequest)]
    public void A_public_https_address_seals_the_cookies_to_its_host(string? publicUrl, string session, string form, CookieSecurePolicy secure)
    {
        var cookies = new Cookies(new ConfigurationBuilder().AddInMemoryCollection([new("CxSurveys:PublicUrl", publicUrl)]).Build());
        var signIn = new CookieAuthenticationOptions();
        var antiforgery = new AntiforgeryOptions();
        cookies.Configure(Schemes.Cookie, signIn);
        cookies.Configure(antiforgery);

        Assert.Equal((session, form), (signIn.Cookie.Name, antiforgery.Cookie.Name));
        Assert.All([signIn.Cookie, antiforgery.Cookie], cookie =>
        {
            Assert.Equal((secure, SameSiteMode.Lax, true, "/"), (cookie.SecurePolicy, cookie.SameSite, cookie.HttpOnly, cookie.Path));
            Assert.Null(cookie.Domain);
        });
        Assert.Equal(TimeSpan.FromHours(12), signIn.ExpireTimeSpan);
    }

    [Fact]
    public void A_session_ends_after_a_week_however_busy_and_with_any_new_stamp()
    {
        var now = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
        var account = Account.Create("a@example.com", null, Role.Admin, TimeProvider.System);
        account.SecurityStamp = "first";
        var session = new Session { AccountId = account.Id, Account = account, StartedAt = now, SecurityStamp = "first" };

        Assert.False(session.IsOver(now.AddDays(7).AddSeconds(-1)));
        Assert.True(session.IsOver(now.AddDays(7)));
        account.SecurityStamp = "second";
        Assert.True(session.IsOver(now));
    }
}
