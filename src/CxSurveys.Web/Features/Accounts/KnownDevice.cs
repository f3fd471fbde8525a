using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>
/// A sealed mark in a browser that signed in before. Wrong guesses from elsewhere pause an account's sign-in, but not for its owner's
/// own browser: else anyone could keep an admin out for ever.
/// </summary>
public sealed class KnownDevice(IDataProtectionProvider protection, Cookies cookies, TimeProvider clock)
{
    static readonly TimeSpan Kept = TimeSpan.FromDays(180);

    readonly ITimeLimitedDataProtector protector = protection.CreateProtector("CxSurveys.KnownDevice").ToTimeLimitedDataProtector();
    readonly CookieBuilder cookie = cookies.Builder("cx-device");

    public void Remember(HttpContext http, Account account)
    {
        var options = cookie.Build(http, clock.GetUtcNow());
        options.MaxAge = Kept;
        http.Response.Cookies.Append(cookie.Name!, protector.Protect(MarkOf(account), Kept), options);
    }

    public bool Knows(HttpContext http, Account account)
    {
        if (http.Request.Cookies[cookie.Name!] is not { Length: < 2000 } mark) return false;
        try
        {
            return protector.Unprotect(mark) == MarkOf(account);
        }
        catch (CryptographicException)
        {
            return false;   // expired, forged or of another key ring: a browser like any other
        }
    }

    static string MarkOf(Account account) => $"{account.Id}:{account.SecurityStamp}";
}
