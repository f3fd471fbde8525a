using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Scores;

/// <summary>How often one value was given to one question at one place, in one period and segment where rows are such.</summary>
internal sealed record Tally(int QuestionId, int PlaceId, DateOnly? Period, string? Segment, short Value, long Count, long Anonymous)
{
    public bool Answered => Value is not (ScaleValue.Skipped or ScaleValue.NotShown);
}

/// <summary>The statements behind every score. What they cost depends on cells; only counting per customer looks at answers.</summary>
internal static class CellQuery
{
    public static Task<List<Tally>> CellsAsync(CxDbContext db, Scope scope, Grouping by, CancellationToken ct) =>
        scope.BySegment || by.By == GroupBy.Segment ? SegmentCellsAsync(db, scope, by, ct) : AllCellsAsync(db, scope, by, ct);

    static Task<List<Tally>> AllCellsAsync(CxDbContext db, Scope scope, Grouping by, CancellationToken ct) => db.Database.SqlQuery<Tally>($"""
        select question_id, place_id, date_trunc({by.TimeUnit}::text, day::timestamp)::date as period, null::text as segment, value,
               sum(count)::bigint as count, 0::bigint as anonymous
        from cell
        where segment_id = {Segment.All} and question_id = any({scope.QuestionIds}) and place_id = any({scope.PlaceIds})
          and day >= {scope.Selection.From ?? DateOnly.MinValue} and day < {scope.Selection.To ?? DateOnly.MaxValue} and count <> 0
        group by 1, 2, 3, 4, 5
        """).ToListAsync(ct);

    static Task<List<Tally>> SegmentCellsAsync(CxDbContext db, Scope scope, Grouping by, CancellationToken ct) => db.Database.SqlQuery<Tally>($"""
        select c.question_id, c.place_id, date_trunc({by.TimeUnit}::text, c.day::timestamp)::date as period, s.attributes ->> {by.Segment}::text as segment, c.value,
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

    /// <summary>
    /// Of each question the latest answered value of each customer within each row. A question stands for all its versions,
    /// a place for all that <paramref name="rowOf"/> puts into the same row.
    /// </summary>
    public static Task<List<Tally>> CustomersAsync(CxDbContext db, Scope scope, Grouping by, Func<Place, int> rowOf, CancellationToken ct)
    {
        int[] questions = scope.QuestionIds, lines = [.. Representatives(scope.Questions, q => q.Line, q => q.Id)];
        int[] places = [.. scope.Places.Select(p => p.Id)], rows = [.. Representatives(scope.Places, rowOf, p => p.Id)];
        return db.Database.SqlQuery<Tally>($"""
            with latest as (
                select distinct on (q.line, p.row, period, segment, person)
                       q.line, p.row, date_trunc({by.TimeUnit}::text, a.day::timestamp)::date as period, s.attributes ->> {by.Segment}::text as segment, a.value, a.person_id,
                       coalesce(a.person_id::text, a.response_id::text) as person
                from scored_answer a
                join unnest({questions}, {lines}) as q(id, line) on q.id = a.question_id
                join unnest({places}, {rows}) as p(id, row) on p.id = a.place_id
                join segment s on s.id = a.segment_id
                where a.value not in ({ScaleValue.Skipped}, {ScaleValue.NotShown})
                  and a.day >= {scope.Selection.From ?? DateOnly.MinValue} and a.day < {scope.Selection.To ?? DateOnly.MaxValue}
                  and s.attributes @> {scope.SegmentJson}::jsonb
                  and ({scope.Selection.Language}::text is null or s.language = {scope.Selection.Language})
                  and ({scope.Selection.Channel}::text is null or s.channel = {scope.Selection.Channel})
                order by q.line, p.row, period, segment, person, a.submitted_at desc, a.response_id desc
            )
            select line as question_id, row as place_id, period, segment, value, count(*) as count, count(*) filter (where person_id is null) as anonymous
            from latest
            group by 1, 2, 3, 4, 5
            """).ToListAsync(ct);
    }

    static IEnumerable<int> Representatives<T, TKey>(IReadOnlyList<T> items, Func<T, TKey> groupOf, Func<T, int> idOf) where TKey : notnull
    {
        var first = new Dictionary<TKey, int>();
        foreach (var item in items)
        {
            first.TryAdd(groupOf(item), idOf(item));
            yield return first[groupOf(item)];
        }
    }
}
