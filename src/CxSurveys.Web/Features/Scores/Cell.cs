using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Scores;

/// <summary>
/// How many counted responses gave one value to one question, at one place, on one day: at three grains, in one segment, in all that
/// have one value of one attribute, and in all of them together. Every score is read from here; <c>verify</c> recomputes them from the answers.
/// </summary>
public sealed class Cell
{
    public required int QuestionId { get; init; }

    /// <summary>A segment; <see cref="Segment.All"/>; or less the id of a part (<see cref="Segment.Part"/>), which all segments with that value share.</summary>
    public required int SegmentId { get; init; }

    public required DateOnly Day { get; init; }
    public required int PlaceId { get; init; }

    /// <summary>A value of the scale, <see cref="ScaleValue.Skipped"/> or <see cref="ScaleValue.NotShown"/>.</summary>
    public required short Value { get; init; }

    public required long Count { get; init; }

    /// <summary>How many of them are answers of a known customer; the others are each their own person. Who takes the customer from a counted response moves its counts.</summary>
    public required long Named { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Cell>
    {
        public void Configure(EntityTypeBuilder<Cell> entity)
        {
            entity.HasKey(c => new { c.QuestionId, c.SegmentId, c.Day, c.PlaceId, c.Value });
            // No foreign keys: the answers a cell counts were checked when they were stored, and with rich attributes most cells are new ones.
            entity.ToTable(t => t.HasCheckConstraint("ck_cell_count", "count >= 0 and named between 0 and count"));
        }
    }
}
