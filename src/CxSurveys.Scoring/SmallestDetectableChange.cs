namespace CxSurveys.Scoring;

/// <summary>How large a true change must be to be noticed with the numbers of answers at hand.</summary>
public static class SmallestDetectableChange
{
    /// <summary>(z(1 - alpha/2) + z(power)) sqrt(sA^2/nA + sB^2/nB) with the plain variances.</summary>
    /// <param name="definition">What the answers mean.</param>
    /// <param name="a">The answers of one period.</param>
    /// <param name="b">The answers of the other; left out, the next period is taken to be like this one.</param>
    /// <param name="power">The chance of noticing such a change, above 0 and below 1.</param>
    /// <param name="level">Confidence level, above 0 and below 1.</param>
    /// <returns>
    /// In the unit of the score, 0 or more (0 where no answers differ); <c>null</c> when a period has no answers, or for a mean fewer than two.
    /// </returns>
    /// <exception cref="ArgumentException">The answers have another scale than the definition.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Power or level is not between 0 and 1.</exception>
    /// <remarks>Source: Cohen, Statistical Power Analysis for the Behavioral Sciences, 1988, the normal approximation.</remarks>
    public static double? Of(MetricDefinition definition, Histogram a, Histogram? b = null, double power = 0.8, double level = 0.95)
    {
        var (errorA, errorB) = (Estimate.Of(definition, a).StandardError, Estimate.Of(definition, b ?? a).StandardError);
        var reach = Quantile.Normal(level) + Quantile.NormalBelow(power);
        return errorA is { } left && errorB is { } right ? Math.Max(0, reach) * double.Hypot(left, right) : null;
    }
}
