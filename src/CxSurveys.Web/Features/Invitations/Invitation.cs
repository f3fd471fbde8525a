using CxSurveys.Web.Features.Invitations.Rules;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>
/// One decision to ask one person: either an invitation with its link, or, with <see cref="NotSent"/>, why the person was not asked.
/// The answer to an invitation is stored under the invitation's own id.
/// </summary>
public sealed class Invitation
{
    public required Guid Id { get; init; }
    public required int SurveyId { get; init; }

    /// <summary>The version the person is asked; null only when the survey had none.</summary>
    public int? VersionId { get; init; }

    public required long PersonId { get; init; }
    public int? TouchpointId { get; init; }

    /// <summary>The person's attributes when they were asked; they become the segment of the answer.</summary>
    public Dictionary<string, string> Attributes { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Not before this instant is the mail sent.</summary>
    public required DateTimeOffset SendAt { get; init; }

    /// <summary>SHA-256 of the link's secret; null where nobody was asked.</summary>
    public byte[]? LinkHash { get; init; }

    /// <summary>SHA-256 of the secret that opts out.</summary>
    public byte[]? OptOutHash { get; init; }

    /// <summary>Both secrets, sealed by the key ring, as long as a mail with them is still to be sent; then null.</summary>
    public byte[]? SealedSecrets { get; set; }

    public NotSent? NotSent { get; set; }

    /// <summary>Where <see cref="NotSent"/> ends by itself: when the person may be asked again.</summary>
    public DateTimeOffset? NotSentUntil { get; set; }

    /// <summary>Of a cap: the survey that asked before, or goes first.</summary>
    public int? CappedBySurveyId { get; set; }

    /// <summary>The rule that asked; null where somebody did.</summary>
    public int? RuleId { get; init; }

    /// <summary>The event that started it.</summary>
    public string? EventId { get; init; }

    /// <summary>How often the person may still be reminded, if there is no answer.</summary>
    public int RemindersLeft { get; set; }

    /// <summary>Days from one mail to the next.</summary>
    public int ReminderDays { get; init; }

    /// <summary>When the first answer was stored; written with it.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Invitation>
    {
        public void Configure(EntityTypeBuilder<Invitation> entity)
        {
            entity.Property(i => i.Id).ValueGeneratedNever();
            entity.HasOne<Survey>().WithMany().HasForeignKey(i => i.SurveyId);
            entity.HasOne<SurveyVersion>().WithMany().HasForeignKey(i => i.VersionId);
            entity.HasOne<Person>().WithMany().HasForeignKey(i => i.PersonId);
            entity.HasOne<Touchpoint>().WithMany().HasForeignKey(i => i.TouchpointId);
            entity.HasOne<Survey>().WithMany().HasForeignKey(i => i.CappedBySurveyId);
            entity.HasOne<SendingRule>().WithMany().HasForeignKey(i => i.RuleId);
            entity.HasOne<CustomerEvent>().WithMany().HasForeignKey(i => i.EventId);
            entity.HasAttributes(i => i.Attributes);
            entity.HasIndex(i => i.LinkHash).IsUnique();
            entity.HasIndex(i => i.OptOutHash).IsUnique();
            entity.HasIndex(i => new { i.PersonId, i.CreatedAt });
            entity.HasIndex(i => new { i.CreatedAt, i.Id }).IsDescending(true, false);
            entity.ToTable(t => t.HasCheckConstraint("ck_invitation_link", "not_sent is not null or (link_hash is not null and opt_out_hash is not null and version_id is not null)"));
        }
    }
}
