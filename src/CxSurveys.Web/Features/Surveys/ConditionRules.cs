using System.Text.Json;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>Whether a condition is well formed by itself: in one of its forms, with the right kinds of values.</summary>
internal static class ConditionRules
{
    const int MaxValues = 200, MaxText = 200;

    public static void Check(Condition? condition, string path, Action<string, string> fail)
    {
        if (condition is null)
        {
            fail(path, "A rule is needed.");
            return;
        }
        object?[] forms = [condition.Question, condition.Segment, condition.Language, condition.Channel, condition.All, condition.Any];
        if (forms.Count(form => form is not null) != 1) fail(path, "One of question, segment, language, channel, all and any is needed, and no more.");
        else if ((condition.Question ?? condition.Segment) is null && condition.In is not null) fail($"{path}.in", "Only with question or segment.");
        else CheckForm(condition, path, fail);
    }

    static void CheckForm(Condition condition, string path, Action<string, string> fail)
    {
        if (condition.Question is not null) CheckIn(condition.In, $"{path}.in", IsAnswer, "A number, an option key, negative, neutral, positive, true or false.", fail);
        else if (condition.Segment is { } name)
        {
            if (!IsText(name, 64)) fail($"{path}.segment", "A name of 1 to 64 characters.");
            CheckIn(condition.In, $"{path}.in", IsText, $"A text of 1 to {MaxText} characters.", fail);
        }
        else if (condition.Language is { } languages) CheckList(languages, $"{path}.language", TextRules.IsLanguage, TextRules.LanguageMessage, fail);
        else if (condition.Channel is { } channels) CheckList(channels, $"{path}.channel", channel => IsText(channel, MaxText), $"A text of 1 to {MaxText} characters.", fail);
        else CheckParts(condition.All ?? condition.Any!, condition.All is null ? $"{path}.any" : $"{path}.all", fail);
    }

    static void CheckParts(IReadOnlyList<Condition> parts, string path, Action<string, string> fail)
    {
        if (parts.Count is 0 or > MaxValues) fail(path, $"1 to {MaxValues} rules.");
        else for (int i = 0; i < parts.Count; i++) Check(parts[i], $"{path}[{i}]", fail);
    }

    static void CheckIn(IReadOnlyList<JsonElement>? values, string path, Func<JsonElement, bool> isGood, string message, Action<string, string> fail) =>
        CheckList(values ?? [], path, isGood, message, fail);

    static void CheckList<T>(IReadOnlyList<T> values, string path, Func<T, bool> isGood, string message, Action<string, string> fail)
    {
        if (values.Count is 0 or > MaxValues) fail(path, $"1 to {MaxValues} values.");
        else for (int i = 0; i < values.Count; i++) if (!isGood(values[i])) fail($"{path}[{i}]", message);
    }

    static bool IsAnswer(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => int.TryParse(value.GetRawText(), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out _),
        JsonValueKind.String => IsText(value),
        JsonValueKind.True or JsonValueKind.False => true,
        _ => false,
    };

    static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String && IsText(Condition.Token(value), MaxText);

    static bool IsText(string? text, int max) => !string.IsNullOrWhiteSpace(text) && TextRules.CodePoints(text) <= max && TextRules.IsStorable(text);
}
