using System.Globalization;

namespace CxSurveys.Web.Platform;

/// <summary>What BCP 47 tags say, as far as pages need it.</summary>
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

    /// <summary>The offered tag that serves a wish best: the same, one it belongs to, or another of the same language; null when there is none.</summary>
    public static string? Match(IReadOnlyList<string> offered, string wish)
    {
        foreach (var tag in Widening(wish))
        {
            if (offered.FirstOrDefault(o => o.Equals(tag, StringComparison.OrdinalIgnoreCase)) is { } same) return same;
        }
        return offered.FirstOrDefault(o => Primary(o).Equals(Primary(wish), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The language's name in English; the tag itself where nobody knows it.</summary>
    public static string EnglishName(string tag) => Culture(tag)?.EnglishName ?? tag;

    /// <summary>What readers of the language expect of dates, numbers and direction; null for a tag nobody knows.</summary>
    public static CultureInfo? Culture(string tag)
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
