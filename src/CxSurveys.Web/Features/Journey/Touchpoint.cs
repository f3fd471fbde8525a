using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Journey;

public enum TouchpointKind { Digital, Physical }

/// <summary>One moment of the journey a customer can be asked about, for example Delivery.</summary>
public sealed class Touchpoint
{
    public int Id { get; init; }
    public required string Key { get; init; }
    public required string Name { get; set; }
    public TouchpointKind Kind { get; set; }
    public double Weight { get; set; } = 1;
    public string? Team { get; set; }
    public int Position { get; set; }
    public bool Retired { get; set; }
    public Stage Stage { get; set; } = null!;
    public int StageId { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Touchpoint>
    {
        public void Configure(EntityTypeBuilder<Touchpoint> entity)
        {
            entity.HasIndex(t => t.Key).IsUnique();
            entity.Property(t => t.Kind).HasConversion<string>();
            entity.ToTable(t => t.HasCheckConstraint("ck_touchpoint_weight", "weight > 0"));
        }
    }
}
