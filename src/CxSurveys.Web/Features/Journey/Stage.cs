using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Journey;

/// <summary>A stretch of the customer journey, for example Purchase, with the question it answers.</summary>
public sealed class Stage
{
    public int Id { get; init; }
    public required string Key { get; init; }
    public required string Name { get; set; }
    public string? KeyQuestion { get; set; }
    public int Position { get; set; }

    /// <summary>Kept for its history, offered no more.</summary>
    public bool Retired { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Stage>
    {
        public void Configure(EntityTypeBuilder<Stage> entity) => entity.HasIndex(s => s.Key).IsUnique();
    }
}
