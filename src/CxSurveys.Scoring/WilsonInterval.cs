namespace CxSurveys.Scoring;

/// <summary>The score interval of a share, without continuity correction.</summary>
/// <remarks>
/// Sources: Wilson, Journal of the American Statistical Association 22, 1927; method 3 of Newcombe, Statistics in Medicine 17:857-872, 1998.
/// </remarks>
public static class WilsonInterval
{
    /// <summary>The interval of the share <paramref name="positives"/> / <paramref name="n"/>.</summary>
    /// <param name="positives">How many are counted, 0 to <paramref name="n"/>.</param>
    /// <param name="n">Out of how many, 0 or more.</param>
    /// <param name="level">Confidence level, above 0 and below 1.</param>
    /// <returns>Both ends as shares in [0, 1], the share itself between them; <c>null</c> when <paramref name="n"/> is 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, there are more positives than answers, or the level is not between 0 and 1.</exception>
    public static Interval? Of(long positives, long n, double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfNegative(positives);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(positives, n);
        var z = Quantile.Normal(level);
        if (n == 0)
            return null;

        // Both ends solve one quadratic; the lower comes from the product of the roots, since their difference cancels near 0.
        double share = (double)positives / n, square = z * z;
        var reach = (2.0 * positives) + square + (z * Math.Sqrt(square + (4 * share * (n - positives))));
        var low = Math.Min(share, 2 * share * positives / reach);
        var high = positives == n ? 1 : Math.Max(share, reach / (2 * (n + square)));
        return new(low, high);
    }
}
