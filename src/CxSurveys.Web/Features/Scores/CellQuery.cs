using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;

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
        from cell
        where segment_id = {Segment.All} and question_id = any({scope.QuestionIds}) and place_id = any({scope.PlaceIds})
          and day >= {scope.Selection.From ?? DateOnly.MinValue} and day < {scope.Selection.To ?? DateOnly.MaxValue} and count <> 0
        group by 1, 2, 3, 4, 5
        """).ToListAsync(ct);

    static Task<List<Tally>> SegmentCellsAsync(CxDbContext db, Scope scope, Grouping by, CancellationToken ct) => db.Database.SqlQuery<Tally>($"""
        select c.question_id, c.place_id, date_trunc({by.TimeUnit}::text, c.day::timestamp)::date as period, case {by.Attribute}::text when 'language' then s.language when 'channel' then s.channel else s.attributes ->> {by.Segment}::text end as segment, c.value,
               sum(c.count)::bigint as count, 0::bigint as anonymous
        from cell c
        join segment s on s.id = c.segment_id
        where c.segment_id <> {Segment.All} and c.question_id = any({scope.QuestionIds}) and c.place_id = any({scope.PlaceIds})
          and c.day >= {scope.Selection.From ?? DateOnly.MinValue} and c.day < {scope.Selection.To ?? DateOnly.MaxValue} and c.count <> 0
          and s.attributes @> {scope.SegmentJson}::jsonb
          and ({scope.Selection.Language}::text is null or s.language = {scope.Selection.Language})
          and ({scope.Selection.Channel}::text is null or s.channel = {scope.Selection.Channel})
        group by 1, 2, 3, 4, 5
        """).ToListAsync(ct);
}
