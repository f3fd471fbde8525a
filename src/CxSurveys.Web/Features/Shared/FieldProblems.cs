using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace CxSurveys.Web.Features.Shared;

/// <summary>What is wrong with a field of a form, told beside it and tied to it for screen readers.</summary>
public static class FieldProblems
{
    public static string? ProblemOf(this ViewDataDictionary view, string field) => view.ModelState[field]?.Errors.FirstOrDefault()?.ErrorMessage;

    /// <summary>For <c>aria-invalid</c>: "true", or nothing.</summary>
    public static string? WrongMark(this ViewDataDictionary view, string field) => view.ProblemOf(field) is null ? null : "true";

    /// <summary>For <c>aria-describedby</c>: the message, if there is one, and the hint.</summary>
    public static string? AboutOf(this ViewDataDictionary view, string field, string id, string? hint = null) =>
        string.Join(' ', new[] { view.ProblemOf(field) is null ? null : ProblemId(id), hint }.OfType<string>()) is { Length: > 0 } ids ? ids : null;

    public static string ProblemId(string id) => id + "-problem";

    /// <summary>How many fields are marked.</summary>
    public static int Marked(this ModelStateDictionary state) => state.Values.Count(v => v.Errors.Count > 0);
}

/// <summary>The message beneath a field; nothing when <paramref name="Text"/> is null.</summary>
public sealed record FieldProblem(string Id, string? Text);
