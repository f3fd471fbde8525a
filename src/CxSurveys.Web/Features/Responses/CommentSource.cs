using System.Text.Json;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Scores.Detail;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Responses;

/// <summary>Finds the words behind a score, in the days of the scores' zone.</summary>
internal sealed class CommentSource(CxDbContext db) : ICommentSource
{
    public async Task<IReadOnlyList<Comment>> NewestAsync(CommentQuery query, int limit, CancellationToken ct)
    {
        // The planner takes a text for seldom and would sort them all, where the index has the newest first.
        await db.Database.ExecuteSqlAsync($"set local enable_bitmapscan = off", ct);
        var found = await FindAsync(query, limit, ct);
        await db.Database.ExecuteSqlAsync($"set local enable_bitmapscan to default", ct);
        return found;
    }

    // Question by question: the index of answers behind a bar has texts too, as those without a value. "offset 0" keeps the planner at one look
    // an answer: on tables it has no statistics of it prefers reading all. Of several answers in one response the one asked where the text was.
    Task<List<Comment>> FindAsync(CommentQuery query, int limit, CancellationToken ct)
    {
        var (from, to) = (query.Filters.From ?? DateOnly.MinValue, query.Filters.To ?? DateOnly.MaxValue);
        var segment = JsonSerializer.Serialize(query.Filters.Segment);
        var (language, channel) = (query.Filters.Language, query.Filters.Channel);
        return db.Database.SqlQuery<Comment>($"""
            with period as materialized (
                select {from}::timestamp at time zone cells_time_zone as first, {to}::timestamp at time zone cells_time_zone as past, cells_time_zone as zone
                from organisation
            ), texts as materialized (
                select q.id from question q
                where q.kind = {nameof(QuestionKind.Text)} and q.version_id in (select version_id from question where id = any({query.Questions}))
                  and ((q.touchpoint_id is null and q.stage_id is null and not q.journey)
                    or (q.journey and {Place.WholeJourney} = any({query.TextPlaces}))
                    or exists (select from place p where p.id = any({query.TextPlaces}) and (p.touchpoint_id = q.touchpoint_id or (p.kind = {nameof(PlaceKind.Stage)} and p.stage_id = q.stage_id))))
            )
            select said.response_id, said.text, said.value, said.submitted_at at time zone (select zone from period) as given_at, said.language
            from texts cross join lateral (
                select a.response_id, a.question_id, a.submitted_at, a.text, given.value, s.language
                from answer a
                cross join lateral (select * from segment where id = a.segment_id offset 0) s
                cross join lateral (
                    select g.value from answer g
                    where g.response_id = a.response_id and g.question_id = any({query.Questions}) and g.place_id = any({query.Places}) and g.value > {ScaleValue.NotShown}
                    order by g.place_id <> a.place_id, g.question_id
                    limit 1
                ) given
                cross join lateral (select from response where id = a.response_id and state = {(short)ResponseState.Counted} offset 0) counted
                where a.question_id = texts.id and a.value is null and a.text is not null and a.place_id = any({query.TextPlaces})
                  and a.submitted_at >= (select first from period) and a.submitted_at < (select past from period)
                  and s.attributes @> {segment}::jsonb
                  and ({language}::text is null or s.language = {language})
                  and ({channel}::text is null or s.channel = {channel})
                order by a.value, a.submitted_at desc, a.response_id
                limit {limit}
            ) said
            order by said.submitted_at desc, said.response_id, said.question_id
            limit {limit}
            """).ToListAsync(ct);
    }
}
