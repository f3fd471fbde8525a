namespace CxSurveys.Web.Features.Scores.Detail;

/// <summary>Whose words are wanted: of responses that answered one of the questions at one of the places.</summary>
/// <param name="Questions">Ids of scale questions.</param>
/// <param name="Places">Ids of the places they were asked at.</param>
/// <param name="TextPlaces">Ids of the places a text may have been asked at.</param>
/// <param name="Filters">Days, segment, language and channel; names of questions and places are looked up already.</param>
public sealed record CommentQuery(int[] Questions, int[] Places, int[] TextPlaces, Selection Filters);

/// <summary>What a customer wrote, with the answer beside it.</summary>
/// <param name="Value">The answer on the scale.</param>
/// <param name="GivenAt">In the organisation's zone.</param>
/// <param name="Language">The response's own.</param>
public sealed record Comment(Guid ResponseId, string Text, short Value, DateTime GivenAt, string? Language);

/// <summary>The words behind a score. Scores know no responses; whoever keeps those offers this.</summary>
public interface ICommentSource
{
    /// <summary>The newest first. Withholding is the asker's: nothing may be asked for a selection that is too small.</summary>
    Task<IReadOnlyList<Comment>> NewestAsync(CommentQuery query, int limit, CancellationToken ct);
}
