using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>
/// How our cookies are named and sealed. With a public https address they carry the <c>__Host-</c> prefix, which browsers keep only over
/// https, for this host alone; on plain http (loopback) they would drop it.
/// </summary>
public sealed class Cookies(IConfiguration configuration) :
    IConfigureNamedOptions<CookieAuthenticationOptions>, IConfigureOptions<AntiforgeryOptions>
{
    readonly bool https = configuration["CxSurveys:PublicUrl"]?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) == true;

    public string Name(string name) => https ? "__Host-" + name : name;

    /// <summary>For cookies set by hand; <see cref="CookieBuilder.Build(HttpContext, DateTimeOffset)"/> makes the options.</summary>
    public CookieBuilder Builder(string name) => Seal(new CookieBuilder(), name);

    public void Configure(CookieAuthenticationOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        if (name != Schemes.Cookie) return;
        Seal(options.Cookie, "cx");
        options.LoginPath = "/sign-in";
        options.ReturnUrlParameter = "returnUrl";
        options.ExpireTimeSpan = Session.Idle;
        options.SlidingExpiration = true;
        options.Events.OnValidatePrincipal = Sessions.ValidateAsync;
        // A page that reads itself again is nobody at the desk: it does not make a session longer.
        options.Events.OnCheckSlidingExpiration = context =>
        {
            context.ShouldRenew &= !context.Request.Headers.ContainsKey("X-Background") && !context.Request.Headers.Accept.Contains("text/event-stream");
            return Task.CompletedTask;
        };
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    public void Configure(AntiforgeryOptions options)
    {
        Seal(options.Cookie, "cx-form");
        options.FormFieldName = "__form";
    }

    CookieBuilder Seal(CookieBuilder cookie, string name)
    {
        cookie.Name = Name(name);
        cookie.Path = "/";
        cookie.HttpOnly = true;
        cookie.IsEssential = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = https ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        return cookie;
    }
}
