using System.Globalization;
using CxSurveys.Web.Features.Scores;
using Microsoft.AspNetCore.Http.Extensions;

namespace CxSurveys.Web.Features.Responses.Inbox;

/// <summary>
/// The address of the list: the filters of the API by their names. What the form sends more than that (a preset of days, an
/// inclusive last day, the score of a question, empty fields) is turned into them by a redirect, so that an address can be
/// kept and sent to others.
/// </summary>
public sealed class InboxAddress
{
    public const string Path = "/responses";
    public const int MostDays = 3660;

    /// <summary>A preset of the form: no days at all.</summary>
    public const string AnyTime = "all";

    static readonly string[] Order = ["survey", "question", "kind", "definition", "line", "value", "touchpoint", "stage", "asked", "from", "to", "language", "channel", "customer", "id", "q", "words", "state", "flag"];

    /// <summary>Filters that mean nothing without the other.</summary>
    static readonly Dictionary<string, string[]> Dependent = new() { ["question"] = ["value", "line"] };

    readonly List<(string Name, string Value)> pairs;

    InboxAddress(IEnumerable<(string Name, string Value)> pairs) => this.pairs = [.. pairs];

    public static InboxAddress Of(QueryString query) => new(QueryParameters.Pairs(query));

    /// <summary>The value of a filter; null when it is not given.</summary>
    public string? this[string name] => pairs.FirstOrDefault(p => p.Name == name).Value;

    /// <summary>The searched words.</summary>
    public IReadOnlyList<string> Words => this["q"]?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];

    public bool Has(string name) => pairs.Exists(p => p.Name == name);

    /// <summary>All but the place in the list.</summary>
    public IEnumerable<(string Name, string Value)> Filters =>
        pairs.Where(p => p.Name is not ("cursor" or "limit"))
            .OrderBy(p => Array.IndexOf(Order, p.Name) is var at && at < 0 ? Order.Length : at)
            .ThenBy(p => p.Name, StringComparer.Ordinal);

    /// <summary>The first page of the list.</summary>
    public string Link() => Path + Query(Filters);

    public string Next(string cursor) => Path + Query(Filters.Append(("cursor", cursor)));

    /// <summary>The page of the list that is open.</summary>
    public string Here() => Path + Query(WithCursor);

    /// <summary>One response beside the page of the list that is open.</summary>
    public string To(Guid id) => $"{Path}/{id}{Query(WithCursor)}#r-{id}";

    /// <summary>The whole selection as a file.</summary>
    internal string Export(ExportForm form) => $"{Path}.{form.Extension}{Query(Filters)}";

    public string Without(string name) => Path + Query(Filters.Where(p => p.Name != name && !Dependent.GetValueOrDefault(name, []).Contains(p.Name)));

    /// <summary>The first page of the list with one filter more.</summary>
    public string With(string name, string value) => Path + Query(Filters.Where(p => p.Name != name).Append((name, value)));

    /// <summary>The filters of another page for the same days and segments.</summary>
    public string Carried(string path) => path + Query(Filters.Where(p => p.Name is "from" or "to" or "language" or "channel" || p.Name.StartsWith("segment.", StringComparison.Ordinal)));

    IEnumerable<(string Name, string Value)> WithCursor => this["cursor"] is { } cursor ? Filters.Append(("cursor", cursor)) : Filters;

    static QueryString Query(IEnumerable<(string Name, string Value)> pairs)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in pairs) query.Add(name, value);
        return query.ToQueryString();
    }

    /// <summary>The address in the names of the API; null when it already is. What cannot be read stays, to be named.</summary>
    public InboxAddress? Canonical(DateOnly today)
    {
        var given = pairs.Where(p => p.Value.Length > 0).ToList();
        bool changed = given.Count < pairs.Count;
        changed |= TakeScore(given);
        changed |= TakeLastDay(given);
        changed |= TakePreset(given, today);
        return changed ? new InboxAddress(given) : null;
    }

    // The score belongs to the question it was offered for; with another question chosen it is gone.
    static bool TakeScore(List<(string Name, string Value)> given)
    {
        int at = given.FindIndex(p => p.Name == "score");
        if (at < 0) return false;
        var (question, values) = given[at].Value.Split(':', 2) is [var before, var after] ? (before, after) : ("", "");
        given.RemoveAt(at);
        if (given.Exists(p => p.Name == "question" && p.Value == question) && values.Length > 0) given.Add(("value", values));
        return true;
    }

    static bool TakeLastDay(List<(string Name, string Value)> given)
    {
        int at = given.FindIndex(p => p.Name == "until");
        if (at < 0) return false;
        var text = given[at].Value;
        given.RemoveAt(at);
        bool day = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var last) && last < DateOnly.MaxValue;
        given.Add(("to", day ? Iso(last.AddDays(1)) : text));
        return true;
    }

    static bool TakePreset(List<(string Name, string Value)> given, DateOnly today)
    {
        int at = given.FindIndex(p => p.Name == "period");
        if (at < 0) return false;
        var text = given[at].Value;
        bool any = text == AnyTime;
        if (!any && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= MostDays)) return false;
        given.RemoveAll(p => p.Name is "period" or "from" or "to");
        if (!any) given.AddRange([("from", Iso(today.AddDays(1 - int.Parse(text, CultureInfo.InvariantCulture)))), ("to", Iso(today.AddDays(1)))]);
        return true;
    }

    static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
