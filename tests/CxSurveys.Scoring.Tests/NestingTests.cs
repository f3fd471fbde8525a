namespace CxSurveys.Scoring.Tests;

/// <summary>Stages and their touchpoints: what may be told of each without telling a small one.</summary>
public sealed class NestingTests
{
    const int MinimumN = 5;

    public static TheoryData<string, long[][], string> Journeys => new()
    {   // touchpoints by stage, withheld ones x; then the stages; then all
        { "nothing small", [[5, 6], [7]], ".. .|..|." },
        { "a small one takes a neighbour of its stage, and that is enough for all", [[4, 50, 70], [30]], "xx. .|..|." },
        { "alone in its stage it takes another stage, and of that the smallest part", [[4], [30, 40], [90]], "x x. .|xx.|." },
        { "two of them hide each other", [[4], [3], [90, 20]], "x x ..|xx.|." },
        { "a stage that is all but a few answers", [[3], [90]], "x x|xx|." },
        { "everything is small", [[1], [2]], "x x|xx|x" },
        { "no answers", [[0, 0], [0]], ".. .|..|." },
    };

    [Theory, MemberData(nameof(Journeys))]
    public void Neighbours_and_wider_groups_hide_a_small_one(string why, long[][] stages, string expected)
    {
        var touchpoints = string.Join(' ', stages.Select((n, i) => string.Concat(n.Select((_, j) => Mark(stages, (s, t) => (s, t) == (i, j))))));
        var pooled = string.Concat(stages.Select((_, i) => Mark(stages, (s, _) => s == i)));
        Assert.True(expected == $"{touchpoints}|{pooled}|{Mark(stages, (_, _) => true)}", $"{why}: {touchpoints}|{pooled}|{Mark(stages, (_, _) => true)}");
    }

    [Fact]
    public void A_group_that_is_all_of_a_wider_one_but_a_few_is_not_told()
    {
        NestedPart[] parts = [new(["a"], 40, true), new(["b"], 4, false)];
        Assert.True(new Nesting(parts).Reveals(MinimumN));
        Assert.False(new Nesting([parts[0], new(["b"], 5, false)]).Reveals(MinimumN));
        Assert.False(new Nesting([parts[0], new(["b"], 0, false)]).Reveals(MinimumN));
        Assert.False(new Nesting([new(["a"], 0, true), parts[1]]).Reveals(MinimumN));
    }

    static char Mark(long[][] stages, Func<int, int, bool> isMember)
    {
        var group = new Nesting([.. stages.SelectMany((n, i) => n.Select((count, j) => new NestedPart([i, (i, j)], count, isMember(i, j))))]);
        return (group.N is > 0 and < MinimumN) || group.Reveals(MinimumN) ? 'x' : '.';
    }
}
