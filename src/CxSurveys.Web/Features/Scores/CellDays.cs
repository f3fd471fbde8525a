using CxSurveys.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Scores;

/// <summary>The first and the last day with answers, whatever they are about.</summary>
internal sealed record CellDays(DateOnly First, DateOnly Last)
{
    /// <summary>Null when there are no answers at all.</summary>
    public static async Task<CellDays?> ReadAsync(CxDbContext db, ScoreCatalog catalog, CancellationToken ct)
    {
        int[] questions = [.. catalog.Questions.Where(q => q.MetricKey is not null).Select(q => q.Id)];
        // By question, and not from all cells as they are now: cells are in that order, so that the days between are not read.
        var days = await db.Database.SqlQuery<CellDays>($"""
            with day as (
                select c.day
                from unnest({questions}) as q(id) cross join lateral (
                    (select day from cell where question_id = q.id and segment_id = {Segment.All} and count <> 0 order by day limit 1)
                    union all
                    (select day from cell where question_id = q.id and segment_id = {Segment.All} and count <> 0 order by day desc limit 1)
                ) c
                union all
                select (g.instant at time zone o.cells_time_zone)::date
                from cell_delta d cross join organisation o cross join lateral unnest(d.instants) as g(instant)
                where d.sign = 1
            )
            select min(day) as first, max(day) as last from day having count(*) > 0
            """).ToListAsync(ct);
        return days.Count == 0 ? null : days[0];
    }
}
