using System.Globalization;
using System.Text;

namespace CxSurveys.Web.Features.Journey;

/// <summary>Makes a key of a name, so that nobody has to think of one.</summary>
internal static class FreeKey
{
    const int Longest = 64;

    /// <summary>The name's letters and digits in lower case, with a number behind it while it is taken; <paramref name="thing"/> where the name has none.</summary>
    public static string Of(string name, string thing, Func<string, bool> isTaken)
    {
        string stem = Stem(name) is { Length: > 0 } made ? made : thing;
        string key = stem;
        for (int number = 2; isTaken(key); number++)
        {
            string end = $"-{number}";
            key = stem[..Math.Min(stem.Length, Longest - end.Length)] + end;
        }
        return key;
    }

    static string Stem(string name)
    {
        var key = new StringBuilder();
        // Decomposed, an accent is a character of its own and drops out.
        foreach (char c in name.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)) key.Append(c);
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && key.Length > 0 && key[^1] != '-') key.Append('-');
            if (key.Length == Longest) break;
        }
        return key.ToString().Trim('-');
    }
}
