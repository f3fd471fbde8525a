namespace CxSurveys.Web.Features.Branding;

/// <summary>A link that customers are shown: to a web site, written out in full.</summary>
public static class SafeLink
{
    public const int Longest = 500;

    /// <summary>True for http and https alone: no script, no data, no address that a browser completes.</summary>
    public static bool IsSafe(string text) =>
        text.Length <= Longest && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c == '\\')
        && (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        && Uri.TryCreate(text, UriKind.Absolute, out var link) && link.Scheme is "https" or "http" && link.Host.Length > 0 && link.UserInfo.Length == 0;
}
