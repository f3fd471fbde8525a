using System.Globalization;
using CxSurveys.Web.Features.Responses;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.Extensions.Primitives;

namespace CxSurveys.Web.Features.Respond;

internal enum FormError { Missing, NotOffered, TooLong, Unreadable, NothingAnswered, NoReach }

/// <summary>What a sent page of a form says, question by question. Fields that are no question of the page are ignored, and so is what its rules hide.</summary>
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

    /// <summary>The field that says how to reach a person; no question's key has a dot.</summary>
    public static string ReachField(string key) => key + ".reach";

    public static FormAnswers Read(FormPage page, IEnumerable<KeyValuePair<string, StringValues>> form, string language)
    {
        var fields = form.ToDictionary(field => field.Key, field => field.Value.OfType<string>().Where(v => v.Length > 0).ToArray(), StringComparer.Ordinal);
        var read = new FormAnswers();
        foreach (var question in page.Questions)
            if (read.Take(question, page.Version, fields, language) is { } error) read.errors[question.Key] = error;

        read.DropHidden(page);
        var asked = page.Questions.Where(q => q.Kind != QuestionKind.Statement).ToList();
        bool first = !page.Known.Any(a => !page.Ids.Contains(a.QuestionId));
        if (first && page.IsLast && read.answers.Count == 0 && read.errors.Count == 0) read.errors[(asked.FirstOrDefault() ?? page.Questions[0]).Key] = FormError.NothingAnswered;
        return read;
    }

    // People go back and answer otherwise: what that hides is neither an answer nor a mistake.
    void DropHidden(FormPage page)
    {
        if (!page.Version.Branches) return;
        var ids = page.Ids;
        var shown = ShownQuestions.Of(page.Version, [.. page.Known.Where(a => !ids.Contains(a.QuestionId)), .. answers], page.Segment);
        foreach (var question in page.Questions.Where(q => !shown[q.Position]))
        {
            answers.RemoveAll(a => a.QuestionId == question.Id);
            errors.Remove(question.Key);
        }
    }

    FormError? Take(Question question, PublishedVersion version, Dictionary<string, string[]> fields, string language)
    {
        string[] values = fields.GetValueOrDefault(question.Key) ?? [];
        if (question.Kind == QuestionKind.Statement) return null;
        if (question.Kind == QuestionKind.Text) return values.Length > 1 ? FormError.Unreadable : TakeText(question, values.FirstOrDefault(""));
        if (values is []) return question.Required ? FormError.Missing : null;
        if (question.Kind == QuestionKind.Contact) return TakeContact(question, values, fields.GetValueOrDefault(ReachField(question.Key)) ?? []);

        var answer = question.Kind switch
        {
            QuestionKind.Choice or QuestionKind.Multi => Options(question, version.Definition.Questions[question.Position], values),
            QuestionKind.Consent => values is [ContactAnswer.Yes] ? new NewAnswer(question.Id, Options: [QuestionWording.LanguageOf(version, question, language)]) : null,
            _ => ScaleAnswer(question, values),
        };
        if (answer is null) return FormError.NotOffered;
        answers.Add(answer);
        return null;
    }

    FormError? TakeContact(Question question, string[] said, string[] reach)
    {
        if (said is not [ContactAnswer.Yes or ContactAnswer.No]) return FormError.NotOffered;
        string? where = said is [ContactAnswer.Yes] ? string.Concat(reach).Trim() : null;
        if (where is not null && !ContactAnswer.IsReach(where)) return FormError.NoReach;
        answers.Add(new NewAnswer(question.Id, Options: said, Reach: where));
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
