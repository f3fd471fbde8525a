using CxSurveys.Web.Features.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Invitations.Rules;

/// <summary>What a planned ask waits for beyond its own moment.</summary>
public enum WaitsFor : short { QuietHours = 1, Cap = 2 }

/// <summary>
/// Somebody is to be asked at a moment that has not come. When it comes, the row becomes an <see cref="Invitation"/> under the same id,
/// asked or not, in one transaction: what is here is still undecided. Changed and taken away only by who holds the person's lock.
/// </summary>
public sealed class PlannedAsk
{
    public required Guid Id { get; init; }
    public required int RuleId { get; init; }
    public required long PersonId { get; init; }

    /// <summary>What started it; null of a schedule.</summary>
    public string? EventId { get; set; }

    /// <summary>When the rule wants it asked.</summary>
    public required DateTimeOffset WantedAt { get; set; }

    /// <summary>When it is decided; later than wanted where <see cref="WaitsFor"/> says so.</summary>
    public required DateTimeOffset DueAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
    public WaitsFor? WaitsFor { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<PlannedAsk>
    {
        public void Configure(EntityTypeBuilder<PlannedAsk> entity)
        {
            entity.Property(p => p.Id).ValueGeneratedNever();
            entity.HasOne<SendingRule>().WithMany().HasForeignKey(p => p.RuleId);
            entity.HasOne<Person>().WithMany().HasForeignKey(p => p.PersonId);
            entity.HasOne<CustomerEvent>().WithMany().HasForeignKey(p => p.EventId);
            entity.HasIndex(p => p.DueAt);
            entity.HasIndex(p => p.PersonId);
        }
    }
}
