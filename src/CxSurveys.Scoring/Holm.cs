namespace CxSurveys.Scoring;

/// <summary>Keeps many comparisons on one page from crying wolf.</summary>
public static class Holm
{
    /// <summary>Adjusts p-values by Holm's step-down method: flag those whose adjusted value is at most 1 - level.</summary>
    /// <param name="pValues">One for each test, in [0, 1]; leave out comparisons that have no test.</param>
    /// <returns>Adjusted values in the order given, each at least its p-value and at most 1; none for none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A p-value is not in [0, 1].</exception>
    /// <remarks>Source: Holm, Scandinavian Journal of Statistics 6:65-70, 1979.</remarks>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> pValues)
    {
        ArgumentNullException.ThrowIfNull(pValues);
        foreach (var p in pValues)
            if (p is not (>= 0 and <= 1))
                throw new ArgumentOutOfRangeException(nameof(pValues), p, "A p-value lies in 0..1.");

        var adjusted = new double[pValues.Count];
        var (largest, left) = (0.0, pValues.Count);
        foreach (var index in Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i]))
        {
            largest = Math.Min(1, Math.Max(largest, left-- * pValues[index]));
            adjusted[index] = largest;
        }
        return adjusted;
    }
}
