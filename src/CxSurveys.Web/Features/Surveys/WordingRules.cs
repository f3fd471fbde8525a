using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>What texts by language must keep, whatever they are for.</summary>
internal static class WordingRules
{
    public static void Check(IReadOnlyDictionary<string, string> texts, string path, int max, Action<string, string> fail)
    {
        foreach (var (language, text) in texts)
        {
            if (!TextRules.IsLanguage(language)) fail($"{path}.{language}", TextRules.LanguageMessage);
            else if (string.IsNullOrWhiteSpace(text)) fail($"{path}.{language}", "A text is needed.");
            else if (TextRules.CodePoints(text) > max) fail($"{path}.{language}", $"At most {max} characters.");
            else if (!TextRules.IsStorable(text)) fail($"{path}.{language}", "The character NUL cannot be stored.");
        }
    }

    /// <summary>The same, and there must be one in the default language.</summary>
    public static void Check(IReadOnlyDictionary<string, string> texts, string path, int max, string defaultLanguage, Action<string, string> fail)
    {
        if (!texts.ContainsKey(defaultLanguage)) fail(path, $"A wording in the default language, {defaultLanguage}, is needed.");
        Check(texts, path, max, fail);
    }
}
