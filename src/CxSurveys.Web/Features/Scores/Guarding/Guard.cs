using System.Globalization;
using CxSurveys.Scoring;

namespace CxSurveys.Web.Features.Scores.Guarding;

/// <summary>
/// Which groups of answers must not be told because another group that anybody may ask for, less this one, is fewer than the minimum.
/// The rule: a group is told only when it, and what it leaves of every group that is one filter wider, are no answers or at least the
/// minimum; and when it is not the neighbour that hides a small row of such a wider group (the smallest told rows join those that are
/// withheld until these have the minimum together). A filter that leaves nothing out makes no other group: it shares the fate of the
/// one without it. So whatever is told inside of something else that is told leaves nothing or enough, however many filters lie between.
/// It looks at places, questions, attributes, and whole weeks and months. What it does not look at: windows of other dates (two of them
/// may differ by a day), what different attributes have in common by chance, and what the two countings of one selection differ by.
/// </summary>
/// <remarks>Each filter costs one more sum over cells, shared by all rows and blocks of a page; a page without filters costs none.</remarks>
internal sealed class Guard(GuardSums sums, ScoreCatalog catalog, MetricDefinition definition, Selection asked, GuardedGroups groups, LineChoice lines)
{
    /// <summary>Filters that leave nothing out are looked through so often; what is beyond is withheld.</summary>
    const int MostSelections = 32;

    readonly Dictionary<string, bool[]> judged = [];
    readonly Dictionary<string, long[]> customersOf = [];
    readonly int minimumN = catalog.Organisation.MinimumN;

    /// <summary>False for a line that is told by itself only: no wider request has it among other questions.</summary>
    public bool IsPooled { get; init; } = true;

    /// <returns>For each group of the page whether it is withheld for what it would reveal; small groups themselves are the caller's to withhold.</returns>
    public Task<bool[]> JudgeAsync(CancellationToken ct) => JudgeAsync(asked, ct);

    async Task<bool[]> JudgeAsync(Selection selection, CancellationToken ct)
    {
        var verdicts = new bool[groups.Count];
        if (minimumN <= 1) return verdicts;
        if (judged.TryGetValue(KeyOf(selection), out var known)) return known;
        if (judged.Count >= MostSelections) return [.. verdicts.Select(_ => true)];

        judged[KeyOf(selection)] = verdicts;
        var customers = groups.CustomersAsync is null ? null : await CustomersAsync(selection, ct);
        foreach (var axis in Axis.Of(selection, groups, catalog).Where(axis => IsPooled || !axis.IsQuestions)) await JudgeAsync(axis, selection, customers, verdicts, ct);
        return verdicts;
    }

    async Task JudgeAsync(Axis axis, Selection selection, long[]? customers, bool[] verdicts, CancellationToken ct)
    {
        var tallies = axis.IsOwn && selection == asked
            ? [.. groups.Cells.Where(IsOfTheDefinition).Select(GuardTally.Of)]
            : OfTheLines(await sums.ReadAsync(new Scope(catalog, axis.Without, groups.By), groups.By, axis.ValueOf, axis.IsTime, definition.Key, ct));
        var byGroup = Parts(axis, selection, tallies);
        for (var group = 0; group < groups.Count; group++)
            if (byGroup[group] is { } parts && parts.N >= minimumN) verdicts[group] |= new Nesting(parts.Nested).Reveals(minimumN);

        foreach (var coarser in axis.Coarser)
        {
            bool[] same = [.. byGroup.Select(parts => parts is { N: > 0 } && parts.CountOf(coarser) == parts.N)];
            if (customers is not null)
            {
                var wider = await CustomersAsync(coarser.Selection, ct);
                for (var group = 0; group < groups.Count; group++)
                {
                    verdicts[group] |= customers[group] > 0 && wider[group] - customers[group] is var left && left > 0 && left < minimumN;
                    same[group] |= customers[group] > 0 && wider[group] == customers[group];
                }
            }
            if (!same.Contains(true)) continue;
            var fate = await JudgeAsync(coarser.Selection, ct);
            for (var group = 0; group < groups.Count; group++) verdicts[group] |= same[group] && fate[group];
        }
    }

    // Each costs as the selection itself does when it is counted.
    async Task<long[]> CustomersAsync(Selection selection, CancellationToken ct)
    {
        if (!customersOf.TryGetValue(KeyOf(selection), out var known))
            customersOf[KeyOf(selection)] = known = selection == asked && groups.OwnCustomers is { } own ? own : await groups.CustomersAsync!(selection, ct);
        return known;
    }

    sealed record GroupParts(List<(GuardTally Tally, NestedPart Part, bool Mine)> All)
    {
        public IReadOnlyList<NestedPart> Nested => [.. All.Select(a => a.Part)];
        public long N => All.Where(a => a.Part.IsMember).Sum(a => a.Part.N);
        public long CountOf(Coarser coarser) => All.Where(a => a.Mine && coarser.Has(a.Tally)).Sum(a => a.Part.N);
    }

    /// <summary>Null for a group that the axis does not judge.</summary>
    GroupParts?[] Parts(Axis axis, Selection selection, List<GuardTally> tallies)
    {
        GroupParts?[] parts = [.. Enumerable.Range(0, groups.Count).Select(_ => new GroupParts([]))];
        foreach (var tally in tallies)
        {
            var (labels, inside, mine) = (axis.Labels(tally), axis.Has(tally), groups.Of(tally.Tally).ToHashSet());
            foreach (var group in axis.MakesRows ? Enumerable.Range(0, groups.Count) : mine)
                parts[group]?.All.Add((tally, new(labels, tally.Count, inside && mine.Contains(group)), mine.Contains(group)));
            if (!axis.IsTime || !Calendar.Cuts(selection, tally)) continue;
            foreach (var group in mine) parts[group] = null;
        }
        if (axis.IsTime && !Calendar.IsWeek(selection) && !Calendar.IsMonth(selection))
            for (var group = 0; group < groups.Count; group++)
                if (parts[group] is { } own && own.All.Where(a => a.Part.IsMember).Select(a => (a.Tally.Period, 0)).Distinct().Count() != 1) parts[group] = null;
        return parts;
    }

    // Two lines of a question are never in one number: what is wider has the same ones, and of more questions their newest.
    List<GuardTally> OfTheLines(IReadOnlyList<GuardTally> tallies)
    {
        var choice = lines.Widened(tallies.Select(t => (t.QuestionId, true)));
        return [.. tallies.Where(t => choice.Has(t.QuestionId))];
    }

    bool IsOfTheDefinition(Tally tally) => tally.Answered && catalog.Question(tally.QuestionId).MetricKey == definition.Key;

    internal static string KeyOf(Selection s) => string.Join('\u0001',
        [s.Question, s.Survey, s.Touchpoint, s.Stage, s.Asked?.ToString(), s.Language, s.Channel, Text(s.From), Text(s.To), .. s.Segment.OrderBy(a => a.Key, StringComparer.Ordinal).SelectMany(a => (string[])[a.Key, a.Value])]);

    static string? Text(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture);
}
