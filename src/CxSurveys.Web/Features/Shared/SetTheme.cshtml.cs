using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.Shared;

[Authorize(Policies.Pages)]
public sealed class SetThemeModel : PageModel
{
    public IActionResult OnGet() => NotFound();

    public IActionResult OnPost(string? theme, string? returnUrl)
    {
        var options = new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = Request.IsHttps, MaxAge = TimeSpan.FromDays(400), Path = "/" };
        if (Theme.Parse(theme) is { } choice) Response.Cookies.Append(Theme.Cookie, choice, options);
        else Response.Cookies.Delete(Theme.Cookie, options);
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "/journey");
    }
}
