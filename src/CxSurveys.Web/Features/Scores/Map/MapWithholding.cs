using CxSurveys.Scoring;

namespace CxSurveys.Web.Features.Scores.Map;

/// <summary>
/// What the map withholds. It shows touchpoints, the pooled stages they add up to, and the pool of all: a small touchpoint
/// must not come out of any of these sums.
/// </summary>
internal sealed record MapWithholding(IReadOnlyList<IReadOnlyList<bool>> Touchpoints, IReadOnlyList<bool> Stages, bool Total)
{
    /// <param name="stages">For each stage the answers of its touchpoints.</param>
    /// <param name="minimumN">From how many answers on a score is shown.</param>
    /// <param name="already">What is withheld whatever its neighbours are; null = nothing.</param>
    public static MapWithholding Decide(IReadOnlyList<long[]> stages, int minimumN, MapWithholding? already = null)
    {
        bool Withheld(Func<int, int, bool> isMember)
        {
            var group = new Nesting([.. stages.SelectMany((n, i) => n.Select((count, j) => new NestedPart([i, (i, j)], count, isMember(i, j))))]);
            return (group.N > 0 && group.N < minimumN) || group.Reveals(minimumN);
        }

        var alone = new MapWithholding(
            [.. stages.Select((n, i) => n.Select((_, j) => Withheld((stage, touchpoint) => (stage, touchpoint) == (i, j))).ToArray())],
            [.. stages.Select((_, i) => Withheld((stage, _) => stage == i))],
            Withheld((_, _) => true));
        return already is null ? alone : alone.With(already, stages, minimumN);
    }

    /// <summary>Rows that are withheld take neighbours along, until what is unseen in a sum is enough; else the sum goes too.</summary>
    MapWithholding With(MapWithholding already, IReadOnlyList<long[]> n, int minimumN)
    {
        List<bool[]> rows = [.. n.Select((_, i) => Touchpoints[i].Zip(already.Touchpoints[i], (one, other) => one || other).ToArray())];
        long[] sums = [.. n.Select(row => row.Sum())];
        bool[] stages = [.. sums.Select((sum, i) => Stages[i] || already.Stages[i] || Withholding.WithholdTotal(n[i], rows[i], sum, minimumN))];
        return new(
            [.. n.Select((row, i) => Withholding.Withhold(row, rows[i], minimumN))],
            Withholding.Withhold(sums, stages, minimumN),
            Total || already.Total || Withholding.WithholdTotal(sums, stages, sums.Sum(), minimumN));
    }
}
