using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Respond;

/// <summary>A text on a customer page with the language it is in. What was merged into it stands apart: it is set off from right-to-left text.</summary>
public sealed record Wording(IReadOnlyList<WordPiece> Pieces, string Language)
{
    const int LongestUnbrokenName = 24;

    public Wording(string text, string language) : this([new WordPiece(text)], language) { }

    public string Plain => string.Concat(Pieces.Select(piece => piece.Text));

    /// <summary>Short names stay on one line; a long one must be able to break on a phone.</summary>
    public static string? ClassOf(WordPiece merged) => merged.Text.Length <= LongestUnbrokenName ? "nb" : null;

    internal static Wording Of(AskedText template, PersonalWords words) => new(words.Fill(template), template.Language);

    /// <summary>The text in the language, else in the survey's default language; null when there is neither.</summary>
    internal static Wording? Pick(IReadOnlyDictionary<string, string>? byLanguage, SurveyDefinition definition, string language) =>
        QuestionWording.Pick(byLanguage, definition, language) is { } text ? new Wording(text.Text, text.Language) : null;

    /// <summary>The same, filled in.</summary>
    internal static Wording? Pick(IReadOnlyDictionary<string, string>? byLanguage, SurveyDefinition definition, string language, PersonalWords words) =>
        QuestionWording.Pick(byLanguage, definition, language) is { } text ? Of(text, words) : null;

    /// <summary>Where any text is better than none.</summary>
    internal static Wording PickAny(IReadOnlyDictionary<string, string> byLanguage, SurveyDefinition definition, string language)
    {
        var text = QuestionWording.PickAny(byLanguage, definition, language);
        return new Wording(text.Text, text.Language);
    }
}
