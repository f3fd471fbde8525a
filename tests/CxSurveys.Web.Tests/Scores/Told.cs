using System.Globalization;
using System.Text.Json.Nodes;

namespace CxSurveys.Web.Tests.Scores;

/// <summary>One answer of those that everything is asked about; its line, question and wording, is null where there is only one.</summary>
internal sealed record GivenAnswer(string Touchpoint, string Country, string? Plan, DateOnly Day, int Value, string? Customer, string? Line, int Index)
{
    public string Stage => Touchpoint == "support" ? "retention" : "purchase";

    public bool In(Asked asked) =>
        (asked.Place is null || asked.Place == Touchpoint || asked.Place == Stage)
        && (asked.Country is null || asked.Country == Country) && (asked.Plan is null || asked.Plan == Plan)
        && (asked.Days is not { } days || (Day >= days.From && Day < days.To))
        && asked.Line == Line;
}

/// <summary>One filter for each respect, null where there is none.</summary>
internal sealed record Asked(string? Place, string? Country, string? Plan, (DateOnly From, DateOnly To)? Days, string? Line = null)
{
    public string Query() => string.Concat(
        Place switch { null => "", "purchase" or "retention" => "&stage=" + Place, _ => "&touchpoint=" + Place },
        Country is null ? "" : "&segment.country=" + Country,
        Plan is null ? "" : "&segment.plan=" + Plan,
        Days is not { } days ? "" : $"&from={days.From:yyyy-MM-dd}&to={days.To:yyyy-MM-dd}");

    public bool Contains(Asked narrow) =>
        (Place is null || Place == narrow.Place || (Place == "purchase" && narrow.Place is "checkout" or "delivery") || (Place == "retention" && narrow.Place == "support"))
        && (Country is null || Country == narrow.Country) && (Plan is null || Plan == narrow.Plan)
        && (Days is not { } wide || (narrow.Days is { } days && days.From >= wide.From && days.To <= wide.To))
        && Line == narrow.Line;
}

/// <summary>What was told to somebody who asked for everything there is to ask, and what can be had from it by subtraction.</summary>
internal sealed class Told(IReadOnlyList<GivenAnswer> all, string counting)
{
    public const int MinimumN = 5;

    readonly Dictionary<Asked, HashSet<int>> told = [];
    readonly List<string> recovered = [];

    public int Count => told.Count;

    public bool Has(Asked asked) => told.ContainsKey(asked) || Of(asked).Count == 0;

    public static bool Few(int n) => n is > 0 and < MinimumN;

    /// <summary>The answers of a group, in the way of counting.</summary>
    public HashSet<int> Of(Asked asked)
    {
        var own = all.Where(g => g.In(asked));
        return counting == "responses"
            ? [.. own.Select(g => g.Index)]
            : [.. own.GroupBy(g => g.Customer ?? g.Index.ToString(CultureInfo.InvariantCulture)).Select(c => c.MaxBy(g => (g.Day, g.Index))!.Index)];
    }

    /// <summary>A row as the API tells it.</summary>
    public void Keep(Asked asked, JsonNode row)
    {
        var counts = row.Withheld() ? null : row["counts"]!.AsObject().ToDictionary(c => int.Parse(c.Key, CultureInfo.InvariantCulture), c => (int)c.Value!);
        Keep(asked, (int)row["n"]!, !row.Withheld(), counts);
    }

    public void Keep(Asked asked, int n, bool isTold, Dictionary<int, int>? counts = null)
    {
        var own = Of(asked);
        Assert.True(own.Count == n, $"{asked} has {own.Count}, told {n}");
        if (n == 0 || !isTold) return;
        Assert.False(Few(n), $"{asked} is told");
        if (counts is not null) Assert.All(counts, c => Assert.Equal(own.Count(i => all[i].Value == c.Key), c.Value));
        lock (told) told[asked] = own;
    }

    /// <summary>What all pairs of told groups give away, and wholes less the told parts of them.</summary>
    public IReadOnlyList<string> Recovered(IEnumerable<(Asked Whole, Asked[] Parts)> splits)
    {
        foreach (var (wide, of) in told)
            foreach (var (narrow, own) in told)
                if (Few(of.Count - own.Count) && wide != narrow && wide.Contains(narrow)) recovered.Add($"{wide} less {narrow}");
        foreach (var (whole, parts) in splits.Where(s => told.ContainsKey(s.Whole))) TakeFrom(whole, parts);
        return recovered;
    }

    void TakeFrom(Asked whole, Asked[] parts)
    {
        var left = told[whole].ToHashSet();
        // Of customers a part may count an answer that the whole has a later one for: then it cannot be taken from it.
        foreach (var part in parts.Where(p => told.ContainsKey(p) && told[p].IsSubsetOf(left))) left.ExceptWith(told[part]);
        if (Few(left.Count)) recovered.Add($"{whole} less its parts {string.Join(", ", parts.Where(told.ContainsKey))}");
    }
}
