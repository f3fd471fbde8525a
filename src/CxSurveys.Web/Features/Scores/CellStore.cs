using CxSurveys.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Scores;

/// <summary>
/// The only writer of cells. What answers count for is appended in the transaction that stores or changes them, and added to the cells, at three
/// grains (per segment, per value of an attribute, and all together), a moment later. A cell that came down to 0 stays; readers and <c>verify</c> pass it over.
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
            insert into cell_delta (sign, question_ids, segment_ids, place_ids, instants, scale_values, named)
            select {sign}, array_agg(a.question_id), array_agg(a.segment_id), array_agg(a.place_id), array_agg(a.submitted_at), array_agg(a.value), array_agg(a.person_id is not null)
            from unnest({responses}) as given(id) cross join lateral (select * from scored_answer where response_id = given.id offset 0) a
            having count(*) > 0
            """, ct);
    }

    /// <summary>The statement that appends a named source of scored answers: question_id, segment_id, place_id, submitted_at, value, person_id.</summary>
    internal static string AppendFrom(string source) => $"""
        insert into cell_delta (sign, question_ids, segment_ids, place_ids, instants, scale_values, named)
        select 1, array_agg(question_id), array_agg(segment_id), array_agg(place_id), array_agg(submitted_at), array_agg(value), array_agg(person_id is not null)
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
                delete from cell_delta returning sign, question_ids, segment_ids, place_ids, instants, scale_values, named
            ), told as (
                update cell_fold set deltas = deltas + (select count(*) from taken) where exists (select from taken)
            ), added as materialized (
                select g.question_id, g.segment_id, (g.instant at time zone o.cells_time_zone)::date as day, g.place_id, g.value,
                       sum(d.sign) as n, coalesce(sum(d.sign) filter (where g.named), 0) as named
                from taken d cross join organisation o
                cross join lateral unnest(d.question_ids, d.segment_ids, d.place_ids, d.instants, d.scale_values, d.named) as g(question_id, segment_id, place_id, instant, value, named)
                group by 1, 2, 3, 4, 5
            ), change as (
                select a.question_id, grain.id as segment_id, a.day, a.place_id, a.value, sum(a.n) as n, sum(a.named) as named
                from added a join segment_grain grain on grain.segment_id = a.segment_id
                group by 1, 2, 3, 4, 5
                having sum(a.n) <> 0 or sum(a.named) <> 0
            )
            merge into cell c using change
            on (c.question_id, c.segment_id, c.day, c.place_id, c.value) = (change.question_id, change.segment_id, change.day, change.place_id, change.value)
            when matched then update set count = c.count + change.n, named = c.named + change.named
            when not matched then insert (question_id, segment_id, day, place_id, value, count, named)
                values (change.question_id, change.segment_id, change.day, change.place_id, change.value, change.n, change.named)
            """, ct);
    }

    /// <summary>Every cell as the answers say it. By segment first: what they have in common is added up from fewer rows.</summary>
    internal const string CountedSql = """
        select a.question_id, grain.id as segment_id, a.day, a.place_id, a.value, sum(a.count)::bigint as count, sum(a.named)::bigint as named
        from (
            select question_id, segment_id, day, place_id, value, count(*) as count, count(person_id) as named from scored_answer group by 1, 2, 3, 4, 5
        ) a
        join segment_grain grain on grain.segment_id = a.segment_id
        group by 1, 2, 3, 4, 5
        """;

    /// <summary>Deletes all cells and counts them anew from the answers. The caller holds <see cref="CellLock"/>.</summary>
    internal static async Task<int> RecountAsync(CxDbContext db, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"delete from cell", ct);
        // One statement, one moment: what was appended by then goes, and exactly its answers are counted. Sorted, so that what is read together lies together.
        return await db.Database.ExecuteSqlRawAsync($"""
            with taken as (
                delete from cell_delta returning id
            ), told as (
                update cell_fold set deltas = deltas + 1 + (select count(*) from taken)
            )
            insert into cell (question_id, segment_id, day, place_id, value, count, named)
            {CountedSql}
            order by 1, 2, 3, 4, 5
            """, ct);
    }
}
