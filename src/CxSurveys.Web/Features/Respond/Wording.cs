using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Respond;

/// <summary>A text on a customer page with the language it is in, and the company's name, if any, apart: it is set off from right-to-left text.</summary>
public sealed record Wording(string Before, string Language, string? Company = null, string After = "")
{
    const string Placeholder = "{company}";
    const int LongestUnbrokenName = 24;

    public string Plain => Before + Company + After;

    /// <summary>Short names stay on one line; a long one must be able to break on a phone.</summary>
    public string? CompanyClass => Company?.Length <= LongestUnbrokenName ? "nb" : null;

    internal static Wording OfQuestion(Question question, SurveyDefinition definition, CustomerTexts texts, string language, string company)
    {
        if (Pick(definition.Questions[question.Position].Text, definition, language) is { } written) return written;

        var standard = StandardWording.Question(question, texts);
        var at = standard.IndexOf(Placeholder, StringComparison.Ordinal);
        return at < 0 ? new Wording(standard, texts.Language) : new Wording(standard[..at], texts.Language, company, standard[(at + Placeholder.Length)..]);
    }

    /// <summary>The text in the language, else in the survey's default language; null when there is neither.</summary>
    internal static Wording? Pick(IReadOnlyDictionary<string, string>? byLanguage, SurveyDefinition definition, string language) =>
        In(byLanguage, language) ?? In(byLanguage, definition.Languages[0]);

    /// <summary>The same, where any text is better than none.</summary>
    internal static Wording PickAny(IReadOnlyDictionary<string, string> byLanguage, SurveyDefinition definition, string language) =>
        Pick(byLanguage, definition, language) ?? byLanguage.Select(text => new Wording(text.Value, text.Key)).First();

    static Wording? In(IReadOnlyDictionary<string, string>? byLanguage, string language) =>
        byLanguage?.FirstOrDefault(text => text.Key.Equals(language, StringComparison.OrdinalIgnoreCase)).Value is { } text && !string.IsNullOrWhiteSpace(text)
            ? new Wording(text, language)
            : null;
}
