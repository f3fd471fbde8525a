using System.Globalization;
using System.Text;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Surveys.Versions;

/// <summary>
/// What a scored question says, as far as other words would make it another question: its text (by score group too), the line of help
/// below it, the heading of its table, and the words at the two ends of its scale, in each language; the standard ones where the author
/// wrote none. Words that were added or left out are a change like any other. How it looks (numbers, stars, faces), where and when it is
/// asked, whether it must be answered, and the options of choices, which have no score, are no words of it.
/// </summary>
public sealed class Wording
{
    readonly IReadOnlyDictionary<string, string>[] parts;

    Wording(IReadOnlyDictionary<string, string>[] parts) => this.parts = parts;

    public static Wording Of(SurveyDefinition definition, Question question)
    {
        var written = definition.Questions[question.Position];
        return new([
            Words(written.Text, definition, wording => StandardWording.Has(question.Kind) ? wording.Question(question) : null),
            Words(written.Labels?.Low, definition, wording => wording.Ends(question)?.Low),
            Words(written.Labels?.High, definition, wording => wording.Ends(question)?.High),
            Words(written.Help, definition),
            Words(definition.Matrices?.FirstOrDefault(m => m.Key == written.Matrix)?.Text, definition),
            Words(written.TextBy?.Negative, definition),
            Words(written.TextBy?.Neutral, definition),
            Words(written.TextBy?.Positive, definition),
        ]);
    }

    /// <summary>
    /// True when nobody who reads the one in a language would read something else in the other. A language that only one of them has
    /// makes no difference, but at least one they must share.
    /// </summary>
    public bool SaysTheSameAs(Wording other) => parts.Zip(other.parts).All(pair => Same(pair.First, pair.Second));

    /// <summary>These words, and those of the earlier one in languages that these lack.</summary>
    public Wording OnTopOf(Wording earlier) =>
        new([.. parts.Zip(earlier.parts, (mine, theirs) => mine.Concat(theirs.Where(t => !mine.ContainsKey(t.Key))).ToDictionary(StringComparer.OrdinalIgnoreCase))]);

    static bool Same(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other)
    {
        if (one.Count == 0 && other.Count == 0) return true;
        var shared = one.Keys.Where(other.ContainsKey).ToList();
        return shared.Count > 0 && shared.TrueForAll(language => one[language] == other[language]);
    }

    static Dictionary<string, string> Words(IReadOnlyDictionary<string, string>? own, SurveyDefinition definition, Func<StandardWording, string?>? standard = null)
    {
        var words = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (own is { Count: > 0 })
        {
            // A text left over from a language that the survey no longer has is read by nobody.
            foreach (var (language, text) in own.Where(text => definition.Languages.Contains(text.Key, StringComparer.OrdinalIgnoreCase))) words[language] = Letters(text);
            return words;
        }
        // Where a language has no standard words its speakers read English until it gets some: those are then its first.
        foreach (string language in definition.Languages.Where(language => LanguageTag.Widening(language).Any(StandardWording.All.ContainsKey)))
            if (standard?.Invoke(StandardWording.For(language)) is { } text) words[language] = Letters(text);
        return words;
    }

    /// <summary>The text without spaces, case and punctuation; the braces of a placeholder are none.</summary>
    static string Letters(string text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormKC).EnumerateRunes())
            if (rune.Value is '{' or '}' || !IsSeparator(Rune.GetUnicodeCategory(rune))) letters.Append(Rune.ToLowerInvariant(rune).ToString());
        return letters.ToString();
    }

    static bool IsSeparator(UnicodeCategory category) => category is
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation
        or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation;
}
