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
    /// <summary>Where comments are usual they are among the newest responses; only else all texts are gone through.</summary>
    const int NewestLookedAt = 2_000;

    public async Task<IReadOnlyList<Comment>> NewestAsync(CommentQuery query, int limit, CancellationToken ct)
    {
        var among = await FindAsync(query, limit, NewestLookedAt, ct);
        return among.Count == limit ? among : await FindAsync(query, limit, null, ct);
    }

    // Of several answers in one response the one asked where the text was. "offset 0" keeps the planner at one index scan a
    // response: on tables it has no statistics of it prefers reading all answers.
    Task<List<Comment>> FindAsync(CommentQuery query, int limit, int? newest, CancellationToken ct)
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
                where q.kind = {nameof(QuestionKind.Text)}
                  and ((q.touchpoint_id is null and q.stage_id is null and not q.journey)
                    or (q.journey and {Place.WholeJourney} = any({query.TextPlaces}))
                    or exists (select from place p where p.id = any({query.TextPlaces}) and (p.touchpoint_id = q.touchpoint_id or (p.kind = {nameof(PlaceKind.Stage)} and p.stage_id = q.stage_id))))
            ), looked as materialized (
                (select r.id from response r
                where exists (select from texts) and r.submitted_at >= (select first from period) and r.submitted_at < (select past from period)
                order by r.submitted_at desc, r.id
                limit {newest ?? 0})
                union all
                (select distinct a.response_id from answer a
                where {newest}::int is null and a.question_id = any(array(select id from texts)) and a.place_id = any({query.TextPlaces}))
            )
            select r.id as response_id, said.text, given.value, r.submitted_at at time zone (select zone from period) as given_at, s.language
            from looked
            cross join lateral (select * from response where id = looked.id offset 0) r
            cross join lateral (select * from segment where id = r.segment_id offset 0) s
            cross join lateral (
                select * from answer where response_id = r.id and question_id = any(array(select id from texts)) and place_id = any({query.TextPlaces}) and text is not null offset 0
            ) said
            cross join lateral (
                select a.value from answer a
                where a.response_id = r.id and a.question_id = any({query.Questions}) and a.place_id = any({query.Places}) and a.value > {ScaleValue.NotShown}
                order by a.place_id <> said.place_id, a.question_id
                limit 1
            ) given
            where r.state = {(short)ResponseState.Counted} and r.submitted_at >= (select first from period) and r.submitted_at < (select past from period)
              and s.attributes @> {segment}::jsonb
              and ({language}::text is null or s.language = {language})
              and ({channel}::text is null or s.channel = {channel})
            order by r.submitted_at desc, r.id, said.question_id
            limit {limit}
            """).ToListAsync(ct);
    }
}
