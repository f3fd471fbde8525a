using MathNet.Numerics;

namespace CxSurveys.Scoring;

/// <summary>Two-sided tail probabilities, computed as tails: no 1 - p that would lose the small ones.</summary>
/// <remarks>
/// That of t is our own: the library's incomplete beta errs 1e-8 at a million degrees of freedom.
/// Sources: Abramowitz and Stegun, Handbook of Mathematical Functions, 1964, 26.5 and 26.7; Didonato and Morris, Algorithm 708,
/// ACM Transactions on Mathematical Software 18, 1992; Lentz, Applied Optics 15, 1976.
/// </remarks>
static class Tail
{
    const int MostTerms = 100_000;

    // Above this the series for the ratio of gamma functions is exact to the last digit.
    const double SeriesFrom = 40;

    public static double Normal(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Constants.Sqrt2);

    public static double StudentT(double t, double degreesOfFreedom)
    {
        if (t == 0)
            return 1;
        double square = t * t, half = degreesOfFreedom / 2;
        double outside = square / (degreesOfFreedom + square), inside = degreesOfFreedom / (degreesOfFreedom + square);
        var front = Math.Exp(-half * LogOnePlus(square / degreesOfFreedom)) * Math.Sqrt(outside) * GammaRatio(half) / Constants.SqrtPi;
        return inside < (half + 1) / (half + 2.5)
            ? front / BetaFraction(half, 0.5, inside, outside)
            : 1 - (front / BetaFraction(0.5, half, outside, inside));
    }

    public static double StudentTDensity(double t, double degreesOfFreedom) =>
        GammaRatio(degreesOfFreedom / 2) / Math.Sqrt(Math.PI * degreesOfFreedom)
        * Math.Exp(-(degreesOfFreedom + 1) / 2 * LogOnePlus(t * t / degreesOfFreedom));

    /// <summary>
    /// x^a y^b / B(a, b) over this continued fraction is the incomplete beta function; y is 1 - x, given for its digits.
    /// The form of Didonato and Morris: the plain one subtracts nearly equal products, worse the larger a is.
    /// </summary>
    static double BetaFraction(double a, double b, double x, double y)
    {
        var middle = 1 + (a > b ? ((a + b) * y) - b : a - ((a + b) * x));
        var value = Math.Max(a / (a + 1) * middle, 1e-300);
        var (c, d) = (value, 0.0);
        for (var n = 1; n < MostTerms; n++)
        {
            var width = a + (2 * n) - 1;
            var numerator = (a + n - 1) / width * ((a + b + n - 1) / width) * n * (b - n) * x * x;
            var term = n + (n * (b - n) * x / width) + ((a + n) / (width + 2) * (middle + (n * (1 + y))));
            d = 1 / (term + (numerator * d));
            c = term + (numerator / c);
            value *= c * d;
            if (Math.Abs((c * d) - 1) < 4e-16)
                return value;
        }
        throw new ArithmeticException($"The tail of t does not converge for a = {a}, b = {b}, x = {x}.");
    }

    /// <summary>Gamma(a + 1/2) / Gamma(a), without the cancellation of two large logarithms.</summary>
    static double GammaRatio(double a)
    {
        var scale = 1.0;
        for (; a < SeriesFrom; a++)
            scale *= a / (a + 0.5);
        double[] series = [1, -1.0 / 8, 1.0 / 128, 5.0 / 1024, -21.0 / 32768, -399.0 / 262144, 869.0 / 4194304];
        return scale * Math.Sqrt(a) * Polynomial.Evaluate(1 / a, series);
    }

    /// <summary>log(1 + x) for x of 0 or more that keeps the digits 1 + x loses (Kahan).</summary>
    static double LogOnePlus(double x)
    {
        var rounded = 1 + x;
        return rounded == 1 ? x : Math.Log(rounded) * (x / (rounded - 1));
    }
}
