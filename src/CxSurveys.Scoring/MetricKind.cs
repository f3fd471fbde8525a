namespace CxSurveys.Scoring;

/// <summary>What a question measures; decides the headline figure and how it is rounded.</summary>
public enum MetricKind
{
    /// <summary>Net Promoter Score: share of promoters less share of detractors, in points.</summary>
    Nps,

    /// <summary>Customer satisfaction: share of positive answers, in percent.</summary>
    Csat,

    /// <summary>Customer effort: mean answer, in units of the scale.</summary>
    Ces,

    /// <summary>Any other whole-numbered scale: mean answer, in units of the scale.</summary>
    Rating,
}
