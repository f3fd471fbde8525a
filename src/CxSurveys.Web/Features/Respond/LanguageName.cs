using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Respond;

/// <summary>How a customer page names and sets a language.</summary>
internal static class LanguageName
{
    /// <summary>The language's name in itself, also for one without a text file.</summary>
    public static string Of(string tag) => CustomerTexts.Find(tag)?.Name ?? LanguageTag.Culture(tag)?.NativeName ?? tag;

    public static string DirectionOf(string tag) =>
        CustomerTexts.Find(tag)?.Direction ?? (LanguageTag.Culture(tag)?.TextInfo.IsRightToLeft == true ? "rtl" : "ltr");
}
