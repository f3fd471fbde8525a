using System.Linq.Expressions;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>Finds an invitation by the secret of one of its links. The secret to answer does not opt out, nor the other way round.</summary>
public sealed class InvitationLinks(CxDbContext db, SurveyCatalog surveys)
{
    /// <summary>By the secret of <c>/r/{secret}</c>; null when there is none such.</summary>
    public Task<OpenInvitation?> FindAsync(string secret, CancellationToken ct)
    {
        var hash = Secret.Hash(secret);
        return FindAsync(i => i.LinkHash == hash, ct);
    }

    /// <summary>By the secret of <c>/u/{secret}</c>; null when there is none such.</summary>
    public Task<OpenInvitation?> FindOptOutAsync(string secret, CancellationToken ct)
    {
        var hash = Secret.Hash(secret);
        return FindAsync(i => i.OptOutHash == hash, ct);
    }

    async Task<OpenInvitation?> FindAsync(Expression<Func<Invitation, bool>> condition, CancellationToken ct)
    {
        if (await db.Set<Invitation>().AsNoTracking().SingleOrDefaultAsync(condition, ct) is not { VersionId: { } versionId } invitation) return null;
        if (await surveys.VersionAsync(versionId, ct) is not { } version) return null;
        var person = await db.Set<Person>().AsNoTracking().SingleAsync(p => p.Id == invitation.PersonId, ct);
        return new OpenInvitation(invitation.Id, version, version.SurveyKey, invitation.TouchpointId, person, invitation.Attributes, invitation.AnsweredAt);
    }
}
