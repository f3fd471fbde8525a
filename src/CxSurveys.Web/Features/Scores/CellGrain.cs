namespace CxSurveys.Web.Features.Scores;

/// <summary>
/// The grain that answers a question with the fewest cells: all segments together where no attribute matters, the cells of one attribute
/// where only one does, else those of each segment. The parameters are those of <see cref="Segment.Chosen"/>, and @part.
/// </summary>
/// <param name="Part">The one attribute that matters; else null.</param>
/// <param name="Where">Which cells <c>c</c> these are.</param>
/// <param name="Join">Finds the segment <c>s</c> whose values they have.</param>
/// <param name="LeavesSome">True when the parts of an attribute need not be all answers: those without it are what they leave.</param>
internal sealed record CellGrain(string? Part, string Where, string Join, bool LeavesSome)
{
    /// <param name="scope">Its filters.</param>
    /// <param name="labels">Attributes whose values are asked for; null is none.</param>
    public static CellGrain Of(Scope scope, params string?[] labels)
    {
        string[] filters = [.. FiltersOf(scope.Selection)], all = [.. filters.Concat(labels.OfType<string>()).Distinct(StringComparer.Ordinal)];
        if (all.Length == 0) return new(null, $"c.segment_id = {Segment.All}", "", false);
        if (all.Length > 1) return new(null, filters.Length == 0 ? $"c.segment_id > {Segment.All}" : $"c.segment_id = any(array({Segment.Chosen}))", "join segment s on s.id = c.segment_id", false);

        // Named one by one, so that the index finds their cells among all others.
        const string Join = "join segment s on s.id = -c.segment_id";
        return filters.Length > 0
            ? new(all[0], $"c.segment_id = any(array(select -p.id from segment p where p.part = @part and p.id in ({Segment.Chosen})))", Join, false)
            : new(all[0], $"c.segment_id = any(array(select -p.id from segment p where p.part = @part union all select {Segment.All}))", Join, true);
    }

    /// <summary>The labels of a cell's segment, and with what sign they count: what no part has is all less every part.</summary>
    public string Told(string? label, string? other) => $"""
        cross join lateral (
            select {Segment.Sql(label, "@name")} as segment, {Segment.Sql(other, "@axis")} as value, 1 as sign
            {(LeavesSome ? $"union all select null, null, -1 where s.id <> {Segment.All}" : "")}
        ) told
        """;

    static IEnumerable<string> FiltersOf(Selection selection)
    {
        foreach (string name in selection.Segment.Keys) yield return Segment.AttributePrefix + name;
        if (selection.Language is not null) yield return "language";
        if (selection.Channel is not null) yield return "channel";
    }
}
