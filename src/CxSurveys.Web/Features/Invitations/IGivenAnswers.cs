namespace CxSurveys.Web.Features.Invitations;

/// <summary>Answers that people have given; the feature that stores them tells.</summary>
public interface IGivenAnswers
{
    /// <summary>When the person last answered the survey (at that touchpoint, if one is named) with a response that counts; null = never.</summary>
    Task<DateTimeOffset?> LastAsync(long personId, int surveyId, int? touchpointId, CancellationToken ct);
}
