using MathNet.Numerics;

namespace CxSurveys.Scoring;

/// <summary>Two-sided tail probabilities, computed as tails: no 1 - p that would lose the small ones.</summary>
static class Tail
{
    public static double Normal(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Constants.Sqrt2);

    public static double StudentT(double t, double degreesOfFreedom) =>
        SpecialFunctions.BetaRegularized(degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + (t * t)));

    public static double StudentTDensity(double t, double degreesOfFreedom) =>
        MathNet.Numerics.Distributions.StudentT.PDF(0, 1, degreesOfFreedom, t);
}
