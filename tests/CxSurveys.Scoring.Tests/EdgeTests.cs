namespace CxSurveys.Scoring.Tests;

/// <summary>What the worked cases leave open: levels, empty sides, sets that are not there, very many answers.</summary>
public sealed class EdgeTests
{
    static readonly MetricDefinition Nps = MetricDefinition.Create(MetricKind.Nps);
    static readonly MetricDefinition Ces = MetricDefinition.Create(MetricKind.Ces);

    static Histogram Of(MetricDefinition definition, params (int Value, long Count)[] counts) =>
        new(definition.Min, definition.Max, counts.Select(c => KeyValuePair.Create(c.Value, c.Count)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(95)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    public void A_level_lies_between_0_and_1_also_where_nobody_answered(double level)
    {
        foreach (var definition in new[] { Nps, Ces, MetricDefinition.Create(MetricKind.Csat) })
        {
            var nobody = Histogram.Empty(definition);
            Assert.Throws<ArgumentOutOfRangeException>(() => Score.Of(definition, nobody, level));
            Assert.Throws<ArgumentOutOfRangeException>(() => Comparison.Of(definition, nobody, nobody, level));
            Assert.Throws<ArgumentOutOfRangeException>(() => SmallestDetectableChange.Of(definition, nobody, level: level));
            Assert.Throws<ArgumentOutOfRangeException>(() => SmallestDetectableChange.Of(definition, nobody, power: level));
        }
    }

    [Fact]
    public void A_rating_without_sets_has_no_shares()
    {
        var stars = MetricDefinition.Create(MetricKind.Rating, 1, 5);
        var score = Score.Of(stars, Of(stars, (4, 2), (5, 1)));
        Assert.Equal((null, null), (score.PositiveShare, score.NegativeShare));
        Assert.Equal(13.0 / 3, score.Value);
    }

    [Fact]
    public void Means_without_spread_on_both_sides_have_a_difference_and_no_more()
    {
        var compared = Comparison.Of(Ces, Of(Ces, (6, 5)), Of(Ces, (4, 3)));
        Assert.Equal(new Comparison(2, null, null, null, null, null, null, 0), compared);
    }

    [Theory]
    [InlineData(4, 5, 2, 8, 0.05295818186952349, true)]     // the interval leaves out 0, the test does not flag it
    [InlineData(1, 6, 0, 36, 0.013168423736182988, false)]  // the test flags it, the interval holds 0
    public void Where_interval_and_test_disagree_nothing_is_distinguished(long a, long ofA, long b, long ofB, double p, bool leavesOut0)
    {
        var thumbs = MetricDefinition.Create(MetricKind.Csat, 1, 2);
        var compared = Comparison.Of(thumbs, Of(thumbs, (2, a), (1, ofA - a)), Of(thumbs, (2, b), (1, ofB - b)));
        Assert.Equal(p, compared.PValue!.Value, 1e-12);
        Assert.Equal(leavesOut0, compared.Low > 0);
        Assert.Equal(Verdict.NotDistinguishable, compared.Verdict);
    }

    [Fact]
    public void A_mean_of_one_answer_has_no_smallest_detectable_change() =>
        Assert.Null(SmallestDetectableChange.Of(Ces, Of(Ces, (6, 1))));

    [Fact]
    public void An_empty_second_period_is_not_taken_to_be_like_the_first() =>
        Assert.Null(SmallestDetectableChange.Of(Nps, Of(Nps, (9, 5), (0, 5)), Histogram.Empty(Nps)));

    [Fact]
    public void A_comparison_carries_the_smallest_detectable_change_at_its_own_level()
    {
        var (a, b) = (Of(Nps, (9, 50), (0, 50)), Of(Nps, (9, 30), (7, 50)));
        Assert.Equal(SmallestDetectableChange.Of(Nps, a, b, level: 0.9), Comparison.Of(Nps, a, b, 0.9).SmallestDetectable);
    }

    [Fact]
    public void Ten_billion_answers_are_no_trouble()
    {
        // By hand: p = 0.6, d = 0.2, standard error 100 sqrt(0.8 - 0.16) / 1e5 = 0.0008.
        var score = Score.Of(Nps, Of(Nps, (10, 6_000_000_000), (8, 2_000_000_000), (3, 2_000_000_000)));
        Assert.Equal(40.0, score.Value!.Value, 1e-12);
        Assert.Equal(0.0008, score.StandardError!.Value, 1e-15);
        Assert.Equal(1.959963984540054 * 0.0016, score.High!.Value - score.Low!.Value, 1e-9);
    }

    [Fact]
    public void Decomposing_a_change_from_nothing_gives_nothing()
    {
        var change = ChangeDecomposition.Of(Nps, [new("web", Histogram.Empty(Nps), Of(Nps, (10, 4)))]);
        Assert.Equal((null, 100.0), (change.Before, change.After));
        Assert.Equal((null, null, null), (change.Total, change.Within, change.Mix));
        Assert.Equal([new SegmentChange("web", null, null)], change.Segments);
    }

    [Fact]
    public void Pooling_needs_a_part() => Assert.Throws<ArgumentException>(() => RollUp.Pool([]));

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_weight_is_0_or_more(double weight) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RollUp.Weighted([(null, weight)]));

    [Fact]
    public void Weights_of_0_give_no_weighted_figure() => Assert.Null(RollUp.Weighted([(50, 0), (null, 2)]));

    [Theory]
    [InlineData(-0.001)]
    [InlineData(1.001)]
    [InlineData(double.NaN)]
    public void A_p_value_lies_in_0_to_1(double p) => Assert.Throws<ArgumentOutOfRangeException>(() => Holm.Adjust([0.5, p]));

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(6, 5)]
    [InlineData(0, -1)]
    public void A_share_is_of_no_more_than_all(long positives, long n) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(positives, n));

    [Fact]
    public void A_share_of_nobody_has_no_interval() => Assert.Null(WilsonInterval.Of(0, 0));
}
