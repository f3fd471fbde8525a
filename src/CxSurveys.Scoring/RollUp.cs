namespace CxSurveys.Scoring;

/// <summary>The two ways to make one figure of several touchpoints. They answer different questions and must be named on the page.</summary>
public static class RollUp
{
    /// <summary>"Pooled": all answers together, to be scored once, so that a busy touchpoint weighs more.</summary>
    /// <param name="parts">One or more histograms of one scale.</param>
    /// <returns>Their sum.</returns>
    /// <exception cref="ArgumentException">There is no part, or the scales differ.</exception>
    public static Histogram Pool(IEnumerable<Histogram> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        Histogram[] all = [.. parts];
        return all.Length > 0
            ? all.Aggregate((sum, part) => sum + part)
            : throw new ArgumentException("Pooling needs one histogram at least; an empty one is Histogram.Empty.", nameof(parts));
    }

    /// <summary>"Weighted": the mean of the scores by weights somebody chose.</summary>
    /// <param name="parts">Scores of one definition with their weights, 0 or more. A <c>null</c> score has no answers and is left out.</param>
    /// <returns>In the unit of the scores, between the lowest and the highest; <c>null</c> when no score has any weight.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public static double? Weighted(IEnumerable<(double? Score, double Weight)> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var (sum, weights) = (0.0, 0.0);
        foreach (var (score, weight) in parts)
        {
            if (!double.IsFinite(weight) || weight < 0)
                throw new ArgumentOutOfRangeException(nameof(parts), weight, "A weight is 0 or more.");
            if (score is not { } value)
                continue;
            sum += value * weight;
            weights += weight;
        }
        return weights == 0 ? null : sum / weights;
    }
}
