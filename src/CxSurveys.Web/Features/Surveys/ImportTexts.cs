using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>One text of an imported file.</summary>
/// <param name="Place">Such as <c>line 12</c>.</param>
/// <param name="Unit">The id of the text.</param>
/// <param name="Source">The words it was translated from; null where the file does not say.</param>
/// <param name="Texts">By language; an empty one changes nothing.</param>
internal sealed record ImportedText(string Place, string Unit, string? Source, IReadOnlyDictionary<string, string> Texts);

/// <param name="From">The language of the sources; null where the file does not say.</param>
/// <param name="Texts">In the order of the file.</param>
internal sealed record ImportedTexts(string? From, IReadOnlyList<ImportedText> Texts);

/// <summary>Lays the texts of a file over a draft: all of them, or, with an error, none.</summary>
internal static class ImportTexts
{
    /// <summary>The draft with the file's texts; errors name the line and the unit.</summary>
    public static SurveyDefinition Lay(SurveyDefinition draft, ImportedTexts file, Errors errors)
    {
        var units = DefinitionTexts.Of(draft).ToDictionary(u => u.Id, StringComparer.Ordinal);
        var sources = file.From is { } from ? Translation.Of(draft, from, from).ToDictionary(t => t.Unit.Id, t => t.Source) : [];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in file.Texts)
        {
            if (!units.ContainsKey(text.Unit)) errors.Add(text.Place, $"Unit {text.Unit}: this survey has no such text.");
            else if (!seen.Add(text.Unit)) errors.Add(text.Place, $"Unit {text.Unit}: it stands twice.");
            else if (text.Source is { } source && sources.GetValueOrDefault(text.Unit) is { } now && now != source)
                errors.Add(text.Place, $"Unit {text.Unit}: its words in {file.From} are others now than in the file. Export again and translate those.");
            foreach (var (language, words) in text.Texts) Check(draft, text, language, words, errors);
        }
        if (errors.Any) return draft;
        return file.Texts.SelectMany(t => t.Texts.Keys).Distinct(StringComparer.Ordinal).Aggregate(draft, (laid, language) => Translation.With(laid, language,
            file.Texts.Where(t => t.Texts.GetValueOrDefault(language) is { Length: > 0 }).ToDictionary(t => t.Unit, t => t.Texts[language], StringComparer.Ordinal)));
    }

    static void Check(SurveyDefinition draft, ImportedText text, string language, string words, Errors errors)
    {
        if (!draft.Languages.Contains(language)) errors.Add(text.Place, $"The survey is not offered in '{language}'. Add the language to the survey first.");
        else if (words.Length > 0 && string.IsNullOrWhiteSpace(words)) errors.Add(text.Place, $"Unit {text.Unit}: nothing but spaces in {language}.");
        else if (!TextRules.IsStorable(words)) errors.Add(text.Place, $"Unit {text.Unit}: the character NUL cannot be stored.");
    }
}
