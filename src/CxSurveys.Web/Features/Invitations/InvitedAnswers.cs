using CxSurveys.Web.Data;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>Tells whether an id that an answer comes with is an invitation's, and then what the answer must agree with.</summary>
public sealed class InvitedAnswers(IServiceScopeFactory scopes, SurveyCatalog surveys)
{
    /// <param name="ids">Ids of answers, most of them nobody's invitation.</param>
    /// <returns>By id, those that are an invitation's; null where the person was not asked, so that there is nothing to answer.</returns>
    public async Task<IReadOnlyDictionary<Guid, OpenInvitation?>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CxDbContext>();
        var found = await db.Set<Invitation>().AsNoTracking().Where(i => ids.Contains(i.Id))
            .Join(db.Set<Person>().AsNoTracking(), i => i.PersonId, p => p.Id, (invitation, person) => new { Invitation = invitation, Person = person })
            .ToListAsync(ct);
        var byId = new Dictionary<Guid, OpenInvitation?>(found.Count);
        foreach (var row in found) byId[row.Invitation.Id] = await OpenAsync(row.Invitation, row.Person, ct);
        return byId;
    }

    async Task<OpenInvitation?> OpenAsync(Invitation invitation, Person person, CancellationToken ct) =>
        invitation is { LinkHash: not null, VersionId: { } versionId } && await surveys.VersionAsync(versionId, ct) is { } version
            ? new OpenInvitation(invitation.Id, version, version.SurveyKey, invitation.TouchpointId, person, invitation.Attributes, invitation.AnsweredAt)
            : null;
}
