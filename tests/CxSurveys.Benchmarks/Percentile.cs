namespace CxSurveys.Benchmarks;

internal static class Percentile
{
    /// <param name="sorted">Ascending.</param>
    /// <param name="share">0 to 1; 0.5 is the median.</param>
    public static double Of(double[] sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}
