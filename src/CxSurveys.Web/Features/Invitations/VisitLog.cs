using CxSurveys.Web.Data;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>Notes that a link was followed: all that looking at a page may leave behind.</summary>
public sealed class VisitLog(CxDbContext db, TimeProvider clock)
{
    public async Task AddAsync(Guid invitationId, VisitKind kind, CancellationToken ct)
    {
        db.Add(new Visit { InvitationId = invitationId, Kind = kind, At = clock.GetUtcNow() });
        await db.SaveChangesAsync(ct);
    }
}
