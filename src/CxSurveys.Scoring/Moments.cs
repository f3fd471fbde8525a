using System.Numerics;

namespace CxSurveys.Scoring;

/// <summary>Number, sum and sum of squares of whole-numbered observations: all that means, variances and Welch's test need.</summary>
/// <param name="N">How many there are, 0 or more.</param>
/// <param name="Sum">Their sum, exact.</param>
/// <param name="SumOfSquares">The sum of their squares, exact.</param>
public readonly record struct Moments(long N, long Sum, decimal SumOfSquares)
{
    /// <summary>Sum / N, in the unit of the observations; <c>null</c> when there are none.</summary>
    public double? Mean => N == 0 ? null : (double)Sum / N;

    /// <summary>Mean squared distance from the mean (divisor N), in squared units; <c>null</c> when there are none.</summary>
    public double? PopulationVariance => N == 0 ? null : Spread / N / N;

    /// <summary>Sample variance (divisor N - 1), in squared units; <c>null</c> below two observations.</summary>
    public double? SampleVariance => N < 2 ? null : Spread / N / (N - 1);

    // N x sum of squares less squared sum cancels badly in floating point; in whole numbers it is exact.
    double Spread => (double)((N * (BigInteger)SumOfSquares) - ((BigInteger)Sum * Sum));

    /// <summary>The answers themselves.</summary>
    internal static Moments Of(Histogram answers) => new(answers.N, answers.Sum, answers.SumOfSquares);

    /// <summary>The answers seen as +1 (positive), -1 (negative) and 0: their mean is the net share.</summary>
    internal static Moments OfNet(long n, long positives, long negatives) => new(n, positives - negatives, positives + negatives);
}
