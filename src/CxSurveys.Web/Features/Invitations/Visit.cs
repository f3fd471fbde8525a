using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Invitations;

public enum VisitKind : short { Answer = 0, OptOut = 1 }

/// <summary>Somebody, or a mail scanner, followed a link. Only ever added; it proves nothing and changes nothing.</summary>
public sealed class Visit
{
    public long Id { get; init; }
    public required Guid InvitationId { get; init; }
    public required VisitKind Kind { get; init; }
    public required DateTimeOffset At { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Visit>
    {
        public void Configure(EntityTypeBuilder<Visit> entity) =>
            entity.HasOne<Invitation>().WithMany().HasForeignKey(v => v.InvitationId);
    }
}
