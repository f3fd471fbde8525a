using Microsoft.AspNetCore.Mvc;

namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>What the editor's script is told after it sent the form by itself.</summary>
internal static class Autosave
{
    /// <summary>The value of the act that no button has.</summary>
    public const string Act = "autosave";

    /// <param name="Stamp">Of the draft as it is stored now.</param>
    /// <param name="Saved">When that was, in the company's time.</param>
    /// <param name="Changed">Whether customers see something else.</param>
    /// <param name="Questions">The keys that were given, in the order of the form.</param>
    /// <param name="Progress">How far the language is that is translated into; null where none is.</param>
    sealed record Stored(string Stamp, string Saved, bool Changed, IEnumerable<Keys> Questions, string? Progress);

    sealed record Keys(string Key, IEnumerable<string> Options);

    sealed record Refused(IEnumerable<Problem> Problems, string? Conflict);

    sealed record Problem(string Field, string Text);

    public static JsonResult Done(StoredSurvey now, CompanyDays days, string? progress = null) => new(new Stored(
        now.Stamp,
        SavedText(now, days) ?? "Saved",
        now.DraftChanged,
        now.Survey.Draft.Questions.Select(q => new Keys(q.Key, (q.Options ?? []).Select(o => o.Key))),
        progress));

    /// <param name="errors">What is wrong, by path.</param>
    /// <param name="conflict">Who was faster; null where nobody was.</param>
    public static JsonResult Not(IEnumerable<KeyValuePair<string, string[]>> errors, string? conflict) => new(new Refused(
        errors.Select(e => new Problem(FieldId.Of(e.Key), $"{FieldId.Label(e.Key)}: {string.Join(" ", e.Value)}")), conflict))
    {
        StatusCode = conflict is null ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict,
    };

    /// <summary>Such as <c>Saved 28 Nov, 14:02 by Nadia Rahman</c>; null where that is not known.</summary>
    public static string? SavedText(StoredSurvey stored, CompanyDays days) =>
        stored.Survey.DraftSavedAt is { } at ? $"Saved {days.Moment(at)}{(stored.Survey.DraftSavedBy is { } by ? $" by {by}" : "")}" : null;
}
