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
}
