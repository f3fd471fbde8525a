namespace CxSurveys.Web.Features.Responses;

/// <summary>A response that passed every check and may be stored.</summary>
public sealed record NewResponse
{
    public required Guid Id { get; init; }
    public required int VersionId { get; init; }
    public int? TouchpointId { get; init; }
    public Customer? Customer { get; init; }
    public required int SegmentId { get; init; }
    public required DateTimeOffset SubmittedAt { get; init; }
    public ResponseState State { get; init; }
    public required byte[] ContextHash { get; init; }
    public required IReadOnlyList<NewAnswer> Answers { get; init; }
}

public sealed record Customer(string Id, string? Email = null, string? Name = null, string? Language = null);

/// <summary>An answered question: exactly one of the three is set. A skipped question is simply not in the list.</summary>
public sealed record NewAnswer(int QuestionId, short? Value = null, string? Text = null, IReadOnlyList<string>? Options = null);

public enum Intake { Stored, SameAgain, OtherContent, Busy }

/// <summary>The only writer of answers. A call returns after the commit; <see cref="Intake.Busy"/> means nothing was stored.</summary>
public sealed class ResponseIntake
{
    public Task<Intake> StoreAsync(NewResponse response, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Replaces the answers of a stored response; day, place and segment stay. False when there is no such response.</summary>
    public Task<bool> ChangeAsync(Guid id, IReadOnlyList<NewAnswer> answers, CancellationToken ct) => throw new NotSupportedException();
}

/// <summary>A response as it is now.</summary>
public sealed record StoredResponse(Guid Id, int VersionId, DateTimeOffset SubmittedAt, IReadOnlyList<NewAnswer> Answers);
