namespace CxSurveys.Web.Features.Respond;

/// <summary>Remembers, where a survey takes one answer per browser, which one this browser gave. The only cookie a customer gets.</summary>
internal static class OnceCookie
{
    static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    public static string? Read(HttpContext http, string survey) => http.Request.Cookies[Name(http, survey)];

    public static void Write(HttpContext http, string survey, string seal) => http.Response.Cookies.Append(Name(http, survey), seal, new CookieOptions
    {
        Path = "/",
        HttpOnly = true,
        Secure = http.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        MaxAge = Kept,
        IsEssential = true,
    });

    // Browsers keep the prefix over https only.
    static string Name(HttpContext http, string survey) => (http.Request.IsHttps ? "__Host-" : "") + "cx-once-" + survey;
}
