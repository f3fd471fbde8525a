using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Scores;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Responses;

/// <summary>A response as it is now.</summary>
/// <param name="Id">The primary key.</param>
/// <param name="VersionId">The version it answers.</param>
/// <param name="SubmittedAt">When it was given first.</param>
/// <param name="Answers">Of the questions that have one.</param>
/// <param name="Stamp">Another one after each change of the answers.</param>
/// <param name="Segment">With its own language and channel.</param>
public sealed record StoredResponse(Guid Id, int VersionId, DateTimeOffset SubmittedAt, IReadOnlyList<NewAnswer> Answers, string Stamp, SegmentKey Segment)
{
    public ResponseState State { get; init; }
    public ResponseFlags Flags { get; init; }
}

/// <summary>Reads one stored response back, the way it would be sent.</summary>
public sealed class ResponseReader(IServiceScopeFactory scopes)
{
    public async Task<StoredResponse?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CxDbContext>();
        if (await db.Set<Response>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } response) return null;
        var answers = await db.Set<Answer>().AsNoTracking().Where(a => a.ResponseId == id).ToListAsync(ct);
        var segment = await db.Set<Segment>().AsNoTracking().SingleAsync(s => s.Id == response.SegmentId, ct);
        return new StoredResponse(id, response.VersionId, response.SubmittedAt,
            [.. answers.Where(a => a.IsAnswered).Select(a => new NewAnswer(a.QuestionId, a.Value, a.Text, a.Options, a.Reach))], ResponseChange.Stamp(response), segment.Key)
        { State = response.State, Flags = response.Flags };
    }
}
