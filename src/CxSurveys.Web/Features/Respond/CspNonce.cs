namespace CxSurveys.Web.Features.Respond;

/// <summary>The nonce that the Content-Security-Policy of this answer names, for the styles written into the page.</summary>
internal static class CspNonce
{
    public const string Key = "csp-nonce";

    public static string? Of(HttpContext http) => http.Items[Key] as string;
}
