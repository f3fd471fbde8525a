using System.Globalization;
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
    sealed record Stored(string Stamp, string Saved, bool Changed, IEnumerable<Keys> Questions);

    sealed record Keys(string Key, IEnumerable<string> Options);

    sealed record Refused(IEnumerable<Problem> Problems, string? Conflict);

    sealed record Problem(string Field, string Text);

    public static JsonResult Done(DraftGround now) => new(new Stored(
        now.Stored!.Stamp,
        now.SavedBy ?? "Saved",
        now.Stored.DraftChanged,
        now.Stored.Survey.Draft.Questions.Select(q => new Keys(q.Key, (q.Options ?? []).Select(o => o.Key)))));

    public static JsonResult Not(DraftEditor refused) => new(new Refused(
        refused.Errors.Select(e => new Problem(FieldId.Of(e.Key), string.Create(CultureInfo.InvariantCulture, $"{FieldId.Label(e.Key)}: {string.Join(" ", e.Value)}"))),
        refused.Conflict ? refused.ConflictText : null))
    {
        StatusCode = refused.Conflict ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest,
    };
}
