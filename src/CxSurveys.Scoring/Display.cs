using System.Globalization;

namespace CxSurveys.Scoring;

/// <summary>How numbers are written for people. Rounding happens here, once; everything before stays unrounded.</summary>
public static class Display
{
    const int MostDecimals = 6;
    const double MostExact = 1e9;

    /// <summary>Rounds half away from zero.</summary>
    /// <param name="value">A finite number.</param>
    /// <param name="decimals">Digits after the point, 0 to 6.</param>
    /// <returns>The rounded number; zero never carries a minus sign.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is not finite, or the decimals are not 0 to 6.</exception>
    /// <remarks>
    /// What counts is the number as people read it, to 15 digits: 201/200 is 1.005 and becomes 1.01, although the nearest double lies below.
    /// </remarks>
    public static double Round(double value, int decimals)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimals, MostDecimals);
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, "Only a finite number can be shown.");
        var rounded = Math.Abs(value) < MostExact
            ? (double)decimal.Round((decimal)value, decimals, MidpointRounding.AwayFromZero)
            : Math.Round(value, decimals, MidpointRounding.AwayFromZero);
        return rounded == 0 ? 0 : rounded;
    }

    /// <summary>Rounds half away from zero and writes all decimals, with a point, whatever the language.</summary>
    /// <param name="value">A finite number.</param>
    /// <param name="decimals">Digits after the point, 0 to 6.</param>
    /// <returns>Such as <c>31.0</c> or <c>-12.5</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is not finite, or the decimals are not 0 to 6.</exception>
    public static string Text(double value, int decimals) =>
        Round(value, decimals).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>How many decimals a score of this definition is shown with.</summary>
    /// <param name="definition">Gives the kind.</param>
    /// <returns>1 for NPS points and CSAT percent, 2 for means.</returns>
    public static int Decimals(MetricDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.Statistic == Statistic.Mean ? 2 : 1;
    }

    /// <summary>The words of a verdict, as the API answers them.</summary>
    /// <param name="verdict">What a comparison said.</param>
    /// <returns><c>higher</c>, <c>lower</c> or <c>not distinguishable</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such verdict.</exception>
    public static string Words(Verdict verdict) => verdict switch
    {
        Verdict.Higher => "higher",
        Verdict.Lower => "lower",
        Verdict.NotDistinguishable => "not distinguishable",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "There is no such verdict."),
    };
}
