using System.Data;
using System.Globalization;
using CxSurveys.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Scores;

/// <summary>The verb <c>verify</c>: counts every cell anew from the answers and compares.</summary>
internal static class VerifyScores
{
    const int Named = 5;

    sealed record Tally(long Cells, long Differences);

    sealed record Difference(string Cell, long Stored, long Counted);

    /// <returns>The exit code: 0 when all is equal, 1 otherwise.</returns>
    public static async Task<int> RunAsync(CxDbContext db, TextWriter output, CancellationToken ct)
    {
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var tally = (await TallyAsync(db, ct)).Single();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"cells {tally.Cells}, differences {tally.Differences}"));
        if (tally.Differences == 0) return 0;

        foreach (var difference in await FirstAsync(db, ct))
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {difference.Cell}: stored {difference.Stored}, counted {difference.Counted}"));
        return 1;
    }

    static Task<List<Tally>> TallyAsync(CxDbContext db, CancellationToken ct) => db.Database.SqlQuery<Tally>($"""
        with counted as (
            select a.question_id, grain.segment_id, a.day, a.place_id, a.value, count(*) as count
            from scored_answer a cross join lateral (values (0), (a.segment_id)) as grain(segment_id)
            group by 1, 2, 3, 4, 5
        ), stored as (
            select question_id, segment_id, day, place_id, value, sum(count) as count from cell_now
            group by 1, 2, 3, 4, 5
            having sum(count) <> 0
        )
        select count(*) filter (where stored.count is not null) as cells,
               count(*) filter (where stored.count is distinct from counted.count) as differences
        from stored full join counted using (question_id, segment_id, day, place_id, value)
        """).ToListAsync(ct);

    static Task<List<Difference>> FirstAsync(CxDbContext db, CancellationToken ct) => db.Database.SqlQuery<Difference>($"""
        with counted as (
            select a.question_id, grain.segment_id, a.day, a.place_id, a.value, count(*) as count
            from scored_answer a cross join lateral (values (0), (a.segment_id)) as grain(segment_id)
            group by 1, 2, 3, 4, 5
        ), stored as (
            select question_id, segment_id, day, place_id, value, sum(count) as count from cell_now
            group by 1, 2, 3, 4, 5
            having sum(count) <> 0
        )
        select format('question %s, segment %s, day %s, place %s, value %s', question_id, segment_id, day, place_id, value) as cell,
               coalesce(stored.count, 0)::bigint as stored, coalesce(counted.count, 0) as counted
        from stored full join counted using (question_id, segment_id, day, place_id, value)
        where stored.count is distinct from counted.count
        order by question_id, segment_id, day, place_id, value
        limit {Named}
        """).ToListAsync(ct);
}
