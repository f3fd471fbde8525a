namespace CxSurveys.Web.Features.Shared;

/// <summary>A secret that this page shows and no other will.</summary>
public sealed record ShownOnce(string Title, string Advice, string Value);
