using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CxSurveys.Web.Features.Scores;

/// <summary>How often one value was given to one question at one place, in one period and segment where rows are such.</summary>
internal sealed record Tally(int QuestionId, int PlaceId, DateOnly? Period, string? Segment, short Value, long Count, long Anonymous)
{
    public bool Answered => Value is not (ScaleValue.Skipped or ScaleValue.NotShown);
}

/// <summary>The statements behind every score. What they cost depends on cells, not on answers.</summary>
internal static class CellQuery
{
    public static Task<List<Tally>> CellsAsync(CxDbContext db, Scope scope, Grouping by, CancellationToken ct) =>
        scope.BySegment || by.Attribute is not null ? SegmentCellsAsync(db, scope, by, ct) : AllCellsAsync(db, scope, by, ct);

    static Task<List<Tally>> AllCellsAsync(CxDbContext db, Scope scope, Grouping by, CancellationToken ct) => db.Database.SqlQuery<Tally>($"""
        select question_id, place_id, date_trunc({by.TimeUnit}::text, day::timestamp)::date as period, null::text as segment, value,
               sum(count)::bigint as count, 0::bigint as anonymous
        from cell_now
        where segment_id = {Segment.All} and question_id = any({scope.QuestionIds}) and place_id = any({scope.PlaceIds})
          and day >= {scope.Selection.From ?? DateOnly.MinValue} and day < {scope.Selection.To ?? DateOnly.MaxValue} and count <> 0
        group by 1, 2, 3, 4, 5
        having sum(count) <> 0
        """).ToListAsync(ct);

    // Without a label the combinations are named one by one, so that the index finds their cells among all others; with one they are
    // added up by combination first, so that the label is looked up once for all its cells.
    static Task<List<Tally>> SegmentCellsAsync(CxDbContext db, Scope scope, Grouping by, CancellationToken ct)
    {
        bool labels = by.Attribute is not null;
        var sql = $"""
            select c.question_id, c.place_id, c.period, {Segment.Sql(by.Attribute, "@name")} as segment, c.value, sum(c.count)::bigint as count, 0::bigint as anonymous
            from (
                select c.question_id, c.place_id, {(labels ? "c.segment_id" : "0")} as segment_id, date_trunc(@unit, c.day::timestamp)::date as period, c.value, sum(c.count) as count
                from cell_now c
                where c.segment_id {(scope.BySegment ? $"= any(array({Segment.Chosen}))" : $"<> {Segment.All}")} and c.question_id = any(@questions) and c.place_id = any(@places)
                  and c.day >= @from and c.day < @to and c.count <> 0
                group by 1, 2, 3, 4, 5
            ) c {(labels ? "join segment s on s.id = c.segment_id" : "")}
            group by 1, 2, 3, 4, 5
            having sum(c.count) <> 0
            """;
        return db.Database.SqlQueryRaw<Tally>(
            sql,
            new NpgsqlParameter("questions", scope.QuestionIds),
            new NpgsqlParameter("places", scope.PlaceIds),
            new NpgsqlParameter<DateOnly>("from", scope.Selection.From ?? DateOnly.MinValue),
            new NpgsqlParameter<DateOnly>("to", scope.Selection.To ?? DateOnly.MaxValue),
            new NpgsqlParameter<string?>("unit", by.TimeUnit),
            new NpgsqlParameter<string?>("name", by.Segment),
            new NpgsqlParameter<string>("attributes", scope.SegmentJson),
            new NpgsqlParameter<string?>("language", scope.Selection.Language),
            new NpgsqlParameter<string?>("channel", scope.Selection.Channel)).ToListAsync(ct);
    }
}
