using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Responses;

public enum ResponseState : short { Counted = 0, Test = 1, Quarantine = 2 }

/// <summary>One customer's filled-in survey. Only counted responses are in any score.</summary>
public sealed class Response
{
    /// <summary>Made by the sender (UUID, version 7 by our own pages); the primary key is the duplicate guard.</summary>
    public required Guid Id { get; init; }

    public required int VersionId { get; init; }

    /// <summary>The touchpoint that questions without a place of their own are asked at.</summary>
    public int? TouchpointId { get; init; }

    public long? PersonId { get; init; }
    public required int SegmentId { get; init; }
    public required DateTimeOffset SubmittedAt { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public DateTimeOffset? ChangedAt { get; set; }
    public ResponseState State { get; set; }

    /// <summary>What was noticed about it.</summary>
    public ResponseFlags Flags { get; set; }

    /// <summary>SHA-256 of what was sent but the answers; with <see cref="AnswersHash"/> it tells "same content" from "other content".</summary>
    public required byte[] ContextHash { get; init; }

    /// <summary>SHA-256 of the present answers; follows a change.</summary>
    public required byte[] AnswersHash { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Response>
    {
        public void Configure(EntityTypeBuilder<Response> entity)
        {
            entity.Property(r => r.Id).ValueGeneratedNever();
            // A version and a segment are never deleted, and each response would lock theirs, the same for all: no foreign keys.
            entity.HasOne<Touchpoint>().WithMany().HasForeignKey(r => r.TouchpointId);
            entity.HasOne<Person>().WithMany().HasForeignKey(r => r.PersonId);
            entity.HasIndex(r => r.SegmentId);
            entity.HasIndex(r => r.PersonId).HasFilter("person_id is not null");
            entity.HasIndex(r => new { r.SubmittedAt, r.Id }).IsDescending(true, false);
            entity.HasIndex(r => new { r.VersionId, r.SubmittedAt, r.Id }).IsDescending(false, true, false);
            // Few are not counted, or flagged: finding them must not read through those that are fine.
            entity.HasIndex(r => new { r.State, r.SubmittedAt, r.Id }, "ix_response_kept_apart").IsDescending(false, true, false).HasFilter("state <> 0");
            entity.HasIndex(r => new { r.SubmittedAt, r.Id }, "ix_response_flagged").IsDescending(true, false).HasFilter("flags <> 0");
            entity.Property(r => r.Flags).HasDefaultValue(ResponseFlags.None).ValueGeneratedNever();
            entity.ToTable(t => t.HasCheckConstraint("ck_response_state", "state between 0 and 2"));
        }
    }
}
