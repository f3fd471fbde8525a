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
    // By segment first, so that a label is looked up once for all its cells.
    public static Task<List<Tally>> CellsAsync(CxDbContext db, Scope scope, Grouping by, CancellationToken ct)
    {
        var grain = CellGrain.Of(scope, by.Attribute);
        bool labels = by.Attribute is not null;
        var sql = $"""
            select c.question_id, c.place_id, c.period, {(labels ? "told.segment" : "null::text")} as segment, c.value,
                   sum({(labels ? "told.sign * " : "")}c.count)::bigint as count, sum({(labels ? "told.sign * " : "")}(c.count - c.named))::bigint as anonymous
            from (
                select c.question_id, c.place_id, {(labels ? "c.segment_id" : "0")} as segment_id, date_trunc(@unit, c.day::timestamp)::date as period, c.value, sum(c.count) as count, sum(c.named) as named
                from cell_now c
                where {grain.Where} and c.question_id = any(@questions) and c.place_id = any(@places)
                  and c.day >= @from and c.day < @to and c.count <> 0
                group by 1, 2, 3, 4, 5
            ) c {(labels ? grain.Join : "")} {(labels ? grain.Told(by.Attribute, null) : "")}
            group by 1, 2, 3, 4, 5
            having sum({(labels ? "told.sign * " : "")}c.count) <> 0
            """;
        return db.Database.SqlQueryRaw<Tally>(
            sql,
            new NpgsqlParameter("questions", scope.QuestionIds),
            new NpgsqlParameter("places", scope.PlaceIds),
            new NpgsqlParameter<DateOnly>("from", scope.Selection.From ?? DateOnly.MinValue),
            new NpgsqlParameter<DateOnly>("to", scope.Selection.To ?? DateOnly.MaxValue),
            new NpgsqlParameter<string?>("unit", by.TimeUnit),
            new NpgsqlParameter<string?>("name", by.Segment),
            new NpgsqlParameter<string?>("part", grain.Part),
            new NpgsqlParameter<string>("attributes", scope.SegmentJson),
            new NpgsqlParameter<string?>("language", scope.Selection.Language),
            new NpgsqlParameter<string?>("channel", scope.Selection.Channel)).ToListAsync(ct);
    }
}
