namespace CxSurveys.Web.Features.Surveys;

/// <summary>Texts of a survey that a language it is offered in lacks; there the default language is shown.</summary>
internal static class TranslationGaps
{
    /// <summary>The paths of the missing texts, such as <c>questions[2].text.th</c>, with their language.</summary>
    public static IEnumerable<(string Path, string Language)> Of(SurveyDefinition definition) =>
        from text in Texts(definition)
        from language in definition.Languages.Skip(1)
        where !text.Words.ContainsKey(language)
        select ($"{text.Path}.{language}", language);

    static IEnumerable<(string Path, IReadOnlyDictionary<string, string> Words)> Texts(SurveyDefinition definition)
    {
        for (int i = 0; i < definition.Questions.Count; i++)
            foreach (var (path, words) in Texts(definition.Questions[i]))
                if (words is not null) yield return ($"questions[{i}].{path}", words);
        for (int i = 0; i < definition.Matrices?.Count; i++) yield return ($"matrices[{i}].text", definition.Matrices[i].Text);
    }

    static IEnumerable<(string Path, IReadOnlyDictionary<string, string>? Words)> Texts(QuestionDefinition question)
    {
        yield return ("text", question.Text);
        yield return ("help", question.Help);
        yield return ("textBy.negative", question.TextBy?.Negative);
        yield return ("textBy.neutral", question.TextBy?.Neutral);
        yield return ("textBy.positive", question.TextBy?.Positive);
        yield return ("labels.low", question.Labels?.Low);
        yield return ("labels.high", question.Labels?.High);
        for (int j = 0; j < question.Options?.Count; j++) yield return ($"options[{j}].text", question.Options[j].Text);
    }
}
