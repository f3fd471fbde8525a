namespace CxSurveys.Web.Features.Shared;

/// <summary>Light, dark or as the system is; kept in a cookie of the browser, since it belongs to the screen and not to the account.</summary>
public static class Theme
{
    public const string Cookie = "cx-theme";

    /// <summary><c>light</c>, <c>dark</c>, or null for the system's.</summary>
    public static string? Of(HttpContext http) => Parse(http.Request.Cookies[Cookie]);

    public static string? Parse(string? choice) => choice is "light" or "dark" ? choice : null;
}
