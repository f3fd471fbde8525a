using System.Text.Json;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CxSurveys.Web.Features.Scores.Guarding;

/// <summary>How many answers, with what tells their group and where they lie on one axis.</summary>
internal sealed record GuardTally(int QuestionId, int PlaceId, DateOnly? Period, string? Segment, string? Value, DateOnly? Week, DateOnly? Month, long Count)
{
    public static GuardTally Of(Tally tally) => new(tally.QuestionId, tally.PlaceId, tally.Period, tally.Segment, null, null, null, tally.Count);

    public Tally Tally => new(QuestionId, PlaceId, Period, Segment, 0, Count, 0);
}

/// <summary>One sum over cells. It costs as a split of the selection does that leaves the axis out.</summary>
internal static class GuardQuery
{
    /// <param name="valueOf">The axis that is an attribute: <c>language</c>, <c>channel</c> or <c>segment.name</c>; else null.</param>
    /// <param name="byTime">Whether the axis is time.</param>
    public static Task<List<GuardTally>> ReadAsync(CxDbContext db, Scope scope, Grouping by, string? valueOf, bool byTime, string definition, CancellationToken ct)
    {
        var segments = scope.BySegment || by.Attribute is not null || valueOf is not null;
        var join = segments
            ? "join segment s on s.id = c.segment_id and s.attributes @> @attributes::jsonb and (@language is null or s.language = @language) and (@channel is null or s.channel = @channel)"
            : "";
        var sql = $"""
            select c.question_id, c.place_id, {(by.TimeUnit is null ? "null::date" : "date_trunc(@unit, c.day::timestamp)::date")} as period,
                   {Segment.Sql(by.Attribute, "@name")} as segment, {Segment.Sql(valueOf, "@axis")} as value,
                   {(byTime ? "date_trunc('week', c.day::timestamp)::date" : "null::date")} as week, {(byTime ? "date_trunc('month', c.day::timestamp)::date" : "null::date")} as month,
                   sum(c.count)::bigint as count
            from cell c {join}
            where c.segment_id {(segments ? "<>" : "=")} {Segment.All} and c.question_id = any(@questions) and c.place_id = any(@places)
              and c.day >= @from and c.day < @to and c.count <> 0 and c.value not in ({ScaleValue.Skipped}, {ScaleValue.NotShown})
            group by 1, 2, 3, 4, 5, 6, 7
            """;
        int[] questions = [.. scope.Questions.Where(q => q.MetricKey == definition).Select(q => q.Id)];
        return questions.Length == 0
            ? Task.FromResult(new List<GuardTally>())
            : db.Database.SqlQueryRaw<GuardTally>(sql, Parameters(scope, questions, by, valueOf)).ToListAsync(ct);
    }

    static object[] Parameters(Scope scope, int[] questions, Grouping by, string? valueOf) =>
    [
        new NpgsqlParameter("questions", questions),
        new NpgsqlParameter("places", scope.PlaceIds),
        new NpgsqlParameter<DateOnly>("from", scope.Selection.From ?? DateOnly.MinValue),
        new NpgsqlParameter<DateOnly>("to", scope.Selection.To ?? DateOnly.MaxValue),
        new NpgsqlParameter<string?>("unit", by.TimeUnit),
        new NpgsqlParameter<string?>("name", by.Segment),
        new NpgsqlParameter<string?>("axis", valueOf is { } name && name.StartsWith(Axis.SegmentPrefix, StringComparison.Ordinal) ? name[Axis.SegmentPrefix.Length..] : null),
        new NpgsqlParameter<string>("attributes", JsonSerializer.Serialize(scope.Selection.Segment)),
        new NpgsqlParameter<string?>("language", scope.Selection.Language),
        new NpgsqlParameter<string?>("channel", scope.Selection.Channel),
    ];
}
