namespace CxSurveys.Scoring;

/// <summary>The score of one histogram with its uncertainty, unrounded.</summary>
/// <param name="N">Number of answers.</param>
/// <param name="Value">
/// The headline figure: NPS in points [-100, 100], CSAT in percent [0, 100], CES and rating on their scale; <c>null</c> when nobody answered.
/// </param>
/// <param name="Low">
/// Lower end of the confidence interval, in the unit of <paramref name="Value"/>. That of an NPS lies around the adjusted
/// estimate and may leave out the value itself; that of a mean may leave the scale. <c>null</c> without answers, for a mean below two.
/// </param>
/// <param name="High">Upper end, likewise.</param>
/// <param name="StandardError">Plain standard error in the unit of <paramref name="Value"/>; <c>null</c> without answers, for a mean below two.</param>
/// <param name="PositiveShare">Share of positive answers, 0 to 1; <c>null</c> without answers or without a positive set.</param>
/// <param name="NegativeShare">Share of negative answers, 0 to 1; <c>null</c> without answers or without a negative set.</param>
/// <param name="Mean">Mean answer on the scale; <c>null</c> when nobody answered.</param>
public sealed record Score(
    long N,
    double? Value,
    double? Low,
    double? High,
    double? StandardError,
    double? PositiveShare,
    double? NegativeShare,
    double? Mean)
{
    /// <summary>Scores one histogram.</summary>
    /// <param name="definition">What the answers mean.</param>
    /// <param name="answers">The answers, on the definition's scale.</param>
    /// <param name="level">Confidence level, above 0 and below 1.</param>
    /// <returns>The score; everything but <see cref="N"/> is <c>null</c> when nobody answered.</returns>
    /// <exception cref="ArgumentException">The answers have another scale than the definition.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    /// <remarks>
    /// Interval of an NPS: adjusted Wald, three quarters of an answer added to promoters and to detractors and three answers to
    /// all, clipped to [-100, 100] (Rocks, "Interval estimation for the Net Promoter Score", 2016). Of a CSAT: Wilson (1927).
    /// Of a mean: Student's t (1908) with the sample standard deviation.
    /// </remarks>
    public static Score Of(MetricDefinition definition, Histogram answers, double level = 0.95)
    {
        var estimate = Estimate.Of(definition, answers);
        var interval = estimate.Interval(level);
        return new(
            answers.N,
            estimate.Value,
            interval?.Low,
            interval?.High,
            estimate.StandardError,
            Share(definition.Positive, answers),
            Share(definition.Negative, answers),
            Moments.Of(answers).Mean);
    }

    static double? Share(IReadOnlyList<int> set, Histogram answers) =>
        set.Count == 0 || answers.N == 0 ? null : (double)answers.CountOf(set) / answers.N;
}
