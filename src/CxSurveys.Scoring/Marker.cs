namespace CxSurveys.Scoring;
/// <summary>x</summary>
public static class Marker;
