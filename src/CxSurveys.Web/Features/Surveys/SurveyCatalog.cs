namespace CxSurveys.Web.Features.Surveys;

/// <summary>A published version with everything that asking and checking answers needs.</summary>
public sealed record PublishedVersion(int Id, int Number, string SurveyKey, DateTimeOffset? ClosedAt, SurveyDefinition Definition, IReadOnlyList<Question> Questions);

/// <summary>Published surveys, kept in memory: versions never change, only which one is the newest does.</summary>
public sealed class SurveyCatalog
{
    /// <summary>The newest published version; null when the survey is unknown or was never published.</summary>
    public Task<PublishedVersion?> NewestAsync(string surveyKey, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>One version by its id; null when there is none.</summary>
    public Task<PublishedVersion?> VersionAsync(int versionId, CancellationToken ct) => throw new NotSupportedException();
}
