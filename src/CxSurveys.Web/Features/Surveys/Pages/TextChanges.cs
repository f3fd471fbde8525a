namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>One text of a question in one language, before and after; null where it was, or is, not there.</summary>
public sealed record TextChange(string Field, string Language, string? Before, string? After);

/// <summary>Every text of a question that differs between two versions.</summary>
internal static class TextChanges
{
    public static IEnumerable<TextChange> Of(QuestionDefinition before, QuestionDefinition after)
    {
        foreach (var change in Between("Question", before.Text, after.Text)) yield return change;
        foreach (var change in Between("Help", before.Help, after.Help)) yield return change;
        foreach (var change in Between("At the lowest value", before.Labels?.Low, after.Labels?.Low)) yield return change;
        foreach (var change in Between("At the highest value", before.Labels?.High, after.Labels?.High)) yield return change;
        foreach (var change in Between("To low scores", before.TextBy?.Negative, after.TextBy?.Negative)) yield return change;
        foreach (var change in Between("To middle scores", before.TextBy?.Neutral, after.TextBy?.Neutral)) yield return change;
        foreach (var change in Between("To high scores", before.TextBy?.Positive, after.TextBy?.Positive)) yield return change;
        var earlier = (before.Options ?? []).ToDictionary(o => o.Key, o => o.Text);
        foreach (var option in after.Options ?? [])
            foreach (var change in Between($"Option {option.Key}", earlier.GetValueOrDefault(option.Key), option.Text)) yield return change;
        foreach (var gone in (before.Options ?? []).ExceptBy((after.Options ?? []).Select(o => o.Key), o => o.Key))
            foreach (var change in Between($"Option {gone.Key}", gone.Text, null)) yield return change;
    }

    static IEnumerable<TextChange> Between(string field, IReadOnlyDictionary<string, string>? before, IReadOnlyDictionary<string, string>? after) =>
        from language in (before?.Keys ?? []).Union(after?.Keys ?? [], StringComparer.OrdinalIgnoreCase)
        let change = new TextChange(field, language, before?.GetValueOrDefault(language), after?.GetValueOrDefault(language))
        where change.Before != change.After
        select change;
}
