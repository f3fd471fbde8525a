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
        bool Withheld(Func<int, int, bool> isMember)
        {
            var group = new Nesting([.. stages.SelectMany((n, i) => n.Select((count, j) => new NestedPart([i, (i, j)], count, isMember(i, j))))]);
            return (group.N > 0 && group.N < minimumN) || group.Reveals(minimumN);
        }

        return new(
            [.. stages.Select((n, i) => n.Select((_, j) => Withheld((stage, touchpoint) => (stage, touchpoint) == (i, j))).ToArray())],
            [.. stages.Select((_, i) => Withheld((stage, _) => stage == i))],
            Withheld((_, _) => true));
    }
}
