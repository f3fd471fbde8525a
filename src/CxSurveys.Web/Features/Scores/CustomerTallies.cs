using System.Text.Json;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CxSurveys.Web.Features.Scores;

/// <summary>
/// Of each question the latest answered value of each customer within each row; who has no name counts alone. A question stands for
/// all versions of its line, a place for all that are put into the same row. Cells tell how many have no name, an index of the named ones which are
/// the latest: it is read once in its own order where a row has one question at one place, and sorted only where it has several.
/// What that costs grows with the named answers to its questions at its places, whatever its days.
/// </summary>
internal sealed class CustomerTallies(CxDbContext db, Scope scope, List<Tally> cells)
{
    readonly List<(int[] Rows, Grouping By, List<Tally> Tallies)> counted = [];
    readonly (int Question, int Place)[] pairs = [.. cells.Where(c => c.Answered).Select(c => (c.QuestionId, c.PlaceId)).Distinct().Order()];

    sealed record Latest(int Row, DateOnly? Period, string? Segment, short Value, long Newest);

    /// <param name="by">Time or segment make rows of their own within each of <paramref name="rowOf"/>.</param>
    /// <param name="rowOf">Which places make a row together.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<List<Tally>> CountAsync(Grouping by, Func<Place, int> rowOf, CancellationToken ct)
    {
        if (by is { TimeUnit: null, Attribute: null }) by = Grouping.None;
        var rows = RowsOf(rowOf);
        if (counted.Find(c => c.By == by && c.Rows.SequenceEqual(rows)).Tallies is { } known) return known;
        var latest = pairs.Length == 0 ? [] : await LatestAsync(rows, by, ct);
        var tallies = Tallies(rows, by, latest);
        counted.Add((rows, by, tallies));
        return tallies;
    }

    // A row is told by the index of its first pair, so that two ways to say the same rows are recognised as one.
    int[] RowsOf(Func<Place, int> rowOf)
    {
        var first = new Dictionary<(object, int), int>();
        var rows = new int[pairs.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            var key = (scope.Catalog.Question(pairs[i].Question).Line, rowOf(scope.Catalog.Place(pairs[i].Place)));
            first.TryAdd(key, i);
            rows[i] = first[key];
        }
        return rows;
    }

    List<Tally> Tallies(int[] rows, Grouping by, List<Latest> latest)
    {
        var rowOf = pairs.Zip(rows).ToDictionary(p => p.First, p => p.Second);
        var newest = latest.ToDictionary(l => (l.Row, l.Period, l.Segment, l.Value), l => l.Newest);
        return [.. cells.Where(c => c.Answered)
            .GroupBy(c => (Row: rowOf[(c.QuestionId, c.PlaceId)], Period: by.TimeUnit is null ? null : c.Period, Segment: by.Attribute is null ? null : c.Segment, c.Value))
            .Select(group =>
            {
                long anonymous = group.Sum(c => c.Anonymous);
                var (question, place) = pairs[group.Key.Row];
                return new Tally(question, place, group.Key.Period, group.Key.Segment, group.Key.Value, anonymous + newest.GetValueOrDefault(group.Key), anonymous);
            })
            .Where(tally => tally.Count > 0)];
    }

    Task<List<Latest>> LatestAsync(int[] rows, Grouping by, CancellationToken ct)
    {
        bool[] pooled = [.. rows.Select(row => rows.Count(r => r == row) > 1)];
        bool segments = scope.BySegment || by.Attribute is not null;
        // Only what is asked for: a join would cost the order of the index, and with it a sort of everything.
        string label = Segment.Sql(by.Attribute, "@name");
        string join = segments ? "join segment s on s.id = a.segment_id and s.attributes @> @attributes::jsonb and (@language is null or s.language = @language) and (@channel is null or s.channel = @channel)" : "";
        string period = by.TimeUnit is null ? "null::date" : "date_trunc(@unit, a.submitted_at at time zone @zone)::date";
        string given = $"""
            select {period} as period, {label} as segment, a.value, a.person_id, a.submitted_at, a.response_id
            from answer a {join}
            where a.question_id = pair.question_id and a.place_id = pair.place_id and a.person_id is not null and a.value > {ScaleValue.NotShown}
              and a.submitted_at >= @from::timestamp at time zone @zone and a.submitted_at < @to::timestamp at time zone @zone
            """;
        const string Latest = "person_id, period, segment, submitted_at desc, response_id desc";
        string sql = $"""
            with pair as (
                select * from unnest(@questions, @places, @rows, @pooled) as p(question_id, place_id, row, pooled)
            )
            select row, period, segment, value, count(*) as newest
            from (
                select pair.row, newest.period, newest.segment, newest.value
                from pair cross join lateral (select distinct on (person_id, period, segment) period, segment, value from ({given}) given order by {Latest}) newest
                where not pooled
                union all
                (select distinct on (row, person_id, period, segment) row, period, segment, value from pair cross join lateral ({given}) given where pooled order by row, {Latest})
            ) both_ways
            group by 1, 2, 3, 4
            """;
        return db.Database.SqlQueryRaw<Latest>(sql, Parameters(rows, pooled, by)).ToListAsync(ct);
    }

    object[] Parameters(int[] rows, bool[] pooled, Grouping by) =>
    [
        new NpgsqlParameter("questions", pairs.Select(p => p.Question).ToArray()),
        new NpgsqlParameter("places", pairs.Select(p => p.Place).ToArray()),
        new NpgsqlParameter("rows", rows),
        new NpgsqlParameter("pooled", pooled),
        new NpgsqlParameter<DateOnly>("from", scope.Selection.From ?? DateOnly.MinValue),
        new NpgsqlParameter<DateOnly>("to", scope.Selection.To ?? DateOnly.MaxValue),
        new NpgsqlParameter<string>("zone", scope.Catalog.Organisation.CellsTimeZone),
        new NpgsqlParameter<string?>("unit", by.TimeUnit),
        new NpgsqlParameter<string?>("name", by.Segment),
        new NpgsqlParameter<string>("attributes", JsonSerializer.Serialize(scope.Selection.Segment)),
        new NpgsqlParameter<string?>("language", scope.Selection.Language),
        new NpgsqlParameter<string?>("channel", scope.Selection.Channel),
    ];
}
