namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>Differences of definitions in words.</summary>
internal static class ChangeWords
{
    /// <summary>One short phrase for each difference.</summary>
    public static IEnumerable<string> Brief(DefinitionChanges changes)
    {
        if (changes.Name) yield return "the name";
        if (changes.Languages) yield return "the languages";
        if (changes.Matrices) yield return "the headings of its tables";
        if (changes.Order) yield return "the order of the questions";
        foreach (var question in changes.Questions) yield return $"question {question.Key} ({string.Join(", ", Of(question))})";
    }

    public static IEnumerable<string> Of(QuestionChange change)
    {
        if (change.IsNew) yield return "new";
        if (change.IsGone) yield return "left out";
        if (change.Measure) yield return "measured otherwise";
        if (change.Place) yield return "asked elsewhere";
        if (change.Reworded.Count > 0) yield return $"reworded in {SurveyWords.Languages(change.Reworded)}";
        if (change.Translated.Count > 0) yield return $"translated into {SurveyWords.Languages(change.Translated)}";
        if (change.OptionsGone.Count > 0) yield return $"without the option {string.Join(", ", change.OptionsGone)}";
        else if (change.Other) yield return "shown otherwise";
    }
}
