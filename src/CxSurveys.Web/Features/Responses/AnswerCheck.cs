using System.Text.Json;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Responses;

/// <summary>Checks the answers of a posted response against one survey version. Nothing is clamped or converted.</summary>
internal static class AnswerCheck
{
    public const int MaxText = 4000;

    /// <param name="answers">By question key.</param>
    /// <param name="version">The version that is answered.</param>
    /// <param name="segment">The response's own, which with its answers decides what was shown.</param>
    /// <param name="errors">What is wrong, by <c>answers.</c> and the key.</param>
    public static List<NewAnswer> Run(IReadOnlyDictionary<string, JsonElement> answers, PublishedVersion version, SegmentKey segment, Errors errors)
    {
        bool sound = !errors.Any;
        var good = new List<NewAnswer>(answers.Count);
        foreach (var (key, value) in answers)
        {
            string path = "answers." + key;
            if (!version.ByKey.TryGetValue(key, out var question)) errors.Add(path, $"Version {version.Number} of survey '{version.SurveyKey}' has no such question.");
            else if (value.ValueKind != JsonValueKind.Null && One(question, value, version, segment.Language, path, errors) is { } answer) good.Add(answer);
        }
        CheckShown(good, version, segment, sound && !errors.Any, errors);
        return good;
    }

    /// <param name="good">The answers that can be read.</param>
    /// <param name="version">The version that is answered.</param>
    /// <param name="segment">The response's own.</param>
    /// <param name="all">True when every answer could be read: only then it is certain what was hidden.</param>
    /// <param name="errors">What is wrong.</param>
    static void CheckShown(List<NewAnswer> good, PublishedVersion version, SegmentKey segment, bool all, Errors errors)
    {
        var shown = ShownQuestions.Of(version, good, segment);
        foreach (var question in version.Questions)
        {
            string path = "answers." + question.Key;
            bool answered = good.Exists(a => a.QuestionId == question.Id);
            if (shown[question.Position])
            {
                if (question.Required && !answered && !errors.Has(path)) errors.Add(path, "This question needs an answer.");
            }
            else if (answered && all)
                errors.Add(path, $"This question was not shown: it is asked only where {ConditionWords.Of(version.Definition.Questions[question.Position].ShowIf!)}. Leave the answer out.");
        }
    }

    static NewAnswer? One(Question question, JsonElement value, PublishedVersion version, string? language, string path, Errors errors) => question.Kind switch
    {
        QuestionKind.Statement => Statement(path, errors),
        QuestionKind.Consent => Consent(question, value, version, language, path, errors),
        QuestionKind.Contact => Contact(question, value, path, errors),
        QuestionKind.Text => Text(question, value, path, errors),
        QuestionKind.Choice => Choice(question, value, version, path, errors),
        QuestionKind.Multi => Multi(question, value, version, path, errors),
        _ => Scale(question, value, path, errors),
    };

    // GetRawText: 9.0 and 1e0 equal integers but are not written as one.
    static NewAnswer? Scale(Question question, JsonElement value, string path, Errors errors)
    {
        bool isInteger = value.ValueKind == JsonValueKind.Number && !value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E');
        if (isInteger && value.GetRawText() != "-0" && value.TryGetInt32(out int number) && number >= question.Min && number <= question.Max)
            return new NewAnswer(question.Id, Value: (short)number);
        errors.Add(path, $"A whole number from {question.Min} to {question.Max}, without quotes.");
        return null;
    }

    static NewAnswer? Statement(string path, Errors errors)
    {
        errors.Add(path, "A statement is only read; leave it out.");
        return null;
    }

    // The version is frozen, so the language says which wording was agreed to.
    static NewAnswer? Consent(Question question, JsonElement value, PublishedVersion version, string? language, string path, Errors errors)
    {
        if (value.ValueKind == JsonValueKind.True) return new NewAnswer(question.Id, Options: [QuestionWording.LanguageOf(version, question, language)]);
        if (value.ValueKind != JsonValueKind.False) errors.Add(path, "true where the customer agreed, else false.");
        return null;
    }

    static NewAnswer? Contact(Question question, JsonElement value, string path, Errors errors)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return new NewAnswer(question.Id, Options: [value.GetBoolean() ? ContactAnswer.Yes : ContactAnswer.No]);
        if (value.ValueKind == JsonValueKind.String && Read(value, path, errors) is { } reach && ContactAnswer.IsReach(reach))
            return new NewAnswer(question.Id, Options: [ContactAnswer.Yes], Reach: reach);
        errors.Add(path, $"true or false, or how to reach the customer: {ContactAnswer.Message}");
        return null;
    }

    static NewAnswer? Text(Question question, JsonElement value, string path, Errors errors)
    {
        if (value.ValueKind != JsonValueKind.String) errors.Add(path, "A text in quotes.");
        else if (Read(value, path, errors) is { } text)
        {
            if (text.Length == 0) return null;
            if (TextRules.CodePoints(text) > MaxText) errors.Add(path, $"At most {MaxText} characters.");
            else return new NewAnswer(question.Id, Text: text);
        }
        return null;
    }

    static NewAnswer? Choice(Question question, JsonElement value, PublishedVersion version, string path, Errors errors)
    {
        if (value.ValueKind == JsonValueKind.String && Read(value, path, errors) is { } key && IsOption(key, question, version)) return new NewAnswer(question.Id, Options: [key]);
        errors.Add(path, "One of the question's options, by its key.");
        return null;
    }

    static NewAnswer? Multi(Question question, JsonElement value, PublishedVersion version, string path, Errors errors)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            errors.Add(path, "A list of the question's options, by their keys.");
            return null;
        }
        var keys = new List<string>(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
        {
            string itemPath = $"{path}[{keys.Count}]";
            if (item.ValueKind != JsonValueKind.String || Read(item, itemPath, errors) is not { } key || !IsOption(key, question, version)) errors.Add(itemPath, "One of the question's options, by its key.");
            else if (keys.Contains(key)) errors.Add(itemPath, "This option stands twice.");
            else
            {
                keys.Add(key);
                continue;
            }
            return null;
        }
        // In the order of the survey, as the page sends them: the same choice is the same content.
        var inOrder = version.Definition.Questions[question.Position].Options!.Select(o => o.Key).Where(keys.Contains).ToList();
        return keys.Count == 0 ? null : new NewAnswer(question.Id, Options: inOrder);
    }

    internal static bool IsOption(string key, Question question, PublishedVersion version) =>
        version.Definition.Questions[question.Position].Options!.Any(o => o.Key == key);

    // A lone surrogate ("\ud800") is only found when the text is read.
    static string? Read(JsonElement value, string path, Errors errors)
    {
        try
        {
            string text = value.GetString()!;
            if (TextRules.IsStorable(text)) return text;
            errors.Add(path, "The character NUL cannot be stored.");
        }
        catch (InvalidOperationException)
        {
            errors.Add(path, "The text is not valid Unicode: half of a surrogate pair.");
        }
        return null;
    }
}
