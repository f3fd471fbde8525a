using CxSurveys.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Scores;

/// <summary>
/// The only writer of cells. What answers count for is appended in the transaction that stores or changes them, and added to the cells, at two
/// grains (per segment and all segments together), a moment later. A cell that came down to 0 stays; readers and <c>verify</c> pass it over.
/// </summary>
public static class CellStore
{
    /// <summary>Adds (sign 1) or takes back (sign -1) the present answers of these responses, inside the caller's transaction.</summary>
    /// <exception cref="InvalidOperationException">There is no transaction.</exception>
    public static Task AppendAsync(CxDbContext db, Guid[] responses, short sign, CancellationToken ct)
    {
        if (db.Database.CurrentTransaction is null)
            throw new InvalidOperationException("Cells change in the transaction that changes their answers; there is none.");

        // "offset 0" keeps the planner at one index scan a response; on a table it has no statistics of it prefers reading all answers.
        return db.Database.ExecuteSqlAsync($"""
            insert into cell_delta (sign, question_ids, segment_ids, place_ids, instants, scale_values)
            select {sign}, array_agg(a.question_id), array_agg(a.segment_id), array_agg(a.place_id), array_agg(a.submitted_at), array_agg(a.value)
            from unnest({responses}) as given(id) cross join lateral (select * from scored_answer where response_id = given.id offset 0) a
            having count(*) > 0
            """, ct);
    }

    /// <summary>The statement that appends a named source of scored answers: question_id, segment_id, place_id, submitted_at, value.</summary>
    internal static string AppendFrom(string source) => $"""
        insert into cell_delta (sign, question_ids, segment_ids, place_ids, instants, scale_values)
        select 1, array_agg(question_id), array_agg(segment_id), array_agg(place_id), array_agg(submitted_at), array_agg(value)
        from {source}
        having count(*) > 0
        """;

    /// <summary>Adds to the cells what was appended and is committed. The caller holds <see cref="CellLock"/>, so that nobody else writes cells.</summary>
    /// <returns>How many cells changed.</returns>
    internal static async Task<int> FoldAsync(CxDbContext db, CancellationToken ct)
    {
        // Cell by cell through the key: the planner knows nothing of what was appended and would join the whole table.
        await db.Database.ExecuteSqlAsync($"set local enable_hashjoin = off", ct);
        await db.Database.ExecuteSqlAsync($"set local enable_mergejoin = off", ct);
        return await db.Database.ExecuteSqlAsync($"""
            with taken as (
                delete from cell_delta returning sign, question_ids, segment_ids, place_ids, instants, scale_values
            ), change as (
                select g.question_id, grain.segment_id, (g.instant at time zone o.cells_time_zone)::date as day, g.place_id, g.value, sum(d.sign) as n
                from taken d cross join organisation o
                cross join lateral unnest(d.question_ids, d.segment_ids, d.place_ids, d.instants, d.scale_values) as g(question_id, segment_id, place_id, instant, value)
                cross join lateral (values (0), (g.segment_id)) as grain(segment_id)
                group by 1, 2, 3, 4, 5
                having sum(d.sign) <> 0
            )
            merge into cell c using change
            on (c.question_id, c.segment_id, c.day, c.place_id, c.value) = (change.question_id, change.segment_id, change.day, change.place_id, change.value)
            when matched then update set count = c.count + change.n
            when not matched then insert (question_id, segment_id, day, place_id, value, count)
                values (change.question_id, change.segment_id, change.day, change.place_id, change.value, change.n)
            """, ct);
    }

    /// <summary>Deletes all cells and counts them anew from the answers. The caller holds <see cref="CellLock"/>.</summary>
    internal static async Task<int> RecountAsync(CxDbContext db, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"delete from cell", ct);
        // One statement, one moment: what was appended by then goes, and exactly its answers are counted.
        return await db.Database.ExecuteSqlAsync($"""
            with counted as (
                delete from cell_delta
            )
            insert into cell (question_id, segment_id, day, place_id, value, count)
            select a.question_id, grain.segment_id, a.day, a.place_id, a.value, count(*)
            from scored_answer a cross join lateral (values (0), (a.segment_id)) as grain(segment_id)
            group by 1, 2, 3, 4, 5
            """, ct);
    }
}
