using Microsoft.AspNetCore.Http.HttpResults;

namespace CxSurveys.Web.Platform;

/// <summary>What is wrong with a request, by the path of the field: becomes the <c>errors</c> of a 400 problem.</summary>
public sealed class Errors
{
    // A request may be wrong in as many places as it has bytes; its answer, and a rejected line's, must not grow with that.
    const int MostPaths = 100;

    readonly SortedDictionary<string, List<string>> byPath = new(StringComparer.Ordinal);

    public bool Any => byPath.Count > 0;

    public bool Has(string path) => byPath.ContainsKey(path);

    public void Add(string path, string message)
    {
        if (!byPath.TryGetValue(path, out var messages))
        {
            if (byPath.Count == MostPaths) return;
            byPath[path] = messages = [];
        }
        if (!messages.Contains(message)) messages.Add(message);
    }

    public void Add(FluentValidation.Results.ValidationResult result)
    {
        foreach (var failure in result.Errors) Add(failure.PropertyName, failure.ErrorMessage);
    }

    public IDictionary<string, string[]> ToDictionary() => byPath.ToDictionary(e => e.Key, e => e.Value.ToArray(), StringComparer.Ordinal);

    public ValidationProblem ToProblem() => TypedResults.ValidationProblem(ToDictionary());
}
