namespace CxSurveys.Web.Features.Invitations;

/// <summary>When a person last answered a survey at a touchpoint, or at none.</summary>
public sealed record GivenAnswer(long PersonId, int SurveyId, int? TouchpointId, DateTimeOffset At);

/// <summary>Answers that people have given; the feature that stores them tells.</summary>
public interface IGivenAnswers
{
    /// <summary>When the person last answered the survey (at that touchpoint, if one is named) with a response that counts; null = never.</summary>
    Task<DateTimeOffset?> LastAsync(long personId, int surveyId, int? touchpointId, CancellationToken ct);

    /// <summary>The same of many people at once, by survey and touchpoint.</summary>
    Task<IReadOnlyList<GivenAnswer>> LastOfAsync(long[] people, CancellationToken ct);
}
