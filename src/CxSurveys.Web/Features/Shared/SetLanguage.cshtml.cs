using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.Shared;

/// <summary>The language of colleagues' pages; kept in a cookie of the browser, so that it holds before somebody signs in too.</summary>
[Authorize(Policies.Pages)]
public sealed class SetLanguageModel : PageModel
{
    public IActionResult OnGet() => NotFound();

    public IActionResult OnPost(string? language, string? returnUrl)
    {
        var options = new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = Request.IsHttps, MaxAge = TimeSpan.FromDays(400), Path = "/" };
        if (PageTexts.Parse(language) is { } choice) Response.Cookies.Append(PageTexts.Cookie, choice, options);
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "/journey");
    }
}
