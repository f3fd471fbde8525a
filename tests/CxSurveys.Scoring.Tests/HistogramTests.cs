namespace CxSurveys.Scoring.Tests;

public sealed class HistogramTests
{
    static readonly MetricDefinition Csat = MetricDefinition.Create(MetricKind.Csat);

    [Fact]
    public void It_counts_sums_and_squares_exactly()
    {
        var answers = new Histogram(-2, 3, new Dictionary<int, long> { [-2] = 4, [0] = 5, [3] = 2 });
        Assert.Equal(11, answers.N);
        Assert.Equal(-2, answers.Sum);
        Assert.Equal(34, answers.SumOfSquares);
        Assert.Equal(4, answers[-2]);
        Assert.Equal(0, answers[1]);
        Assert.Equal([-2, -1, 0, 1, 2, 3], answers.Counts.Select(c => c.Key));
        Assert.Equal([4, 0, 5, 0, 0, 2], answers.Counts.Select(c => c.Value));
    }

    [Fact]
    public void Squares_stay_exact_beyond_the_digits_of_a_double()
    {
        var answers = new Histogram(999, 1000, new Dictionary<int, long> { [999] = 3_000_000_000_001, [1000] = 1 });
        Assert.Equal((998_001m * 3_000_000_000_001m) + 1_000_000m, answers.SumOfSquares);
        // Unrounded by hand: one answer off by 1 among n has variance 1/n.
        Assert.Equal(1.0 / answers.N, Moments.Of(answers).SampleVariance!.Value, 1e-24);
    }

    [Fact]
    public void A_value_given_twice_is_added_up() =>
        Assert.Equal(5, new Histogram(1, 5, [KeyValuePair.Create(2, 2L), KeyValuePair.Create(2, 3L)])[2]);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(6, 1)]
    [InlineData(6, 0)]
    [InlineData(3, -1)]
    public void A_value_off_the_scale_or_a_negative_count_is_refused(int value, long count) =>
        Assert.Throws<ArgumentException>(() => new Histogram(1, 5, [KeyValuePair.Create(value, count)]));

    [Theory]
    [InlineData(5, 5)]
    [InlineData(5, 1)]
    [InlineData(0, 101)]
    [InlineData(int.MinValue, int.MaxValue)]
    public void A_scale_has_2_to_101_values(int min, int max) => Assert.Throws<ArgumentException>(() => new Histogram(min, max, []));

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void Asking_for_a_value_off_the_scale_is_an_error(int value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Histogram.Empty(Csat)[value]);

    [Fact]
    public void Counts_that_do_not_fit_are_an_error_not_a_wrong_number()
    {
        var many = new Histogram(1, 5, [KeyValuePair.Create(1, long.MaxValue)]);
        Assert.Throws<OverflowException>(() => many + many);
    }

    [Fact]
    public void Answers_of_two_scales_are_never_added() =>
        Assert.Throws<ArgumentException>(() => Histogram.Empty(Csat) + Histogram.Empty(MetricDefinition.Create(MetricKind.Nps)));

    [Fact]
    public void Answers_of_another_scale_are_never_scored()
    {
        var nps = Histogram.Empty(MetricDefinition.Create(MetricKind.Nps, 1));
        var definition = MetricDefinition.Create(MetricKind.Nps, 0);
        Assert.Throws<ArgumentException>(() => Score.Of(definition, nps));
        Assert.Throws<ArgumentException>(() => Comparison.Of(definition, Histogram.Empty(definition), nps));
        Assert.Throws<ArgumentException>(() => SmallestDetectableChange.Of(definition, nps));
        Assert.Throws<ArgumentException>(() => ChangeDecomposition.Of(definition, [new("all", nps, nps)]));
    }

    [Fact]
    public void Histograms_are_equal_when_they_count_the_same()
    {
        var answers = new Histogram(1, 5, [KeyValuePair.Create(2, 2L)]);
        Assert.Equal(answers, answers + Histogram.Empty(Csat));
        Assert.Equal(answers.GetHashCode(), (answers + Histogram.Empty(Csat)).GetHashCode());
        Assert.NotEqual(answers, answers + answers);
    }
}
