namespace CxSurveys.Web.Features.Journey;

/// <summary>A stage or touchpoint that a new journey no longer lists.</summary>
/// <param name="Retired">Kept for its history, because answers or a published survey hold on to it; else it is gone.</param>
public sealed record LeftOut(bool IsStage, string Key, string Name, bool Retired);
