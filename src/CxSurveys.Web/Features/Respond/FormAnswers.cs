using System.Globalization;
using CxSurveys.Web.Features.Responses;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.Extensions.Primitives;

namespace CxSurveys.Web.Features.Respond;

internal enum FormError { Missing, NotOffered, TooLong, Unreadable, NothingAnswered }

/// <summary>What a sent form says, question by question. Fields that are no question of the version are ignored.</summary>
internal sealed class FormAnswers
{
    /// <summary>Code points of one text.</summary>
    public const int LongestText = AnswerCheck.MaxText;

    readonly List<NewAnswer> answers = [];
    readonly Dictionary<string, FormError> errors = [];

    FormAnswers() { }

    public IReadOnlyList<NewAnswer> Answers => answers;

    /// <summary>By question key; empty when everything may be stored.</summary>
    public IReadOnlyDictionary<string, FormError> Errors => errors;

    public static FormAnswers Read(PublishedVersion version, IEnumerable<KeyValuePair<string, StringValues>> form)
    {
        var fields = form.ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal);
        var read = new FormAnswers();
        foreach (var question in version.Questions)
        {
            var values = fields.TryGetValue(question.Key, out var sent) ? sent.OfType<string>().Where(v => v.Length > 0).ToArray() : [];
            if (read.Take(question, version.Definition.Questions[question.Position], values) is { } error) read.errors[question.Key] = error;
        }
        if (read.answers.Count == 0 && read.errors.Count == 0) read.errors[version.Questions[0].Key] = FormError.NothingAnswered;
        return read;
    }

    FormError? Take(Question question, QuestionDefinition definition, string[] values)
    {
        if (question.Kind == QuestionKind.Text) return values.Length > 1 ? FormError.Unreadable : TakeText(question, values.FirstOrDefault(""));
        if (values is []) return question.Required ? FormError.Missing : null;

        var answer = question.Kind is QuestionKind.Choice or QuestionKind.Multi ? Options(question, definition, values) : ScaleAnswer(question, values);
        if (answer is null) return FormError.NotOffered;
        answers.Add(answer);
        return null;
    }

    FormError? TakeText(Question question, string sent)
    {
        var text = Trim(sent);
        if (!TextRules.IsStorable(text)) return FormError.Unreadable;
        if (text.Length == 0) return question.Required ? FormError.Missing : null;
        if (Length(text) > LongestText) return FormError.TooLong;
        answers.Add(new NewAnswer(question.Id, Text: text));
        return null;
    }

    /// <summary>Characters of a text as they are counted against <see cref="LongestText"/>.</summary>
    public static int Length(string text) => TextRules.CodePoints(Trim(text));

    /// <summary>A browser sends each line break as two characters; they count, and are kept, as one.</summary>
    static string Trim(string sent) => sent.Replace("\r\n", "\n", StringComparison.Ordinal).Trim();

    static NewAnswer? ScaleAnswer(Question question, string[] values)
    {
        if (values is not [var sent]) return null;
        if (!short.TryParse(sent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)) return null;
        // One spelling for each value: no "+9", no "09".
        if (value.ToString(CultureInfo.InvariantCulture) != sent || value < question.Min || value > question.Max) return null;
        return new NewAnswer(question.Id, value);
    }

    static NewAnswer? Options(Question question, QuestionDefinition definition, string[] values)
    {
        if (question.Kind == QuestionKind.Choice && values.Length > 1) return null;
        var offered = definition.Options?.Select(option => option.Key).ToArray() ?? [];
        // In the order offered, so that the same ticks are the same answer.
        return values.All(offered.Contains) ? new NewAnswer(question.Id, Options: [.. offered.Where(values.Contains)]) : null;
    }
}
