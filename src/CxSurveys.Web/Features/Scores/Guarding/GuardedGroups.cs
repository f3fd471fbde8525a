namespace CxSurveys.Web.Features.Scores.Guarding;

/// <summary>The groups of answers that one page or answer tells side by side: its rows, sums of them, its total.</summary>
/// <param name="By">What a tally must carry for <paramref name="Of"/> to say its groups, beside question and place.</param>
/// <param name="Count">How many groups there are.</param>
/// <param name="Of">The groups that a tally of the selection belongs to, 0 for the first.</param>
/// <param name="Counting">What is counted.</param>
internal sealed record GuardedGroups(Grouping By, int Count, Func<Tally, IEnumerable<int>> Of, Counting Counting)
{
    /// <summary>The cells of the selection, where they need not be read again.</summary>
    public required IReadOnlyList<Tally> Cells { get; init; }

    /// <summary>True when the groups are told apart by place.</summary>
    public bool ByPlace { get; init; } = By.By is GroupBy.Touchpoint or GroupBy.Stage;

    public bool ByQuestion => By.By == GroupBy.Question;

    public bool ByTime => By.By is GroupBy.Week or GroupBy.Month;

    /// <summary>The rows of a table, and after them its total.</summary>
    public static GuardedGroups OfTable(Grouping by, IReadOnlyList<object> slots, Func<Tally, object?> slotOf, IReadOnlyList<Tally> cells, Counting counting)
    {
        var index = slots.Select((slot, i) => (slot, i)).ToDictionary(s => s.slot, s => s.i);
        return new(by, slots.Count + 1, tally => slotOf(tally) is { } slot && index.TryGetValue(slot, out var row) ? [row, slots.Count] : [slots.Count], counting) { Cells = cells };
    }

    /// <summary>The row that a group is, by what its tallies have in common.</summary>
    public LeftRow RowOf(IReadOnlyCollection<GuardTally> tallies)
    {
        var periods = tallies.Select(t => t.Period).Distinct().Take(2).ToList();
        var labels = tallies.Select(t => t.Segment).Distinct().Take(2).ToList();
        var (from, to) = By.TimeUnit is not null && periods is [{ } period] ? (period, EndOf(period)) : ((DateOnly?)null, (DateOnly?)null);
        return By.Attribute is not null && labels is [var label] ? new(from, to, true, label) : new(from, to, false, null);
    }

    DateOnly EndOf(DateOnly period) => By.By switch
    {
        GroupBy.Month => period.AddMonths(1),
        GroupBy.Week => period.AddDays(7),
        _ => period.AddDays(1),
    };
}
