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
        return Mend(Normal(level), alpha, t => Tail.StudentT(t, degreesOfFreedom), t => 2 * Tail.StudentTDensity(t, degreesOfFreedom));
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

    // Newton's method on the logarithms of point and tail. That curve bends one way only, so it converges from the normal
    // quantile even for one degree of freedom, where the library's own quantile of t errs 9e-7 or gives up.
    static double Mend(double start, double alpha, Func<double, double> tail, Func<double, double> density)
    {
        var point = start;
        for (var step = 0; step < MostSteps; step++)
        {
            var beyond = tail(point);
            var change = beyond * Math.Log(beyond / alpha) / (density(point) * point);
            point *= Math.Exp(change);
            if (Math.Abs(change) < 1e-9)
                return point;
        }
        throw new ArithmeticException($"No critical value found for a tail of {alpha}.");
    }
}
