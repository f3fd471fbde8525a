namespace CxSurveys.Scoring;

/// <summary>Which end of a scale is the good one.</summary>
public enum Direction
{
    /// <summary>A higher number is better.</summary>
    Higher,

    /// <summary>A lower number is better, as on the effort scale of CES 1.0.</summary>
    Lower,
}
