using System.Globalization;
using System.Text;

namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>A key for those who do not care for keys.</summary>
internal static class MadeKey
{
    const int Longest = 40;

    /// <summary>The Latin letters and digits of the text, else the fallback; numbered when it is taken. The result is taken from then on.</summary>
    public static string From(string? text, string fallback, ISet<string> taken)
    {
        string start = Slug(text ?? "") is { Length: > 0 } slug ? slug : fallback;
        string key = start;
        for (int number = 2; !taken.Add(key); number++) key = string.Create(CultureInfo.InvariantCulture, $"{start}-{number}");
        return key;
    }

    static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (char c in text.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(c);
            else if (char.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark && slug is { Length: > 0 } && slug[^1] != '-') slug.Append('-');
        }
        string all = slug.ToString().Trim('-');
        if (all.Length <= Longest) return all;
        int cut = all.LastIndexOf('-', Longest);
        return all[..(cut > 0 ? cut : Longest)];
    }
}
