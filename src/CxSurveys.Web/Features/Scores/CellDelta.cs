using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Scores;

/// <summary>
/// What some answers, stored or taken back together, add to cells and is not in them yet. Whoever stores only appends one, so that nobody waits
/// for a cell that all others add to as well; <see cref="CellFolder"/> adds many up at once. The arrays are columns of one table, an answer a place.
/// </summary>
public sealed class CellDelta
{
    public long Id { get; init; }

    /// <summary>1: the answers were stored; -1: they were taken back.</summary>
    public required short Sign { get; init; }

    public required int[] QuestionIds { get; init; }
    public required int[] SegmentIds { get; init; }
    public required int[] PlaceIds { get; init; }

    /// <summary>Not days: which day an instant is on is told by the zone at the moment of reading.</summary>
    public required DateTimeOffset[] Instants { get; init; }

    public required short[] ScaleValues { get; init; }

    /// <summary>
    /// Every cell as it is now: those that are there and, unfolded, what is to be added to them. A cell may have several rows, so readers add
    /// them up. Two branches for the two grains: a reader of one of them never pays for the other.
    /// </summary>
    public const string ViewSql = """
        create view cell_now as
        select question_id, segment_id, day, place_id, value, count from cell
        union all
        select g.question_id, 0, (g.instant at time zone o.cells_time_zone)::date, g.place_id, g.value, d.sign
        from cell_delta d cross join organisation o
        cross join lateral unnest(d.question_ids, d.place_ids, d.instants, d.scale_values) as g(question_id, place_id, instant, value)
        union all
        select g.question_id, g.segment_id, (g.instant at time zone o.cells_time_zone)::date, g.place_id, g.value, d.sign
        from cell_delta d cross join organisation o
        cross join lateral unnest(d.question_ids, d.segment_ids, d.place_ids, d.instants, d.scale_values) as g(question_id, segment_id, place_id, instant, value)
        """;

    internal sealed class Mapping : IEntityTypeConfiguration<CellDelta>
    {
        public void Configure(EntityTypeBuilder<CellDelta> entity) => entity.ToTable("cell_delta", t => t.HasCheckConstraint("ck_cell_delta_sign", "sign in (1, -1)"));
    }
}
