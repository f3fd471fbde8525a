using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.People;

/// <summary>An address that is never written to again, whoever has it. Only a salted hash is kept: the list tells nobody's address.</summary>
public sealed class SuppressedAddress
{
    public required byte[] Hash { get; init; }
    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>Who or what put it there, for example "by hand".</summary>
    public required string Source { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<SuppressedAddress>
    {
        public void Configure(EntityTypeBuilder<SuppressedAddress> entity)
        {
            entity.HasKey(a => a.Hash);
            entity.HasIndex(a => a.AddedAt);
        }
    }
}
