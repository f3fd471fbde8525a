namespace CxSurveys.Web.Features.Surveys;

/// <summary>Texts of a survey that a language it is offered in lacks; there the default language is shown.</summary>
internal static class TranslationGaps
{
    /// <summary>The paths of the missing texts, such as <c>questions[2].text.th</c>, with their language.</summary>
    public static IEnumerable<(string Path, string Language)> Of(SurveyDefinition definition) =>
        from language in definition.Languages.Skip(1)
        from text in Translation.Of(definition, definition.Languages[0], language)
        where !text.Done
        select ($"{text.Unit.Path}.{language}", language);
}
