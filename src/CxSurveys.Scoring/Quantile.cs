using MathNet.Numerics;

namespace CxSurveys.Scoring;

/// <summary>Two-sided critical values: what a standardised estimate exceeds, in size, with probability 1 - level.</summary>
static class Quantile
{
    const int MostSteps = 50;

    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    public static double Normal(double level)
    {
        var alpha = Alpha(level);
        var start = Constants.Sqrt2 * SpecialFunctions.ErfcInv(alpha);
        return Mend(start, alpha, Tail.Normal, z => 2 * Math.Exp(-z * z / 2) / Constants.Sqrt2Pi);
    }

    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1, or there is less than one degree of freedom.</exception>
    public static double StudentT(double level, double degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 1);
        var alpha = Alpha(level);
        var start = -MathNet.Numerics.Distributions.StudentT.InvCDF(0, 1, degreesOfFreedom, alpha / 2);
        return Mend(start, alpha, t => Tail.StudentT(t, degreesOfFreedom), t => 2 * Tail.StudentTDensity(t, degreesOfFreedom));
    }

    /// <summary>The point a normal variable stays below with this probability.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
    public static double NormalBelow(double probability) => probability switch
    {
        0.5 => 0,
        > 0 and < 0.5 => -Normal(1 - (2 * probability)),
        > 0.5 and < 1 => Normal((2 * probability) - 1),
        _ => throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability such as power lies between 0 and 1."),
    };

    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    public static void Require(double level) => Alpha(level);

    static double Alpha(double level) => level is > 0 and < 1
        ? 1 - level
        : throw new ArgumentOutOfRangeException(nameof(level), level, "A confidence level lies between 0 and 1, such as 0.95.");

    // The library's quantiles err up to 9e-7. Newton's method on the logarithm of the tail converges from any start near by.
    static double Mend(double start, double alpha, Func<double, double> tail, Func<double, double> density)
    {
        var point = start;
        for (var step = 0; step < MostSteps; step++)
        {
            var beyond = tail(point);
            var next = point + (beyond * Math.Log(beyond / alpha) / density(point));
            if (Math.Abs(next - point) <= 1e-15 * Math.Abs(next))
                return next;
            point = next;
        }
        return point;
    }
}
