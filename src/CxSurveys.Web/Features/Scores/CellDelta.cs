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

    /// <summary>Whether the answer is a known customer's.</summary>
    public required bool[] Named { get; init; }

    /// <summary>
    /// Every cell as it is now: those that are there and, unfolded, what is to be added to them. A cell may have several rows, so readers add
    /// them up. All segments together are a branch of their own: a reader of nothing else never pays for the other grains.
    /// </summary>
    public const string ViewSql = """
        create view cell_now as
        select question_id, segment_id, day, place_id, value, count, named from cell
        union all
        select g.question_id, 0, (g.instant at time zone o.cells_time_zone)::date, g.place_id, g.value, d.sign, case when g.named then d.sign else 0 end
        from cell_delta d cross join organisation o
        cross join lateral unnest(d.question_ids, d.place_ids, d.instants, d.scale_values, d.named) as g(question_id, place_id, instant, value, named)
        union all
        select g.question_id, grain.id, (g.instant at time zone o.cells_time_zone)::date, g.place_id, g.value, d.sign, case when g.named then d.sign else 0 end
        from cell_delta d cross join organisation o
        cross join lateral unnest(d.question_ids, d.segment_ids, d.place_ids, d.instants, d.scale_values, d.named) as g(question_id, segment_id, place_id, instant, value, named)
        join segment_grain grain on grain.segment_id = g.segment_id and grain.id <> 0
        """;

    internal sealed class Mapping : IEntityTypeConfiguration<CellDelta>
    {
        public void Configure(EntityTypeBuilder<CellDelta> entity) => entity.ToTable("cell_delta", t => t.HasCheckConstraint("ck_cell_delta_sign", "sign in (1, -1)"));
    }
}
