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
/// may differ by a day), what different attributes have in common by chance, what the two countings of one selection differ by, and what
/// several subtractions in a row may tell: it holds for one group less another, and for a whole less the told parts of one split.
/// </summary>
/// <remarks>
/// Each filter costs one more sum over cells, shared by all rows and blocks of a page; a page without filters costs none. Of customers these sums
/// say how many answers without a name a wider group has more; only where these are not enough the named ones are looked for, as far as the minimum.
/// </remarks>
internal sealed class Guard(GuardSums sums, ScoreCatalog catalog, MetricDefinition definition, Selection asked, GuardedGroups groups, LineChoice lines)
{
    /// <summary>Filters that leave nothing out are looked through so often; what is beyond is withheld.</summary>
    const int MostSelections = 32;

    readonly Dictionary<string, bool[]> judged = [];
    readonly int minimumN = catalog.Organisation.MinimumN;

    /// <summary>False for a line that is told by itself only: no wider request has it among other questions.</summary>
    public bool IsPooled { get; init; } = true;

    /// <returns>For each group of the page whether it is withheld for what it would reveal; small groups themselves are the caller's to withhold.</returns>
    public Task<bool[]> JudgeAsync(CancellationToken ct) => HasEnough() ? JudgeAsync(asked, ct) : Task.FromResult(new bool[groups.Count]);

    /// <summary>Where every group is small there is nothing to judge.</summary>
    bool HasEnough()
    {
        var n = new long[groups.Count];
        foreach (var cell in groups.Cells.Where(IsOfTheDefinition))
            foreach (var group in groups.Of(cell)) n[group] += cell.Count;
        return minimumN > 1 && n.Any(count => count >= minimumN);
    }

    async Task<bool[]> JudgeAsync(Selection selection, CancellationToken ct)
    {
        var verdicts = new bool[groups.Count];
        if (judged.TryGetValue(KeyOf(selection), out var known)) return known;
        if (judged.Count >= MostSelections) return [.. verdicts.Select(_ => true)];

        judged[KeyOf(selection)] = verdicts;
        foreach (var axis in Axis.Of(selection, groups, catalog).Where(axis => IsPooled || !axis.IsQuestions)) await JudgeAsync(axis, selection, verdicts, ct);
        return verdicts;
    }

    async Task JudgeAsync(Axis axis, Selection selection, bool[] verdicts, CancellationToken ct)
    {
        var tallies = axis.IsOwn && selection == asked
            ? [.. groups.Cells.Where(IsOfTheDefinition).Select(GuardTally.Of)]
            : OfTheLines(await sums.ReadAsync(new Scope(catalog, axis.Without, groups.By), groups.By, axis.ValueOf, axis.IsTime, definition.Key, ct));
        var seen = GroupsOnAxis.Of(axis, selection, groups, tallies);
        var splits = new NestedSplits();
        for (var group = 0; group < groups.Count; group++)
            if (seen[group] is { } own && own.N >= minimumN) verdicts[group] |= new Nesting(own.Parts, axis.MakesRows ? splits : null).Reveals(minimumN);

        for (var i = 0; i < axis.Coarser.Count; i++)
        {
            var left = seen.Select(own => own?.N >= minimumN ? own.LeftOf(i) : (long?)null).ToArray();
            if (groups.Counting == Counting.Customers) await CountCustomersAsync(left, seen, axis, selection, i, ct);
            bool[] same = [.. left.Select(n => n == 0)];
            for (var group = 0; group < groups.Count; group++) verdicts[group] |= groups.Counting == Counting.Customers && left[group] is > 0 and var n && n < minimumN;
            if (!same.Contains(true)) continue;
            var fate = await JudgeAsync(axis.Coarser[i].Selection, ct);
            for (var group = 0; group < groups.Count; group++) verdicts[group] |= same[group] && fate[group];
        }
    }

    /// <summary>Of answers makes people: who has no name is one each; the others may have answered in the selection as well.</summary>
    async Task CountCustomersAsync(long?[] left, GroupOnAxis?[] seen, Axis axis, Selection selection, int coarser, CancellationToken ct)
    {
        var (pairs, rows) = (new List<LeftPair>(), new Dictionary<int, LeftRow>());
        for (var group = 0; group < groups.Count; group++)
        {
            if (left[group] is not > 0) continue;
            left[group] = seen[group]!.AnonymousLeftOf(coarser);
            if (left[group] >= minimumN) continue;
            var wider = seen[group]!.Mine.Where(m => axis.Coarser[coarser].Has(m.Tally)).ToList();
            rows[group] = groups.RowOf([.. wider.Select(m => m.Tally)]);
            pairs.AddRange(wider.GroupBy(m => (m.Tally.QuestionId, m.Tally.PlaceId)).Select(p => new LeftPair(group, p.Key.QuestionId, p.Key.PlaceId, LineOf(p.Key.QuestionId), axis.IsTime || axis.ValueOf is not null || p.Any(m => m.IsInside))));
        }
        foreach (var (group, customers) in await sums.Customers.CountAsync(catalog, selection, axis.Coarser[coarser].Selection, groups.By, pairs, rows, minimumN, ct)) left[group] += customers;
    }

    // The first question of a line stands for it.
    int LineOf(int questionId)
    {
        var line = catalog.Question(questionId).Line;
        return catalog.Questions.First(q => q.Line == line).Id;
    }

    // Two lines of a question are never in one number: what is wider has the same ones, and of more questions their newest.
    List<GuardTally> OfTheLines(IReadOnlyList<GuardTally> tallies)
    {
        var questions = tallies.Select(t => t.QuestionId).ToHashSet();
        var choice = lines.Widened(questions.Select(q => (q, true)));
        questions.RemoveWhere(q => !choice.Has(q));
        return [.. tallies.Where(t => questions.Contains(t.QuestionId))];
    }

    bool IsOfTheDefinition(Tally tally) => tally.Answered && catalog.Question(tally.QuestionId).MetricKey == definition.Key;

    internal static string KeyOf(Selection s) => string.Join('\u0001',
        [s.Question, s.Survey, s.Touchpoint, s.Stage, s.Asked?.ToString(), s.Language, s.Channel, Text(s.From), Text(s.To), .. s.Segment.OrderBy(a => a.Key, StringComparer.Ordinal).SelectMany(a => (string[])[a.Key, a.Value])]);

    static string? Text(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture);
}
