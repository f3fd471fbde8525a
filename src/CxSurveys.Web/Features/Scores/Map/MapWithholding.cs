using CxSurveys.Scoring;

namespace CxSurveys.Web.Features.Scores.Map;

/// <summary>
/// What the map withholds. It shows touchpoints, the pooled stages they add up to, and the pool of all: a small touchpoint
/// must not come out of any of these sums.
/// </summary>
internal sealed record MapWithholding(IReadOnlyList<IReadOnlyList<bool>> Touchpoints, IReadOnlyList<bool> Stages, bool Total)
{
    /// <param name="stages">For each stage the answers of its touchpoints.</param>
    public static MapWithholding Decide(IReadOnlyList<long[]> stages, int minimumN)
    {
        var touchpoints = stages.Select(n => Withholding.Withhold(n, minimumN).ToArray()).ToArray();
        var sums = stages.Select(n => n.Sum()).ToArray();
        var hidden = stages.Select((n, i) => sums[i] > 0 && Withholding.WithholdTotal(n, sums[i], minimumN)).ToArray();
        var total = sums.Sum();

        // A hidden stage is what the shown ones leave of the total: a second one, with its smallest touchpoint, hides it.
        foreach (var neighbour in Enumerable.Range(0, stages.Count).Where(i => sums[i] > 0 && !hidden[i]).OrderBy(i => sums[i]).ToArray())
        {
            if (!hidden.Contains(true) || Unseen(stages, touchpoints, hidden) is { Stages: > 1 } unseen && unseen.Answers >= minimumN) break;
            hidden[neighbour] = true;
            if (!touchpoints[neighbour].Contains(true)) touchpoints[neighbour][Smallest(stages[neighbour])] = true;
        }

        var left = Unseen(stages, touchpoints, hidden);
        var revealing = hidden.Contains(true) && (left.Stages < 2 || left.Answers < minimumN);
        return new(touchpoints, hidden, total > 0 && (total < minimumN || revealing));
    }

    static (int Stages, long Answers) Unseen(IReadOnlyList<long[]> stages, bool[][] touchpoints, bool[] hidden)
    {
        var answers = Enumerable.Range(0, stages.Count).Where(i => hidden[i]).Select(i => stages[i].Where((_, j) => touchpoints[i][j]).Sum()).ToList();
        return (answers.Count, answers.Sum());
    }

    static int Smallest(long[] n) => Enumerable.Range(0, n.Length).Where(i => n[i] > 0).MinBy(i => n[i]);
}
