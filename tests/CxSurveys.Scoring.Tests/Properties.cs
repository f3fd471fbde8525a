using FsCheck;
using FsCheck.Xunit;

namespace CxSurveys.Scoring.Tests;

[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 300, QuietOnSuccess = true)]
public sealed class Properties
{
    [Property]
    public void A_key_is_read_back_as_the_same_definition(MetricDefinition definition) =>
        Assert.Equal(definition, MetricDefinition.Parse(definition.Key));

    [Property]
    public void Answers_added_in_any_order_and_grouping_score_the_same(Answered answered)
    {
        var (definition, a, b, c) = answered;
        var score = Score.Of(definition, a + b + c);
        Assert.Equal(score, Score.Of(definition, a + (b + c)));
        Assert.Equal(score, Score.Of(definition, c + b + a));
        Assert.Equal(score, Score.Of(definition, RollUp.Pool([b, a, c])));
    }

    [Property]
    public void Every_figure_of_a_score_keeps_its_bounds(Answered answered)
    {
        var (definition, answers) = (answered.Definition, answered.A);
        var score = Score.Of(definition, answers);
        Assert.Equal(answers.N == 0, score.Value is null);
        if (score.Value is not { } value)
            return;

        var (lowest, highest) = Range(definition);
        Assert.InRange(value, lowest, highest);
        Assert.InRange(score.Mean!.Value, definition.Min, definition.Max);
        Assert.InRange((score.PositiveShare ?? 0) + (score.NegativeShare ?? 0), 0, 1 + 1e-15);
        if (score.Low is not { } low || score.High is not { } high)
        {
            Assert.True(definition.Statistic == Statistic.Mean && answers.N == 1);
            return;
        }
        Assert.True(low <= high);
        Assert.True(score.StandardError >= 0);
        if (definition.Statistic != Statistic.NetPercent)
            Assert.InRange(value, low, high);
        if (definition.Statistic != Statistic.Mean)
            Assert.True(lowest <= low && high <= highest);
    }

    [Property]
    public void A_higher_level_never_gives_a_narrower_interval(Answered answered)
    {
        var (narrow, wide) = (Score.Of(answered.Definition, answered.A, 0.8), Score.Of(answered.Definition, answered.A, 0.99));
        Assert.True(narrow.Low is null || (wide.Low <= narrow.Low && narrow.High <= wide.High));
    }

    [Property]
    public void Swapping_promoters_and_detractors_turns_an_NPS_around(Answered answered)
    {
        var nps = MetricDefinition.Create(MetricKind.Nps);
        var (positives, negatives) = (answered.A.N, answered.B.N);
        var here = Score.Of(nps, Three(negatives, answered.C.N, positives));
        var there = Score.Of(nps, Three(positives, answered.C.N, negatives));

        Assert.Equal(-here.Value, there.Value);
        Near(-here.Low, there.High);
        Near(-here.High, there.Low);
        Assert.Equal(here.StandardError, there.StandardError);
        Assert.Equal(here.PositiveShare, there.NegativeShare);
    }

    [Property]
    public void Swapping_the_sides_turns_a_comparison_around(Answered answered)
    {
        var here = Comparison.Of(answered.Definition, answered.A, answered.B);
        var there = Comparison.Of(answered.Definition, answered.B, answered.A);

        Near(-here.Difference, there.Difference);
        Near(-here.Low, there.High);
        Near(-here.High, there.Low);
        Near(-here.Statistic, there.Statistic);
        Near(here.PValue, there.PValue);
        Near(here.SmallestDetectable, there.SmallestDetectable);
        Assert.Equal(here.Verdict is { } verdict ? (Verdict)(2 - (int)verdict) : null, there.Verdict);
    }

    [Property]
    public void A_verdict_needs_interval_and_test(Answered answered)
    {
        var compared = Comparison.Of(answered.Definition, answered.A, answered.B);
        Assert.Equal(compared.Low is null, compared.Verdict is null);
        Assert.True(compared.PValue is null or (>= 0 and <= 1));
        if (compared.Verdict is null or Verdict.NotDistinguishable)
            return;
        Assert.True(compared.PValue < 0.05);
        Assert.True(compared.Verdict == Verdict.Higher ? compared.Low > 0 : compared.High < 0);
    }

    [Property]
    public void Reversing_a_scale_with_its_direction_keeps_the_shares(Answered answered)
    {
        var (definition, answers) = (answered.Definition, answered.A);
        if (definition.Kind == MetricKind.Nps)
            return;
        var turned = MetricDefinition.Create(
            definition.Kind,
            definition.Min,
            definition.Max,
            definition.Direction == Direction.Higher ? Direction.Lower : Direction.Higher,
            definition.Kind == MetricKind.Rating ? definition.Positive.Select(Mirrored) : null,
            definition.Kind == MetricKind.Rating ? definition.Negative.Select(Mirrored) : null);
        var here = Score.Of(definition, answers);
        var there = Score.Of(turned, new Histogram(
            definition.Min, definition.Max, answers.Counts.Select(c => KeyValuePair.Create(Mirrored(c.Key), c.Value))));

        Assert.Equal((here.PositiveShare, here.NegativeShare), (there.PositiveShare, there.NegativeShare));
        Assert.Equal(here.StandardError, there.StandardError);
        Near(definition.Min + definition.Max - here.Mean, there.Mean);

        int Mirrored(int value) => definition.Min + definition.Max - value;
    }

    [Property]
    public void The_rest_of_a_share_has_the_mirrored_Wilson_interval(Answered answered)
    {
        var (positives, rest) = (answered.A.N, answered.B.N);
        if (WilsonInterval.Of(positives, positives + rest) is not { } here)
            return;
        var there = WilsonInterval.Of(rest, positives + rest)!.Value;
        Near(1 - here.High, there.Low);
        Near(1 - here.Low, there.High);
    }

    [Property]
    public void Holm_never_lowers_a_p_value_nor_changes_their_order(PValues given)
    {
        var adjusted = Holm.Adjust(given.P);
        Assert.Equal(given.P.Length, adjusted.Count);
        for (var i = 0; i < adjusted.Count; i++)
        {
            Assert.InRange(adjusted[i], given.P[i], 1);
            Assert.True(adjusted[i] <= given.P[i] * adjusted.Count || given.P.Any(p => p <= given.P[i] && p * adjusted.Count >= adjusted[i]));
            for (var j = 0; j < adjusted.Count; j++)
                Assert.True(given.P[i] > given.P[j] || adjusted[i] <= adjusted[j]);
        }
        Assert.Equal(adjusted.Reverse(), Holm.Adjust([.. given.P.Reverse()]));
    }

    [Property(MaxTest = 2000)]
    public void No_group_below_the_minimum_can_be_had_back_by_subtraction(SmallTable table)
    {
        var (n, minimum) = (table.N, table.MinimumN);
        var total = n.Sum() + table.Unlisted;
        var withheld = Withholding.Withhold(n, minimum);
        Assert.All(n.Zip(withheld), row => Assert.True(row.First == 0 ? !row.Second : row.Second || row.First >= minimum));
        if (Withholding.WithholdTotal(n, total, minimum))
            return;

        // All that the shown figures give away: the total less any of the shown rows. The least of it is what no row shows.
        long[] unseen = [.. n.Where((_, row) => withheld[row]), table.Unlisted];
        Assert.True(unseen.Sum() == 0 || unseen.Sum() >= minimum);
        Assert.True(unseen.Count(few => few > 0) != 1 || unseen.Max() >= minimum);
        Assert.True(total == 0 || total >= minimum);
    }

    [Property]
    public void No_more_is_withheld_than_it_takes(SmallTable table)
    {
        var withheld = Withholding.Withhold(table.N, table.MinimumN);
        var hidden = table.N.Where((_, row) => withheld[row]).Order().ToArray();
        var needed = hidden.Count(n => n < table.MinimumN);
        // Without its largest row the hidden set would not do, unless it is small rows only.
        Assert.True(hidden.Length == needed || hidden.Length == 2 || hidden[..^1].Sum() < table.MinimumN);
    }

    [Property]
    public void The_parts_of_a_change_add_up_to_it(Answered answered)
    {
        var (definition, a, b, c) = answered;
        var nobody = Histogram.Empty(definition);
        var segments = new[] { (a, b), (b, c), (c, nobody), (nobody, a) }
            .Select((s, i) => new SegmentPeriods($"{i}", s.Item1, s.Item2)).ToArray();
        var change = ChangeDecomposition.Of(definition, segments);
        if (change.Total is not { } total)
        {
            Assert.True(change is { Within: null, Mix: null });
            return;
        }
        Assert.Equal(total, change.Within!.Value + change.Mix!.Value, 1e-10);
        Assert.Equal(change.After!.Value - change.Before!.Value, total);
        Near(change.Within, change.Segments.Sum(s => s.Within));
        Near(change.Mix, change.Segments.Sum(s => s.Mix));
        Assert.Equal((0, 0), (change.Segments[2].Within, change.Segments[3].Within));
    }

    [Property]
    public void Critical_values_leave_out_exactly_the_rest_of_the_level(Critical critical)
    {
        var (level, freedom) = critical;
        Near(1 - level, Tail.Normal(Quantile.Normal(level)), 1e-11);
        Near(1 - level, Tail.StudentT(Quantile.StudentT(level, freedom), freedom), 1e-11);
        Assert.True(Quantile.StudentT(level, freedom) >= Quantile.Normal(level) * (1 - 1e-11));
    }

    [Property]
    public void A_rounded_figure_is_the_nearest_and_zero_has_no_sign(int thousandths, NonNegativeInt places)
    {
        var (value, decimals) = (thousandths / 1000.0, places.Item % 7);
        var rounded = Display.Round(value, decimals);
        Assert.InRange(Math.Abs(rounded - value), 0, (0.5 * Math.Pow(10, -decimals)) + 1e-9);
        Assert.Equal(rounded, -Display.Round(-value, decimals));
        Assert.False(rounded == 0 && double.IsNegative(rounded));
        Assert.DoesNotMatch("^-[0.]*$", Display.Text(value, decimals));
    }

    static (double, double) Range(MetricDefinition definition) => definition.Statistic switch
    {
        Statistic.NetPercent => (-100, 100),
        Statistic.PositivePercent => (0, 100),
        _ => (definition.Min, definition.Max),
    };

    static Histogram Three(long negatives, long neutral, long positives) =>
        new(0, 10, new Dictionary<int, long> { [3] = negatives, [7] = neutral, [9] = positives });

    static void Near(double? expected, double? got, double relative = 1e-10)
    {
        Assert.Equal(expected is null, got is null);
        if (expected is { } right)
            Assert.True(Math.Abs(got!.Value - right) <= relative * Math.Max(relative < 1e-10 ? 0 : 1, Math.Abs(right)), $"expected {right:R}, got {got:R}");
    }
}
