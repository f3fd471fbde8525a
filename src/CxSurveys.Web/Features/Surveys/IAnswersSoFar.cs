namespace CxSurveys.Web.Features.Surveys;

/// <summary>How much was answered. Told by the room that stores the answers; this one does not know it.</summary>
public interface IAnswersSoFar
{
    /// <summary>Counted responses by the id of their survey; a survey without any is left out.</summary>
    Task<IReadOnlyDictionary<int, long>> BySurveyAsync(CancellationToken ct);

    /// <summary>Counted responses of one survey by the id of the version they answer; a version without any is left out.</summary>
    Task<IReadOnlyDictionary<int, long>> ByVersionAsync(int surveyId, CancellationToken ct);

    /// <summary>Given answers by the key of their question, over all versions of a survey; a question without any is left out.</summary>
    Task<IReadOnlyDictionary<string, long>> ByQuestionAsync(int surveyId, CancellationToken ct);

    /// <summary>Those of the questions that somebody answered, tests aside.</summary>
    Task<IReadOnlySet<int>> AnsweredAsync(int[] questions, CancellationToken ct);
}
