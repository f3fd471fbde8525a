using System.Text.Json;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Scores.Detail;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Responses;

/// <summary>Finds the words behind a score, in the days of the scores' zone.</summary>
internal sealed class CommentSource(CxDbContext db) : ICommentSource
{
    // From the newest response backwards: where comments are usual, few responses are looked at before there are enough.
    // Of several answers in one response the one asked where the text was.
    public async Task<IReadOnlyList<Comment>> NewestAsync(CommentQuery query, int limit, CancellationToken ct)
    {
        var (from, to) = (query.Filters.From ?? DateOnly.MinValue, query.Filters.To ?? DateOnly.MaxValue);
        var segment = JsonSerializer.Serialize(query.Filters.Segment);
        var (language, channel) = (query.Filters.Language, query.Filters.Channel);
        return await db.Database.SqlQuery<Comment>($"""
            select r.id as response_id, said.text, given.value, r.submitted_at at time zone o.cells_time_zone as given_at, s.language
            from organisation o
            join response r on r.submitted_at >= {from}::timestamp at time zone o.cells_time_zone and r.submitted_at < {to}::timestamp at time zone o.cells_time_zone
            join segment s on s.id = r.segment_id
            join answer said on said.response_id = r.id and said.text is not null and said.place_id = any({query.TextPlaces})
            cross join lateral (
                select a.value from answer a
                where a.response_id = r.id and a.question_id = any({query.Questions}) and a.place_id = any({query.Places}) and a.value > {ScaleValue.NotShown}
                order by a.place_id <> said.place_id, a.question_id
                limit 1
            ) as given
            where r.state = {(short)ResponseState.Counted}
              and s.attributes @> {segment}::jsonb
              and ({language}::text is null or s.language = {language})
              and ({channel}::text is null or s.channel = {channel})
            order by r.submitted_at desc, r.id, said.question_id
            limit {limit}
            """).ToListAsync(ct);
    }
}
