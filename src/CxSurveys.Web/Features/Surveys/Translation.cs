namespace CxSurveys.Web.Features.Surveys;

/// <summary>A survey's texts beside each other in two languages.</summary>
/// <param name="Unit">The text.</param>
/// <param name="Source">What it says in the language it is translated from; null where it says nothing in that either.</param>
/// <param name="Target">What is written in the other language; null = nothing yet.</param>
/// <param name="Standard">What customers read in the other language without anything written: standard words that ship with the program.</param>
internal sealed record TranslatedText(TextUnit Unit, string? Source, string? Target, string? Standard)
{
    public bool Done => Target is not null || Standard is not null;
}

/// <summary>How far a language is.</summary>
internal sealed record TranslationProgress(string Language, int Done, int All)
{
    public bool Complete => Done == All;
}

/// <summary>The texts of a draft by language, and the draft with others.</summary>
internal static class Translation
{
    public static IReadOnlyList<TranslatedText> Of(SurveyDefinition definition, string from, string to) =>
        [.. DefinitionTexts.Of(definition).Select(unit => new TranslatedText(unit, TextIn(unit, from) ?? StandardIn(unit, from), TextIn(unit, to), StandardIn(unit, to)))];

    public static IEnumerable<TranslationProgress> Progress(SurveyDefinition definition)
    {
        foreach (string language in definition.Languages)
        {
            var texts = Of(definition, definition.Languages[0], language);
            yield return new TranslationProgress(language, texts.Count(t => t.Done), texts.Count);
        }
    }

    /// <summary>With other texts in one language, by unit; an empty one takes the text away, a unit that is not named keeps its own.</summary>
    public static SurveyDefinition With(SurveyDefinition definition, string language, IReadOnlyDictionary<string, string> texts) => DefinitionTexts.Map(definition, unit =>
    {
        if (!texts.TryGetValue(unit.Id, out var text) || text == (TextIn(unit, language) ?? "")) return unit.Texts;
        var changed = unit.Texts?.ToDictionary(StringComparer.Ordinal) ?? new Dictionary<string, string>(StringComparer.Ordinal);
        if (text.Length == 0) changed.Remove(language);
        else changed[language] = text;
        return changed.Count == 0 ? null : changed;
    });

    static string? TextIn(TextUnit unit, string language) => unit.Texts?.GetValueOrDefault(language);

    static string? StandardIn(TextUnit unit, string language) => unit.IsStandard ? StandardWording.Shipped(unit.Question!, language) : null;
}
