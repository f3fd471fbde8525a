using System.Globalization;
using System.Runtime.InteropServices;
using CxSurveys.Scoring;

namespace CxSurveys.Web.Features.Scores.Guarding;

/// <summary>How a group of a page lies on one axis.</summary>
/// <param name="N">Its answers.</param>
/// <param name="Parts">All that differs from it on this axis only, and itself.</param>
/// <param name="Mine">What would be in it if the selection were as wide as the axis goes.</param>
/// <param name="Left">For each wider selection, what it has more: answers, and those without a name.</param>
internal sealed record GroupOnAxis(long N, IReadOnlyList<NestedPart> Parts, IReadOnlyList<(GuardTally Tally, bool IsInside)> Mine, IReadOnlyList<(long Answers, long Anonymous)> Left)
{
    public long LeftOf(int coarser) => Left[coarser].Answers;

    public long AnonymousLeftOf(int coarser) => Left[coarser].Anonymous;
}

/// <summary>Lays the groups of a page on an axis.</summary>
internal static class GroupsOnAxis
{
    sealed record Lying(GuardTally Tally, int Label, bool IsInside);

    /// <returns>Null for a group that the axis does not judge.</returns>
    public static GroupOnAxis?[] Of(Axis axis, Selection selection, GuardedGroups groups, IReadOnlyList<GuardTally> tallies)
    {
        var (labels, groupsOf) = (new Labels(axis), new Dictionary<(int, int, DateOnly?, string?), int[]>());
        var mine = new List<Lying>[groups.Count];
        for (var group = 0; group < groups.Count; group++) mine[group] = [];
        List<Lying> lying = new(tallies.Count);
        foreach (var tally in tallies)
        {
            ref var own = ref CollectionsMarshal.GetValueRefOrAddDefault(groupsOf, (tally.QuestionId, tally.PlaceId, tally.Period, tally.Segment), out _);
            own ??= [.. groups.Of(tally.Tally).Distinct()];
            var (label, isInside) = labels.Of(tally);
            var one = new Lying(tally, label, isInside);
            lying.Add(one);
            foreach (var group in own) mine[group].Add(one);
        }
        var all = new long[labels.Count];
        foreach (var one in lying) all[one.Label] += one.Tally.Count;

        return [.. mine.Select(own => IsJudged(axis, selection, own) ? Of(axis, own, labels, all) : null)];
    }

    // A window that cuts a week or month is none of the calendar's pieces; nor is one of several rows of it.
    static bool IsJudged(Axis axis, Selection selection, List<Lying> own)
    {
        if (!axis.IsTime) return true;
        if (own.Exists(one => Calendar.Cuts(selection, one.Tally))) return false;
        return Calendar.IsWeek(selection) || Calendar.IsMonth(selection) || own.Where(one => one.IsInside).Select(one => one.Tally.Period).Distinct().Take(2).Count() == 1;
    }

    static GroupOnAxis Of(Axis axis, List<Lying> own, Labels labels, long[] all)
    {
        var (members, rest) = (new long[labels.Count], axis.MakesRows ? [.. all] : new long[labels.Count]);
        var left = new (long Answers, long Anonymous)[axis.Coarser.Count];
        foreach (var (tally, label, isInside) in own)
        {
            if (isInside) members[label] += tally.Count;
            if (isInside == axis.MakesRows) rest[label] += isInside ? -tally.Count : tally.Count;
            if (isInside) continue;
            for (var i = 0; i < left.Length; i++)
                if (axis.Coarser[i].Has(tally)) left[i] = (left[i].Answers + tally.Count, left[i].Anonymous + tally.Count - tally.Named);
        }
        List<NestedPart> parts = [];
        for (var label = 0; label < labels.Count; label++)
        {
            if (members[label] > 0) parts.Add(new(labels[label], members[label], true));
            if (rest[label] > 0) parts.Add(new(labels[label], rest[label], false));
        }
        return new(members.Sum(), parts, [.. own.Select(one => (one.Tally, one.IsInside))], left);
    }

    /// <summary>Numbers for where tallies lie, the same for the same labels, and whether the selection has what lies there.</summary>
    sealed class Labels(Axis axis)
    {
        readonly Dictionary<(int, int, string?, DateOnly?, DateOnly?), (int Label, bool IsInside)> found = [];
        readonly Dictionary<string, int> numbers = [];
        readonly List<object?[]> all = [];

        public int Count => all.Count;

        public object?[] this[int number] => all[number];

        public (int Label, bool IsInside) Of(GuardTally tally)
        {
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(found, (tally.QuestionId, tally.PlaceId, tally.Value, tally.Week, tally.Month), out var isKnown);
            if (!isKnown) known = (Number(axis.Labels(tally)), axis.Has(tally));
            return known;
        }

        int Number(object?[] labels)
        {
            string key = string.Join('\u0001', labels.Select(label => label is null ? "\u0002" : Convert.ToString(label, CultureInfo.InvariantCulture)));
            if (numbers.TryGetValue(key, out var number)) return number;
            all.Add(labels);
            return numbers[key] = all.Count - 1;
        }
    }
}
