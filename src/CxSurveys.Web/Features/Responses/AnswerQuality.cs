using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Responses;

/// <summary>What the answers alone say about how they were given. It flags and never drops.</summary>
internal static class AnswerQuality
{
    /// <summary>So many scales alike, all answered alike, are worth a look; fewer are an ordinary opinion.</summary>
    const int ShortestRow = 5;

    /// <summary>Characters without spaces: "no" is no sign of anything.</summary>
    const int ShortestText = 6, ShortestSharedText = 3;

    const int FewestRepeats = 3;

    public static ResponseFlags Of(PublishedVersion version, IReadOnlyList<NewAnswer> answers) =>
        (IsStraightLined(version, answers) ? ResponseFlags.StraightLining : 0) | (IsRepeated(answers) ? ResponseFlags.RepeatedText : 0);

    // The same scale only: a 5 of 5 and a 5 of 10 are different opinions.
    static bool IsStraightLined(PublishedVersion version, IReadOnlyList<NewAnswer> answers)
    {
        if (answers.Count < ShortestRow) return false;
        var values = answers.Where(a => a.Value is not null).ToDictionary(a => a.QuestionId, a => a.Value!.Value);
        return version.Questions.Where(q => values.ContainsKey(q.Id)).GroupBy(q => (q.Kind, q.Min, q.Max))
            .Any(scale => scale.Count() >= ShortestRow && scale.Select(q => values[q.Id]).Distinct().Count() == 1);
    }

    static bool IsRepeated(IReadOnlyList<NewAnswer> answers)
    {
        string[] texts = [.. answers.Where(a => a.Text is not null).Select(a => Letters(a.Text!))];
        return texts.Any(IsOneUnit) || texts.Where(t => t.Length >= ShortestSharedText).GroupBy(t => t, StringComparer.Ordinal).Any(same => same.Count() > 1);
    }

    static string Letters(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();

    // A text made of one unit is found in itself, written twice, before its own length.
    static bool IsOneUnit(string text)
    {
        if (text.Length < ShortestText) return false;
        int unit = (text + text).IndexOf(text, 1, StringComparison.Ordinal);
        return text.Length / unit >= FewestRepeats;
    }
}
