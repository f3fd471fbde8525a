using System.Globalization;
using CxSurveys.Scoring;
using CxSurveys.Web.Features.Scores.Map;

namespace CxSurveys.Web.Features.Scores.Compare;

/// <summary>The axis that differences share: round ends around all intervals, 0 always on it.</summary>
public sealed record DifferenceAxis(Axis Axis, double Step)
{
    const double MostSteps = 6;

    public static DifferenceAxis For(params IEnumerable<Comparison?> compared)
    {
        var ends = compared.OfType<Comparison>().SelectMany(c => (double?[])[c.Low, c.High, c.Difference]).OfType<double>().Append(0).ToList();
        var step = RoundUp(Math.Max(ends.Max() - ends.Min(), 1e-3) / MostSteps);
        var (low, high) = (Math.Floor(ends.Min() / step) * step, Math.Ceiling(ends.Max() / step) * step);
        return new(new(low, low == high ? high + step : high), step);
    }

    /// <summary>1, 2 or 5 times a power of ten.</summary>
    static double RoundUp(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return (step / power) switch { <= 1 => power, <= 2 => 2 * power, <= 5 => 5 * power, _ => 10 * power };
    }

    public IEnumerable<(string X, string Text)> Ticks()
    {
        var count = (int)Math.Round((Axis.High - Axis.Low) / Step);
        for (var i = 0; i <= count; i++) yield return (Axis.X(Axis.Low + (i * Step)), Text(Axis.Low + (i * Step)));
    }

    public string LowText => Text(Axis.Low);
    public string HighText => Text(Axis.High);

    // Adding 0 takes the sign from a zero.
    string Text(double value) => (Math.Round(value, Decimals) + 0.0).ToString("0.####", CultureInfo.InvariantCulture).Replace('-', '−');

    int Decimals => Math.Max(0, (int)-Math.Floor(Math.Log10(Step)));
}
