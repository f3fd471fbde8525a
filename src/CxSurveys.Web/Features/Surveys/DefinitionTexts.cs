namespace CxSurveys.Web.Features.Surveys;

/// <summary>One text of a definition as it is translated.</summary>
/// <param name="Id">Names the text however the questions are ordered, such as <c>delivery.text</c> or <c>pay.options.card</c>.</param>
/// <param name="Path">Where it stands in the definition, as the rules call it.</param>
/// <param name="Texts">By language; null where none is written.</param>
/// <param name="Question">The question it belongs to; null for the heading of a matrix.</param>
internal sealed record TextUnit(string Id, string Path, IReadOnlyDictionary<string, string>? Texts, QuestionDefinition? Question)
{
    /// <summary>True when customers read the standard wording, which needs no translation where a language has it.</summary>
    public bool IsStandard => Question is not null && Id == $"{Question.Key}.text" && StandardWording.IsAsked(Question);
}

/// <summary>All texts of a definition, one after the other as they are read, and the definition with other ones.</summary>
internal static class DefinitionTexts
{
    /// <summary>The texts that are written, and the wording of each question that has the standard one.</summary>
    public static IReadOnlyList<TextUnit> Of(SurveyDefinition definition)
    {
        var units = new List<TextUnit>();
        Map(definition, unit =>
        {
            if (unit.Texts is not null || unit.IsStandard) units.Add(unit);
            return unit.Texts;
        });
        return units;
    }

    /// <summary>The definition with the texts that the function gives for each unit.</summary>
    public static SurveyDefinition Map(SurveyDefinition definition, Func<TextUnit, IReadOnlyDictionary<string, string>?> change) => definition with
    {
        Questions = [.. definition.Questions.Select((question, i) => Map(question, $"questions[{i}]", change))],
        Matrices = definition.Matrices is null ? null : [.. definition.Matrices.Select((m, i) => m with { Text = change(new($"matrix:{m.Key}", $"matrices[{i}].text", m.Text, null)) ?? m.Text })],
    };

    static QuestionDefinition Map(QuestionDefinition question, string path, Func<TextUnit, IReadOnlyDictionary<string, string>?> change)
    {
        IReadOnlyDictionary<string, string>? Changed(string member, IReadOnlyDictionary<string, string>? texts) =>
            change(new TextUnit($"{question.Key}.{member}", $"{path}.{member}", texts, question));

        return question with
        {
            Text = Changed("text", question.Text),
            Help = Changed("help", question.Help),
            TextBy = question.TextBy is { } by ? by with
            {
                Negative = Changed("textBy.negative", by.Negative),
                Neutral = Changed("textBy.neutral", by.Neutral),
                Positive = Changed("textBy.positive", by.Positive),
            } : null,
            Labels = question.Labels is { } labels ? labels with { Low = Changed("labels.low", labels.Low), High = Changed("labels.high", labels.High) } : null,
            Options = question.Options is { } options ? [.. options.Select((option, i) => option with
            {
                Text = change(new TextUnit($"{question.Key}.options.{option.Key}", $"{path}.options[{i}].text", option.Text, question)) ?? option.Text,
            })] : null,
        };
    }
}
