namespace CxSurveys.Scoring;

/// <summary>Answers that are alike in one respect, such as place: where they lie on each of its levels.</summary>
/// <param name="Labels">One for each level, the coarsest first, such as stage and touchpoint; equal objects are the same label, <c>null</c> is one too.</param>
/// <param name="N">How many answers, 0 or more.</param>
/// <param name="IsMember">Whether they belong to the group that is judged.</param>
public sealed record NestedPart(IReadOnlyList<object?> Labels, long N, bool IsMember);

/// <summary>What was found out about answers while one group of them was judged: the next group among the same answers need not find it again.</summary>
public sealed class NestedSplits
{
    readonly Dictionary<string, HashSet<object>> withheld = [];

    internal HashSet<object> Withheld(string split, Func<HashSet<object>> find)
    {
        if (!withheld.TryGetValue(split, out var known)) withheld[split] = known = find();
        return known;
    }
}

/// <summary>
/// Whether a group of answers can be told without telling a smaller one: seen in one respect (places, weeks and months, the values
/// of an attribute), it lies in wider groups that are told as well, and beside others that are the rest of them.
/// </summary>
public sealed class Nesting
{
    readonly IReadOnlyList<NestedPart> parts;
    readonly NestedPart[] members;
    readonly int[] levels;
    readonly NestedSplits splits;

    /// <param name="parts">All answers that differ from the group in this respect only, and the group itself.</param>
    /// <param name="splits">Shared with other groups among the very same answers; null for a group alone.</param>
    public Nesting(IReadOnlyList<NestedPart> parts, NestedSplits? splits = null)
    {
        ArgumentNullException.ThrowIfNull(parts);
        this.parts = parts;
        this.splits = splits ?? new();
        members = [.. parts.Where(p => p.IsMember && p.N > 0)];
        levels = members.Length == 0 ? [] : [.. Enumerable.Range(0, members[0].Labels.Count).Where(level => members.All(m => Equals(m.Labels[level], members[0].Labels[level])))];
        N = members.Sum(m => m.N);
    }

    /// <summary>Answers of the group, 0 or more.</summary>
    public long N { get; }

    /// <summary>
    /// True when some wider group less this one leaves 1 to <paramref name="minimumN"/> - 1 answers, or when this one is the neighbour
    /// that is withheld to hide a small part of a wider group.
    /// </summary>
    /// <param name="minimumN">From how many answers on a score is shown, 1 or more.</param>
    /// <returns><c>false</c> for a group without answers: nothing can be taken from it.</returns>
    public bool Reveals(int minimumN)
    {
        if (N == 0) return false;
        // Where nothing that lies together is small, no row of any split is, and nobody has to hide one.
        bool anySmall = parts.GroupBy(p => p.Labels, SameLabels.Comparer).Any(together => Withholding.IsFew(together.Sum(p => p.N), minimumN));
        return Wider().Any(kept => Withholding.IsFew(NOf(kept) - N, minimumN) || (anySmall && HidesANeighbour(kept, minimumN)));
    }

    /// <summary>How many answers share with the group the labels of these levels; with none, how many there are at all.</summary>
    /// <param name="kept">Levels, 0 for the first; those on which the group itself differs do not narrow.</param>
    public long NOf(IReadOnlyCollection<int> kept) => Sharing(kept).Sum(p => p.N);

    IEnumerable<NestedPart> Sharing(IReadOnlyCollection<int> kept) =>
        parts.Where(p => kept.All(level => !levels.Contains(level) || Equals(p.Labels[level], members[0].Labels[level])));

    // The group may be a row of any split of a wider one: by a level that, with those kept, is exactly the group.
    bool HidesANeighbour(int[] kept, int minimumN) => levels.Except(kept).Any(by =>
        NOf([.. kept, by]) == N && splits.Withheld(KeyOf(kept, by, minimumN), () => Withheld([.. Sharing(kept)], by, AllLevels.Except(kept), minimumN)).Contains(LabelOf(members[0], by)));

    string KeyOf(int[] kept, int by, int minimumN) =>
        string.Join('\u0001', [.. kept.SelectMany(level => (object[])[level, LabelOf(members[0], level)]), "by", by, minimumN]);

    /// <summary>
    /// The labels whose rows are withheld where answers are split by a level. What is withheld among the parts of a coarser row
    /// is withheld here too; and of a coarser row that only hides a neighbour the smallest part is, or its parts would give it back.
    /// </summary>
    static HashSet<object> Withheld(IReadOnlyList<NestedPart> answers, int by, IEnumerable<int> levels, int minimumN)
    {
        int[] others = [.. levels.Where(level => level < by)];
        var rows = answers.GroupBy(p => LabelOf(p, by)).Select(row => (Label: row.Key, N: row.Sum(p => p.N))).Where(row => row.N > 0).ToList();
        var already = new HashSet<object>();
        foreach (var level in others)
        {
            var wider = Withheld(answers, level, others.Except([level]), minimumN);
            foreach (var row in answers.GroupBy(p => LabelOf(p, level)))
            {
                NestedPart[] inside = [.. row];
                var found = Withheld(inside, by, others.Except([level]), minimumN);
                if (found.Count == 0 && wider.Contains(row.Key) && Smallest(inside, by) is { } smallest) found.Add(smallest);
                already.UnionWith(found.Where(label => inside.Where(p => LabelOf(p, by).Equals(label)).Sum(p => p.N) == rows.First(r => r.Label.Equals(label)).N));
            }
        }
        var withheld = Withholding.Withhold([.. rows.Select(r => r.N)], [.. rows.Select(r => already.Contains(r.Label))], minimumN);
        return [.. rows.Where((_, i) => withheld[i]).Select(r => r.Label)];
    }

    static object? Smallest(IEnumerable<NestedPart> answers, int by) =>
        answers.Where(p => p.N > 0).GroupBy(p => LabelOf(p, by)).MinBy(row => row.Sum(p => p.N))?.Key;

    static object LabelOf(NestedPart part, int level) => part.Labels[level] ?? "";

    IEnumerable<int> AllLevels => Enumerable.Range(0, members[0].Labels.Count);

    IEnumerable<int[]> Wider() => Enumerable.Range(0, 1 << levels.Length).Select(mask => levels.Where((_, i) => (mask & (1 << i)) != 0).ToArray());

    sealed class SameLabels : IEqualityComparer<IReadOnlyList<object?>>
    {
        public static readonly SameLabels Comparer = new();

        public bool Equals(IReadOnlyList<object?>? x, IReadOnlyList<object?>? y) => x!.SequenceEqual(y!);

        public int GetHashCode(IReadOnlyList<object?> labels)
        {
            var hash = new HashCode();
            foreach (var label in labels) hash.Add(label);
            return hash.ToHashCode();
        }
    }
}
