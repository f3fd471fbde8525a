using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Invitations;

public enum MessageState : short
{
    /// <summary>To be sent at <see cref="Message.DueAt"/>, for the first time or again.</summary>
    Waiting = 0,

    /// <summary>Handed to the mail server, whose answer is not written yet. After a crash only this state is ambiguous.</summary>
    Sending = 1,

    Sent = 2,

    /// <summary>The mail server refused it for good, or a day of tries is over.</summary>
    Failed = 3,

    /// <summary>Not sent after all: the invitation's <see cref="Invitation.NotSent"/> says why.</summary>
    Dropped = 4,
}

/// <summary>One mail: a row that a sender claims with a lease, so that it survives a crash and no two senders take it.</summary>
public sealed class Message
{
    public long Id { get; init; }
    public required Guid InvitationId { get; init; }

    /// <summary>0 is the invitation itself, then its reminders from 1 on.</summary>
    public int Number { get; init; }

    public MessageState State { get; set; }
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>Tries that reached a mail server or failed to.</summary>
    public int Attempts { get; set; }

    public DateTimeOffset? FirstTriedAt { get; set; }
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>Whose the row is until <see cref="LeaseUntil"/>.</summary>
    public Guid? LeaseToken { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>The mail server's last answer or the failure to reach it, without addresses.</summary>
    public string? LastProblem { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Message>
    {
        public void Configure(EntityTypeBuilder<Message> entity)
        {
            entity.HasOne<Invitation>().WithMany().HasForeignKey(m => m.InvitationId);
            entity.HasIndex(m => new { m.InvitationId, m.Number }).IsUnique();
            entity.HasIndex(m => m.DueAt).HasFilter("state in (0, 1)");
            entity.ToTable(t => t.HasCheckConstraint("ck_message_state", "state between 0 and 4"));
        }
    }
}
