using CxSurveys.Web.Features.Scores.Map;

namespace CxSurveys.Web.Tests.Scores;

public sealed class MapWithholdingTests
{
    public static TheoryData<string, long[][], int> Maps => new()
    {
        { "a small touchpoint takes a neighbour of its stage", [[4, 50, 70], [30]], 5 },
        { "a stage of one small touchpoint takes the smallest other stage", [[4], [30, 40], [90]], 5 },
        { "two small stages hide each other", [[4], [3], [90, 20]], 5 },
        { "everything is small", [[1], [2]], 5 },
        { "nothing is small", [[5, 6], [7]], 5 },
        { "no answers", [[0, 0], []], 5 },
    };

    [Theory, MemberData(nameof(Maps))]
    public void Nothing_small_comes_out_of_the_sums_of_the_map(string why, long[][] stages, int minimumN)
    {
        var decided = MapWithholding.Decide(stages, minimumN);
        var unseenInHiddenStages = (Groups: 0, N: 0L);
        for (var i = 0; i < stages.Length; i++)
        {
            var hidden = stages[i].Where((_, j) => decided.Touchpoints[i][j]).ToList();
            Assert.All(stages[i].Index(), t => Assert.True(t.Item is 0 || t.Item >= minimumN || decided.Touchpoints[i][t.Index], why));
            if (decided.Stages[i]) unseenInHiddenStages = (unseenInHiddenStages.Groups + 1, unseenInHiddenStages.N + hidden.Sum());
            else Assert.True(hidden.Count == 0 || (hidden.Count > 1 && hidden.Sum() >= minimumN), why);
        }
        var sums = unseenInHiddenStages;
        Assert.True(decided.Total || sums.Groups == 0 || (sums.Groups > 1 && sums.N >= minimumN), why);
        Assert.Equal(stages.All(s => s.All(n => n == 0 || n >= minimumN)), !decided.Total && decided.Stages.All(s => !s) && decided.Touchpoints.All(t => t.All(w => !w)));
    }
}
