using CxSurveys.Web.Features.Surveys.Pages;
using CxSurveys.Web.Platform;
using FluentValidation;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>Makes the draft of a new survey.</summary>
public sealed class StartSurvey(StoredSurveys surveys, SaveDraft save, IValidator<SurveyDefinition> rules)
{
    /// <param name="definition">What it begins with.</param>
    /// <param name="key">Part of its link; empty = made from its name.</param>
    /// <param name="by">Who begins it.</param>
    /// <param name="errors">Gets what is wrong with the name, the key or the languages.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>The key; null when there are errors.</returns>
    public async Task<string?> RunAsync(SurveyDefinition definition, string key, string? by, Errors errors, CancellationToken ct)
    {
        errors.Add(await rules.ValidateAsync(definition, ct));
        if (key.Length == 0) key = MadeKey.From(definition.Name, "survey", (await surveys.AllAsync(ct)).Select(s => s.Key).Append(SaveDraft.Reserved).ToHashSet());
        SaveDraft.CheckKey(key, errors);
        if (errors.Any) return null;
        var outcome = await save.RunAsync(key, definition, SaveDraft.NoDraft, by, errors, ct);
        if (outcome == DraftSaved.OtherDraft) errors.Add("key", $"There is a survey '{key}' already; choose another key.");
        return errors.Any ? null : key;
    }
}
