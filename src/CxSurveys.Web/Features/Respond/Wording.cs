using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Respond;

/// <summary>A text on a customer page with the language it is in, and the company's name, if any, apart: it is set off from right-to-left text.</summary>
public sealed record Wording(string Before, string Language, string? Company = null, string After = "")
{
    const int LongestUnbrokenName = 24;

    public string Plain => Before + Company + After;

    /// <summary>Short names stay on one line; a long one must be able to break on a phone.</summary>
    public string? CompanyClass => Company?.Length <= LongestUnbrokenName ? "nb" : null;

    internal static Wording OfQuestion(Question question, SurveyDefinition definition, CustomerTexts texts, string language, string company)
    {
        if (Pick(definition.Questions[question.Position].Text, definition, language) is { } written) return written;

        var standard = StandardWording.For(texts.Language).Question(question);
        var at = standard.IndexOf(StandardWording.Company, StringComparison.Ordinal);
        return at < 0 ? new Wording(standard, texts.Language) : new Wording(standard[..at], texts.Language, company, standard[(at + StandardWording.Company.Length)..]);
    }

    /// <summary>The text in the language, else in the survey's default language; null when there is neither.</summary>
    internal static Wording? Pick(IReadOnlyDictionary<string, string>? byLanguage, SurveyDefinition definition, string language) =>
        QuestionWording.Pick(byLanguage, definition, language) is { } text ? Of(text) : null;

    /// <summary>The same, where any text is better than none.</summary>
    internal static Wording PickAny(IReadOnlyDictionary<string, string> byLanguage, SurveyDefinition definition, string language) =>
        Of(QuestionWording.PickAny(byLanguage, definition, language));

    static Wording Of(AskedText text) => new(text.Text, text.Language);
}
