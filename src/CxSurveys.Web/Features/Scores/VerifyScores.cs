using System.Data;
using System.Globalization;
using CxSurveys.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Scores;

/// <summary>The verb <c>verify</c>: counts every cell anew from the answers and compares.</summary>
internal static class VerifyScores
{
    sealed record Tally(long Cells, long Differences);

    sealed record Difference(string Cell, long Stored, long Counted, long StoredNamed, long CountedNamed);

    /// <returns>The exit code: 0 when all is equal, 1 otherwise.</returns>
    public static async Task<int> RunAsync(CxDbContext db, TextWriter output, CancellationToken ct)
    {
        db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var tally = (await TallyAsync(db, ct)).Single();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"cells {tally.Cells}, differences {tally.Differences}"));
        if (tally.Differences == 0) return 0;

        foreach (var difference in await FirstAsync(db, ct))
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {difference.Cell}: stored {difference.Stored} ({difference.StoredNamed} of customers), counted {difference.Counted} ({difference.CountedNamed})"));
        return 1;
    }

    const string Compared = $"""
        with counted as (
            {CellStore.CountedSql}
        ), stored as (
            select question_id, segment_id, day, place_id, value, sum(count) as count, sum(named) as named from cell_now
            group by 1, 2, 3, 4, 5
            having sum(count) <> 0 or sum(named) <> 0
        ), compared as (
            select question_id, segment_id, day, place_id, value, coalesce(stored.count, 0)::bigint as stored, coalesce(counted.count, 0) as counted,
                   (stored.count, stored.named) is distinct from (counted.count, counted.named) as differs, stored.count is not null as is_stored,
                   coalesce(stored.named, 0)::bigint as stored_named, coalesce(counted.named, 0) as counted_named
            from stored full join counted using (question_id, segment_id, day, place_id, value)
        )
        """;

    static Task<List<Tally>> TallyAsync(CxDbContext db, CancellationToken ct) => db.Database.SqlQueryRaw<Tally>($"""
        {Compared}
        select count(*) filter (where is_stored) as cells, count(*) filter (where differs) as differences from compared
        """).ToListAsync(ct);

    static Task<List<Difference>> FirstAsync(CxDbContext db, CancellationToken ct) => db.Database.SqlQueryRaw<Difference>($"""
        {Compared}
        select format('question %s, segment %s, day %s, place %s, value %s', question_id, segment_id, day, place_id, value) as cell,
               stored, counted, stored_named, counted_named
        from compared
        where differs
        order by question_id, segment_id, day, place_id, value
        limit 5
        """).ToListAsync(ct);
}
