using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Platform;

/// <summary>Something that happened, written in the transaction in which it did; readers work through them by id.</summary>
public sealed class OutboxMessage
{
    public long Id { get; init; }

    /// <summary>For example <c>response.stored</c>, <c>response.changed</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What it happened to: all that one transaction stored are one message.</summary>
    public required Guid[] SubjectIds { get; init; }

    public required DateTimeOffset HappenedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<OutboxMessage>
    {
        public void Configure(EntityTypeBuilder<OutboxMessage> entity) => entity.ToTable("outbox");
    }
}
