using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.WebUtilities;

namespace CxSurveys.Web.Features.Scores;

/// <summary>
/// The parameters of one address, each at most once and in the spelling of the contract. Who reads one says so by its name;
/// what nobody read is refused at the end: a misspelt filter must not quietly widen a score.
/// </summary>
public sealed class QueryParameters
{
    readonly Dictionary<string, string> values = new(StringComparer.Ordinal);
    readonly HashSet<string> read = new(StringComparer.Ordinal);

    QueryParameters() { }

    public static QueryParameters Read(QueryString query, Errors errors) => Of(Pairs(query), errors);

    /// <summary>Reads the text itself: the framework's collection takes <c>segment.Plan</c> and <c>segment.plan</c> for one.</summary>
    internal static IEnumerable<(string Name, string Value)> Pairs(QueryString query)
    {
        foreach (var pair in new QueryStringEnumerable(query.Value))
            yield return (pair.DecodeName().ToString(), pair.DecodeValue().ToString());
    }

    internal static QueryParameters Of(IEnumerable<(string Name, string Value)> pairs, Errors errors)
    {
        var parameters = new QueryParameters();
        foreach (var (name, value) in pairs)
        {
            if (!TextRules.IsStorable(name) || !TextRules.IsStorable(value))
                errors.Add(name.Replace("\0", "", StringComparison.Ordinal), "The character NUL is not allowed.");
            else if (!parameters.values.TryAdd(name, value))
                errors.Add(name, "Given twice; give it once.");
        }
        return parameters;
    }

    public bool Has(string name) => values.ContainsKey(name);

    /// <summary>Its value; null when it is not given.</summary>
    public string? Take(string name)
    {
        if (!values.TryGetValue(name, out var value)) return null;
        read.Add(name);
        return value;
    }

    /// <summary>All whose name starts so, by the rest of the name.</summary>
    public IReadOnlyDictionary<string, string> TakeAll(string prefix)
    {
        var found = values.Where(v => v.Key.Length > prefix.Length && v.Key.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        read.UnionWith(found.Select(v => v.Key));
        return found.ToDictionary(v => v.Key[prefix.Length..], v => v.Value, StringComparer.Ordinal);
    }

    /// <summary>Names as errors what was given and nobody took.</summary>
    public void RefuseRest(Errors errors)
    {
        foreach (var name in values.Keys.Where(name => !read.Contains(name)))
            errors.Add(name, "Unknown parameter.");
    }
}
