using CxSurveys.Web.Features.Journey;

namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>What happened to a question between two definitions, with what is needed to show it.</summary>
public sealed record ShownChange(QuestionChange Change, SurveyDefinition Before, SurveyDefinition After, JourneyCatalog.Snapshot Journey)
{
    public string Headline => Change.After is { } after ? SurveyWords.Headline(after, After) : SurveyWords.Headline(Change.Before!, Before);

    public IEnumerable<TextChange> Texts => Change is { Before: { } before, After: { } after } ? TextChanges.Of(before, after) : [];

    /// <summary>Sets of values count as the measure, where the scale is the same.</summary>
    public bool OtherSets => SurveyWords.MetricOf(Change.Before!) is { } before && SurveyWords.MetricOf(Change.After!) is { } after && SurveyWords.Measure(Change.Before!) == SurveyWords.Measure(Change.After!) && before != after;

    /// <summary>What else is different, in short phrases.</summary>
    public IEnumerable<string> Others()
    {
        if (Change is not { Before: { } before, After: { } after }) yield break;
        if (before.Presentation != after.Presentation) yield return $"Shown as {Look(after)}, before as {Look(before)}.";
        if (before.OneLine != after.OneLine) yield return after.OneLine ? "It has one line now." : "It has several lines now.";
        if (before.Required != after.Required) yield return after.Required ? "It must be answered now." : "It may be left empty now.";
        if (DefinitionJson.WriteRule(before) != DefinitionJson.WriteRule(after))
            yield return after.ShowIf is null ? "It is always asked now." : before.ShowIf is null ? "It is asked only when a rule holds now." : "The rule by which it is asked is another one.";
        if (before.NewPage != after.NewPage) yield return after.NewPage ? "It begins a new page now." : "It no longer begins a page.";
        if (before.Matrix != after.Matrix) yield return after.Matrix is null ? "It no longer stands in a table." : $"It stands in the table {after.Matrix} now.";
    }

    static string Look(QuestionDefinition question) => (question.Presentation ?? Presentation.Numbers).ToString().ToLowerInvariant();

    /// <summary>Questions that changed places among those both definitions have, with their places there, from 1.</summary>
    public static IEnumerable<(string Key, int From, int To)> Moves(SurveyDefinition before, SurveyDefinition after)
    {
        List<string> one = [.. before.Questions.Select(q => q.Key)], other = [.. after.Questions.Select(q => q.Key)];
        List<string> shared = [.. one.Where(other.Contains)], now = [.. other.Where(one.Contains)];
        return from key in now
               where shared.IndexOf(key) != now.IndexOf(key)
               select (key, one.IndexOf(key) + 1, other.IndexOf(key) + 1);
    }
}
