namespace CxSurveys.Scoring;

/// <summary>A confidence interval, both ends in it.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end, not below <paramref name="Low"/>.</param>
public readonly record struct Interval(double Low, double High)
{
    internal bool Contains(double value) => Low <= value && value <= High;
}
