using System.Globalization;

namespace CxSurveys.Web.Features.Respond;

/// <summary>What BCP 47 tags say, as far as a page needs it.</summary>
internal static class LanguageTag
{
    /// <summary>The tag, then with one part less each time: <c>zh-Hant-TW</c>, <c>zh-Hant</c>, <c>zh</c>.</summary>
    public static IEnumerable<string> Widening(string tag)
    {
        while (true)
        {
            yield return tag;
            var end = tag.LastIndexOf('-');
            if (end <= 0) yield break;
            tag = tag[..end];
        }
    }

    /// <summary>The part before the first hyphen. Old Java and Android send <c>in</c> for Indonesian.</summary>
    public static string Primary(string tag)
    {
        var primary = tag.Split('-')[0];
        return primary.Equals("in", StringComparison.OrdinalIgnoreCase) ? "id" : primary;
    }

    /// <summary>The language's name in itself, also for one without a text file.</summary>
    public static string NameOf(string tag) => CustomerTexts.Find(tag)?.Name ?? Culture(tag)?.NativeName ?? tag;

    public static string DirectionOf(string tag) =>
        CustomerTexts.Find(tag)?.Direction ?? (Culture(tag)?.TextInfo.IsRightToLeft == true ? "rtl" : "ltr");

    static CultureInfo? Culture(string tag)
    {
        try
        {
            return CultureInfo.GetCultureInfo(tag, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }
}
