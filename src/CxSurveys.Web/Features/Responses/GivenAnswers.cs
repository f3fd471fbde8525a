using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Responses;

/// <summary>What the invitations want to know of answers, so that nobody is asked what they just told.</summary>
internal sealed class GivenAnswers(CxDbContext db) : IGivenAnswers
{
    public Task<DateTimeOffset?> LastAsync(long personId, int surveyId, int? touchpointId, CancellationToken ct)
    {
        var versions = db.Set<SurveyVersion>().Where(v => v.SurveyId == surveyId).Select(v => v.Id);
        return db.Set<Response>()
            .Where(r => r.PersonId == personId && r.State == ResponseState.Counted && versions.Contains(r.VersionId))
            .Where(r => touchpointId == null || r.TouchpointId == touchpointId)
            .MaxAsync(r => (DateTimeOffset?)r.SubmittedAt, ct);
    }

    public async Task<IReadOnlyList<GivenAnswer>> LastOfAsync(long[] people, CancellationToken ct) =>
        await db.Set<Response>()
            .Where(r => r.PersonId != null && people.Contains(r.PersonId.Value) && r.State == ResponseState.Counted)
            .Join(db.Set<SurveyVersion>(), r => r.VersionId, v => v.Id, (r, v) => new { PersonId = r.PersonId!.Value, v.SurveyId, r.TouchpointId, r.SubmittedAt })
            .GroupBy(r => new { r.PersonId, r.SurveyId, r.TouchpointId })
            .Select(g => new GivenAnswer(g.Key.PersonId, g.Key.SurveyId, g.Key.TouchpointId, g.Max(r => r.SubmittedAt)))
            .ToListAsync(ct);
}
