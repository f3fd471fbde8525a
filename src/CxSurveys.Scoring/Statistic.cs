namespace CxSurveys.Scoring;

/// <summary>How the headline figure is made from a histogram; follows from the kind.</summary>
public enum Statistic
{
    /// <summary>100 (positives - negatives) / N, in points from -100 to 100.</summary>
    NetPercent,

    /// <summary>100 positives / N, in percent from 0 to 100.</summary>
    PositivePercent,

    /// <summary>Sum / N, in units of the scale.</summary>
    Mean,
}
