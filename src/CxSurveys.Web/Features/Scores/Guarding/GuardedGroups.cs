namespace CxSurveys.Web.Features.Scores.Guarding;

/// <summary>The groups of answers that one page or answer tells side by side: its rows, sums of them, its total.</summary>
/// <param name="By">What a tally must carry for <paramref name="Of"/> to say its groups, beside question and place.</param>
/// <param name="Count">How many groups there are.</param>
/// <param name="Of">The groups that a tally of the selection belongs to, 0 for the first.</param>
/// <param name="CustomersAsync">With <c>counting=customers</c>: how many answers each group has in another selection; else null.</param>
internal sealed record GuardedGroups(Grouping By, int Count, Func<Tally, IEnumerable<int>> Of, Func<Selection, CancellationToken, Task<long[]>>? CustomersAsync)
{
    /// <summary>The cells of the selection, where they need not be read again.</summary>
    public required IReadOnlyList<Tally> Cells { get; init; }

    /// <summary>What <see cref="CustomersAsync"/> would say of the selection itself, where it is known.</summary>
    public long[]? OwnCustomers { get; init; }

    /// <summary>True when the groups are told apart by place.</summary>
    public bool ByPlace { get; init; } = By.By is GroupBy.Touchpoint or GroupBy.Stage;

    public bool ByQuestion => By.By == GroupBy.Question;

    public bool ByTime => By.By is GroupBy.Week or GroupBy.Month;

    /// <summary>The rows of a table, and after them its total.</summary>
    public static GuardedGroups OfTable(Grouping by, IReadOnlyList<object> slots, Func<Tally, object?> slotOf, IReadOnlyList<Tally> cells, Func<Selection, CancellationToken, Task<Counts>>? customers, Counts? own = null)
    {
        var index = slots.Select((slot, i) => (slot, i)).ToDictionary(s => s.slot, s => s.i);
        int? RowOf(Tally tally) => slotOf(tally) is { } slot && index.TryGetValue(slot, out var row) ? row : null;

        async Task<long[]> CountAsync(Selection selection, CancellationToken ct) => CountsOf(await customers!(selection, ct));

        long[] CountsOf(Counts counts)
        {
            var n = new long[slots.Count + 1];
            foreach (var tally in counts.Rows)
                if (tally.Answered && RowOf(tally) is { } row) n[row] += tally.Count;
            n[^1] = counts.Total.Where(t => t.Answered).Sum(t => t.Count);
            return n;
        }

        return new(by, slots.Count + 1, tally => RowOf(tally) is { } row ? [row, slots.Count] : [slots.Count], customers is null ? null : CountAsync) { Cells = cells, OwnCustomers = own is null ? null : CountsOf(own) };
    }
}
