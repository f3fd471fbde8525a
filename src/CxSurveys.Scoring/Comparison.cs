namespace CxSurveys.Scoring;

/// <summary>Two independent groups or periods, <c>a</c> against <c>b</c>, unrounded. The interval of a difference is not clipped.</summary>
/// <param name="Difference">Score of a less score of b, in the unit of the score; <c>null</c> when either has no answers.</param>
/// <param name="AdjustedDifference">For an NPS the difference of the adjusted estimates, the middle of the interval; else <c>null</c>.</param>
/// <param name="Low">Lower end of the interval of the difference; <c>null</c> where there is none.</param>
/// <param name="High">Upper end, likewise.</param>
/// <param name="Statistic">z for NPS and CSAT, Welch's t for means; <c>null</c> where there is no test.</param>
/// <param name="PValue">Two-sided, in [0, 1]; <c>null</c> where there is no test.</param>
/// <param name="Verdict">What can be said; <c>null</c> where there is no interval.</param>
/// <param name="SmallestDetectable">See <see cref="SmallestDetectableChange"/>, at 80 % power for these two numbers of answers.</param>
public sealed record Comparison(
    double? Difference,
    double? AdjustedDifference,
    double? Low,
    double? High,
    double? Statistic,
    double? PValue,
    Verdict? Verdict,
    double? SmallestDetectable)
{
    static readonly Comparison Nothing = new(null, null, null, null, null, null, null, null);

    /// <summary>Degrees of freedom of Welch's test, 1 or more and not whole in general; <c>null</c> where there is no t test.</summary>
    public double? DegreesOfFreedom { get; init; }

    /// <summary>Compares two histograms of one definition.</summary>
    /// <param name="definition">What the answers mean.</param>
    /// <param name="a">The answers compared.</param>
    /// <param name="b">The answers they are compared with; nobody's answer may be in both.</param>
    /// <param name="level">Confidence level, above 0 and below 1; the test flags p below 1 - level.</param>
    /// <returns>
    /// All <c>null</c> when either has no answers. Means with one answer on a side, or without spread on both, have a difference only.
    /// Shares that are both 0 or both 1 have an interval but no test, and are not distinguishable.
    /// </returns>
    /// <exception cref="ArgumentException">The answers have another scale than the definition.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    /// <remarks>
    /// NPS: z from the two adjusted Wald estimates (Rocks 2016). Shares: interval by method 10 of Newcombe, Statistics in Medicine
    /// 17:873-890, 1998, and the pooled two-proportion z test. Means: Welch, Biometrika 34, 1947.
    /// </remarks>
    public static Comparison Of(MetricDefinition definition, Histogram a, Histogram b, double level = 0.95)
    {
        var (left, right) = (Estimate.Of(definition, a), Estimate.Of(definition, b));
        var compared = (left, right) switch
        {
            _ when a.N == 0 || b.N == 0 => Checked(level),
            (NetEstimate x, NetEstimate y) => OfNets(x, y, level),
            (ShareEstimate x, ShareEstimate y) => OfShares(x, y, level),
            _ => OfMeans(Moments.Of(a), Moments.Of(b), level),
        };
        return compared with { SmallestDetectable = SmallestDetectableChange.Of(definition, a, b, level: level) };
    }

    /// <summary>Welch's comparison of two means from their moments, for observations that are no answers of a scale.</summary>
    /// <param name="a">The observations compared.</param>
    /// <param name="b">The observations they are compared with.</param>
    /// <param name="level">Confidence level, above 0 and below 1.</param>
    /// <returns>
    /// In the unit of the observations, without <see cref="SmallestDetectable"/>. All <c>null</c> when either is empty;
    /// a difference only when either has one observation or neither has any spread.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    /// <remarks>Source: Welch, Biometrika 34, 1947.</remarks>
    public static Comparison OfMeans(Moments a, Moments b, double level = 0.95)
    {
        var none = Checked(level);
        if (a.Mean - b.Mean is not { } difference)
            return none;
        var (shareA, shareB) = (a.SampleVariance / a.N, b.SampleVariance / b.N);
        if (shareA + shareB is not > 0)
            return none with { Difference = difference };

        var (errorA, errorB) = (shareA!.Value, shareB!.Value);
        var error = errorA + errorB;
        var freedom = error * error / ((errorA * errorA / (a.N - 1)) + (errorB * errorB / (b.N - 1)));
        var statistic = difference / Math.Sqrt(error);
        var reach = Math.Sqrt(error) * Quantile.StudentT(level, freedom);
        var judged = Judged(
            difference, null, new(difference - reach, difference + reach), statistic, Tail.StudentT(statistic, freedom), level);
        return judged with { DegreesOfFreedom = freedom };
    }

    static Comparison OfNets(NetEstimate a, NetEstimate b, double level)
    {
        var adjusted = a.AdjustedValue - b.AdjustedValue;
        var error = double.Hypot(a.AdjustedStandardError, b.AdjustedStandardError);
        var reach = error * Quantile.Normal(level);
        var z = adjusted / error;
        return Judged(a.Value!.Value - b.Value!.Value, adjusted, new(adjusted - reach, adjusted + reach), z, Tail.Normal(z), level);
    }

    static Comparison OfShares(ShareEstimate a, ShareEstimate b, double level)
    {
        var (shareA, shareB) = (a.Interval(level)!.Value, b.Interval(level)!.Value);
        var (valueA, valueB) = (a.Value!.Value, b.Value!.Value);
        var difference = valueA - valueB;
        var interval = new Interval(
            difference - double.Hypot(valueA - shareA.Low, shareB.High - valueB),
            difference + double.Hypot(shareA.High - valueA, valueB - shareB.Low));

        var together = Moments.OfNet(checked(a.N + b.N), a.Positives + b.Positives, 0).PopulationVariance!.Value;
        if (together == 0)
            return Judged(difference, null, interval, null, null, level);
        var z = difference / 100 / Math.Sqrt(together * ((1.0 / a.N) + (1.0 / b.N)));
        return Judged(difference, null, interval, z, Tail.Normal(z), level);
    }

    static Comparison Judged(double difference, double? adjusted, Interval interval, double? statistic, double? pValue, double level)
    {
        var verdict = interval.Contains(0) || pValue is not { } p || p >= 1 - level
            ? Scoring.Verdict.NotDistinguishable
            : difference > 0 ? Scoring.Verdict.Higher : Scoring.Verdict.Lower;
        return new(difference, adjusted, interval.Low, interval.High, statistic, pValue, verdict, null);
    }

    static Comparison Checked(double level)
    {
        Quantile.Require(level);
        return Nothing;
    }
}
