using CxSurveys.Web.Platform;
using Microsoft.Net.Http.Headers;

namespace CxSurveys.Web.Features.Respond;

/// <summary>Which of the offered languages a page speaks: the link's, the person's, the browser's, else the first.</summary>
internal static class PageLanguage
{
    public static string Choose(IReadOnlyList<string> offered, string? link, string? person, string? acceptLanguage)
    {
        foreach (var wish in (string?[])[link, person, .. Wishes(acceptLanguage)])
        {
            if (!string.IsNullOrEmpty(wish) && LanguageTag.Match(offered, wish) is { } language) return language;
        }
        return offered[0];
    }

    /// <summary>The header's languages by their q-values; those of q = 0 are refused by the browser, <c>*</c> is the default anyway.</summary>
    static IEnumerable<string> Wishes(string? acceptLanguage) =>
        StringWithQualityHeaderValue.TryParseList([acceptLanguage ?? ""], out var values)
            ? values.Where(v => v.Quality is not 0 && v.Value != "*").OrderByDescending(v => v.Quality ?? 1).Select(v => v.Value.ToString())
            : [];
}
