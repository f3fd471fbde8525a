using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>A text with the language it is in.</summary>
public sealed record AskedText(string Text, string Language);

/// <summary>The words of a version as they were shown in a language: the author's, else the standard ones.</summary>
public static class QuestionWording
{
    /// <summary>What was asked. Without a language, or in one the survey does not have, its default language; without a name or an attribute, the words that stand there otherwise.</summary>
    public static AskedText Of(PublishedVersion version, Question question, string? language, string company) => Of(version, question, language, new PersonalWords(company));

    /// <param name="version">The version that was shown.</param>
    /// <param name="question">One of its questions.</param>
    /// <param name="language">In which it was shown.</param>
    /// <param name="words">What is filled in.</param>
    /// <param name="group">The part of the scale that the score it is worded by was in; null = not known.</param>
    public static AskedText Of(PublishedVersion version, Question question, string? language, PersonalWords words, string? group = null)
    {
        var template = TemplateOf(version, question, language, group);
        return template with { Text = words.Text(template) };
    }

    /// <summary>The same with its places not filled in.</summary>
    public static AskedText TemplateOf(PublishedVersion version, Question question, string? language, string? group = null)
    {
        var definition = version.Definition;
        var written = definition.Questions[question.Position];
        if (group is not null && Pick(ByGroup(written.TextBy, group), definition, language) is { } worded) return worded;
        if (Pick(written.Text, definition, language) is { } text) return text;
        var standard = StandardWording.For(LanguageOf(definition, language));
        return new AskedText(standard.Question(question), standard.Language);
    }

    public static IReadOnlyDictionary<string, string>? ByGroup(TextByGroup? by, string group) => group switch
    {
        ScoreGroups.Negative => by?.Negative,
        ScoreGroups.Neutral => by?.Neutral,
        ScoreGroups.Positive => by?.Positive,
        _ => null,
    };

    /// <summary>The language of the author's words that a reader of a language is shown.</summary>
    public static string LanguageOf(PublishedVersion version, Question question, string? language) =>
        Pick(version.Definition.Questions[question.Position].Text, version.Definition, language)?.Language ?? version.Definition.Languages[0];

    /// <summary>The words for one value of a scale: its own, or those of the end it is at; null where it has none.</summary>
    public static AskedText? OfValue(PublishedVersion version, Question question, int value, string? language)
    {
        var definition = version.Definition;
        var labels = definition.Questions[question.Position].Labels;
        var standard = StandardWording.For(LanguageOf(definition, language));
        // Own labels at the ends may mean something else than the standard words between them.
        if (labels is null && standard.Words(question) is { } words) return new AskedText(words[value - question.Min!.Value], standard.Language);
        bool low = value == question.Min;
        if (!low && value != question.Max) return null;
        return Pick(low ? labels?.Low : labels?.High, definition, language)
            ?? (standard.Ends(question) is { } ends ? new AskedText(low ? ends.Low : ends.High, standard.Language) : null);
    }

    /// <summary>The text of an option; its key where the version has no such option.</summary>
    public static AskedText OfOption(PublishedVersion version, Question question, string key, string? language) =>
        version.Definition.Questions[question.Position].Options?.FirstOrDefault(o => o.Key == key) is { } option
            ? PickAny(option.Text, version.Definition, language)
            : new AskedText(key, version.Definition.Languages[0]);

    /// <summary>The text in the language or the one it belongs to, else in the survey's default language; null when there is neither.</summary>
    public static AskedText? Pick(IReadOnlyDictionary<string, string>? byLanguage, SurveyDefinition definition, string? language) =>
        (language is null ? null : LanguageTag.Widening(language).Select(tag => In(byLanguage, tag)).FirstOrDefault(text => text is not null))
        ?? In(byLanguage, definition.Languages[0]);

    /// <summary>The same, where any text is better than none.</summary>
    public static AskedText PickAny(IReadOnlyDictionary<string, string> byLanguage, SurveyDefinition definition, string? language) =>
        Pick(byLanguage, definition, language) ?? byLanguage.Select(text => new AskedText(text.Value, text.Key)).First();

    // A survey is never shown in a language it does not have, also where standard wordings exist in it.
    static string LanguageOf(SurveyDefinition definition, string? language) =>
        language is null
            ? definition.Languages[0]
            : LanguageTag.Widening(language).FirstOrDefault(tag => definition.Languages.Contains(tag, StringComparer.OrdinalIgnoreCase)) ?? definition.Languages[0];

    static AskedText? In(IReadOnlyDictionary<string, string>? byLanguage, string language) =>
        byLanguage?.FirstOrDefault(text => text.Key.Equals(language, StringComparison.OrdinalIgnoreCase)).Value is { } text && !string.IsNullOrWhiteSpace(text)
            ? new AskedText(text, language)
            : null;
}
