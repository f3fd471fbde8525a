using CxSurveys.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Scores;

/// <summary>
/// The only writer of cells: adds and takes back what stored answers count for, at two grains, per segment and all segments together.
/// A cell that came down to 0 stays: removing it would race with a writer about to add to it. Readers and <c>verify</c> pass it over.
/// </summary>
public static class CellStore
{
    /// <summary>Adds (sign 1) or takes back (sign -1) the present answers of these responses, inside the caller's transaction.</summary>
    /// <exception cref="InvalidOperationException">There is no transaction, or what is to be taken back was never added.</exception>
    public static async Task ApplyAsync(CxDbContext db, Guid[] responses, int sign, CancellationToken ct)
    {
        if (db.Database.CurrentTransaction is null)
            throw new InvalidOperationException("Cells change in the transaction that changes their answers; there is none.");

        // A statement of its own: the next one then sees the zone and cells that a recount has just committed.
        await CellLock.SharedAsync(db, ct);
        if (sign > 0)
            await AddAsync(db, responses, ct);
        else
            await TakeBackAsync(db, responses, ct);
    }

    /// <summary>Deletes all cells and counts them anew from the answers. The caller holds <see cref="CellLock.ExclusiveAsync"/>.</summary>
    internal static async Task<int> RecountAsync(CxDbContext db, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"delete from cell", ct);
        return await db.Database.ExecuteSqlAsync($"""
            insert into cell (question_id, segment_id, day, place_id, value, count)
            select a.question_id, grain.segment_id, a.day, a.place_id, a.value, count(*)
            from scored_answer a cross join lateral (values (0), (a.segment_id)) as grain(segment_id)
            group by 1, 2, 3, 4, 5
            """, ct);
    }

    /// <summary>The statement that adds a named source of scored answers: question_id, segment_id, day, place_id, value.</summary>
    // Sorted, so that all writers lock cells in one order: without it two batches deadlock (40P01). Raising those that are there first and
    // adding the rest was faster until the planner joined the whole table.
    internal static string AddFrom(string source) => $"""
        insert into cell (question_id, segment_id, day, place_id, value, count)
        select a.question_id, grain.segment_id, a.day, a.place_id, a.value, count(*)
        from {source} a cross join lateral (values (0), (a.segment_id)) as grain(segment_id)
        group by 1, 2, 3, 4, 5
        order by 1, 2, 3, 4, 5
        on conflict (question_id, segment_id, day, place_id, value) do update set count = cell.count + excluded.count
        """;

    // "offset 0" keeps the planner at one index scan a response; on a table it has no statistics of it prefers reading all answers.
    static readonly string AddStored = $$"""
        with scored as (
            select a.* from unnest({0}) as given(id) cross join lateral (select * from scored_answer where response_id = given.id offset 0) a
        )
        {{AddFrom("scored")}}
        """;

    static Task<int> AddAsync(CxDbContext db, Guid[] responses, CancellationToken ct) => db.Database.ExecuteSqlRawAsync(AddStored, [responses], ct);

    // Not the upsert with a minus: the check on count looks at the proposed row before the conflict is found.
    // All values of a touched group are locked, not only those taken back: a change adds to another one of them next.
    static async Task TakeBackAsync(CxDbContext db, Guid[] responses, CancellationToken ct)
    {
        var missing = await db.Database.SqlQuery<long>($"""
            with change as materialized (
                select a.question_id, grain.segment_id, a.day, a.place_id, a.value, count(*) as n
                from unnest({responses}) as given(id)
                cross join lateral (select * from scored_answer where response_id = given.id offset 0) a
                cross join lateral (values (0), (a.segment_id)) as grain(segment_id)
                group by 1, 2, 3, 4, 5
            ), locked as materialized (
                select c.question_id, c.segment_id, c.day, c.place_id, c.value
                from cell c
                where (c.question_id, c.segment_id, c.day, c.place_id) in (select question_id, segment_id, day, place_id from change)
                order by c.question_id, c.segment_id, c.day, c.place_id, c.value
                for update
            ), taken as (
                update cell c set count = c.count - change.n
                from locked join change using (question_id, segment_id, day, place_id, value)
                where (c.question_id, c.segment_id, c.day, c.place_id, c.value)
                    = (locked.question_id, locked.segment_id, locked.day, locked.place_id, locked.value)
                returning 1
            )
            select (select count(*) from change) - (select count(*) from taken) as "Value"
            """).ToListAsync(ct);
        if (missing is not [0])
            throw new InvalidOperationException($"{missing[0]} cells to take back from do not exist; run verify.");
    }
}
