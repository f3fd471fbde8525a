using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Journey;

/// <summary>
/// Where an answer is counted: a touchpoint with the stage it was in then, a stage, the journey as a whole, or nowhere.
/// An answer keeps its place for good; a touchpoint that moves to another stage gets another place for what comes.
/// </summary>
public sealed class Place
{
    /// <summary>The place of answers that belong to no touchpoint, no stage and not to the journey.</summary>
    public const int Nowhere = 1;

    /// <summary>The place of questions about the journey as a whole.</summary>
    public const int WholeJourney = 2;

    public int Id { get; init; }
    public PlaceKind Kind { get; init; }
    public int? TouchpointId { get; init; }
    public int? StageId { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Place>
    {
        public void Configure(EntityTypeBuilder<Place> entity)
        {
            entity.Property(p => p.Kind).HasConversion<string>();
            entity.HasOne<Touchpoint>().WithMany().HasForeignKey(p => p.TouchpointId);
            entity.HasOne<Stage>().WithMany().HasForeignKey(p => p.StageId);
            entity.HasIndex(p => new { p.Kind, p.TouchpointId, p.StageId }).IsUnique().AreNullsDistinct(false);
            entity.ToTable(t => t.HasCheckConstraint("ck_place_kind", """
                (kind = 'Touchpoint' and touchpoint_id is not null and stage_id is not null)
                or (kind = 'Stage' and touchpoint_id is null and stage_id is not null)
                or (kind in ('Journey', 'None') and touchpoint_id is null and stage_id is null)
                """));
            entity.HasData(new Place { Id = Nowhere, Kind = PlaceKind.None }, new Place { Id = WholeJourney, Kind = PlaceKind.Journey });
            entity.Property(p => p.Id).HasIdentityOptions(startValue: 10);
        }
    }
}

public enum PlaceKind { None, Journey, Stage, Touchpoint }
