using System.Text.Json;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CxSurveys.Web.Features.Scores.Guarding;

/// <summary>One question at one place, of a group in the wider selection.</summary>
/// <param name="Line">Equal for questions that count a customer once together.</param>
/// <param name="Inside">Whether the narrower selection has this question and place too.</param>
internal sealed record LeftPair(int Group, int QuestionId, int PlaceId, int Line, bool Inside);

/// <summary>The row that a group is, where rows are periods or values of an attribute; all null for one that is none.</summary>
internal sealed record LeftRow(DateOnly? From, DateOnly? To, bool HasLabel, string? Label);

/// <summary>
/// How many customers answered in a selection and not in a narrower one, as far as the minimum: answers are read customer by customer, in the
/// order of their index, and no further than it takes. That is a few rows, except where nearly everybody is in both: then it is all of them once.
/// </summary>
internal sealed class CustomersLeft(CxDbContext db)
{
    sealed record Found(int Group, long Customers);

    /// <param name="catalog">The organisation's zone.</param>
    /// <param name="narrow">What the customers are not in.</param>
    /// <param name="wide">What they are in.</param>
    /// <param name="by">What makes rows.</param>
    /// <param name="pairs">What the groups are made of.</param>
    /// <param name="rows">For each group, by its number, the row that it is.</param>
    /// <param name="enough">Where to stop counting.</param>
    /// <param name="ct">Ends the reading.</param>
    /// <returns>By group; without any, it has none.</returns>
    public async Task<Dictionary<int, long>> CountAsync(
        ScoreCatalog catalog, Selection narrow, Selection wide, Grouping by, IReadOnlyList<LeftPair> pairs, IReadOnlyDictionary<int, LeftRow> rows, int enough, CancellationToken ct)
    {
        if (pairs.Count == 0) return [];
        bool segments = new[] { narrow, wide }.Any(s => s.Segment.Count > 0 || s.Language is not null || s.Channel is not null) || by.Attribute is not null;
        bool pooled = pairs.GroupBy(p => (p.Group, p.Line)).Any(line => line.Skip(1).Any());
        string Of(string answer) => segments ? $"cross join lateral (select s.attributes, s.language, s.channel from segment s where s.id = {answer}.segment_id offset 0) s" : "";
        string Given(string pair, string answer) => $"""
            {answer}.question_id = {pair}.question_id and {answer}.place_id = {pair}.place_id and {answer}.person_id is not null and {answer}.value > {ScaleValue.NotShown}
            and {answer}.submitted_at >= {pair}.first::timestamp at time zone @zone and {answer}.submitted_at < {pair}.past::timestamp at time zone @zone
            {(segments ? $"and (not {pair}.has_label or {Segment.Sql(by.Attribute, "@name")} is not distinct from {pair}.label) and {Has("wide")}" : "")}
            """;
        string Inside(string pair, string answer) => $"""
            {pair}.inside and {answer}.submitted_at >= @narrow_from::timestamp at time zone @zone and {answer}.submitted_at < @narrow_to::timestamp at time zone @zone
            {(segments ? "and " + Has("narrow") : "")}
            """;
        // Of several places or versions a customer counts once, and not at all when he is in the narrower selection with another one.
        string elsewhere = !pooled ? "" : $"""
            and not exists (
                select from pair other cross join lateral (select from answer b {Of("b")} where {Given("other", "b")} and b.person_id = a.person_id and (other.number < pair.number or ({Inside("other", "b")}))) same
                where other.in_group = pair.in_group and other.line = pair.line and other.number <> pair.number
            )
            """;
        string sql = $"""
            with pair as materialized (
                select * from unnest(@numbers, @groups, @questions, @places, @lines, @insides, @firsts, @pasts, @has_labels, @labels)
                    as p(number, in_group, question_id, place_id, line, inside, first, past, has_label, label)
            )
            select g.in_group as "group", count(*) as customers
            from (select distinct in_group from pair) g cross join lateral (
                select from pair cross join lateral (
                    select a.person_id from answer a {Of("a")}
                    where {Given("pair", "a")}
                    group by a.person_id
                    having not bool_or({Inside("pair", "a")}) {elsewhere}
                    order by a.person_id
                    limit {enough}
                ) customer
                where pair.in_group = g.in_group
                limit {enough}
            ) counted
            group by 1
            """;
        var found = await db.Database.SqlQueryRaw<Found>(sql, Parameters(catalog, narrow, wide, by, pairs, rows)).ToListAsync(ct);
        return found.ToDictionary(f => f.Group, f => f.Customers);
    }

    static string Has(string selection) =>
        $"s.attributes @> @{selection}_attributes::jsonb and (@{selection}_language is null or s.language = @{selection}_language) and (@{selection}_channel is null or s.channel = @{selection}_channel)";

    static object[] Parameters(ScoreCatalog catalog, Selection narrow, Selection wide, Grouping by, IReadOnlyList<LeftPair> pairs, IReadOnlyDictionary<int, LeftRow> rows)
    {
        NpgsqlParameter Array<T>(string name, Func<LeftPair, T> of) => new(name, pairs.Select(of).ToArray());
        return
        [
            new NpgsqlParameter("numbers", Enumerable.Range(0, pairs.Count).ToArray()),
            Array("groups", p => p.Group),
            Array("questions", p => p.QuestionId),
            Array("places", p => p.PlaceId),
            Array("lines", p => p.Line),
            Array("insides", p => p.Inside),
            Array("firsts", p => Later(rows[p.Group].From, wide.From)),
            Array("pasts", p => Earlier(rows[p.Group].To, wide.To)),
            Array("has_labels", p => rows[p.Group].HasLabel),
            new NpgsqlParameter<string?[]>("labels", [.. pairs.Select(p => rows[p.Group].Label)]),
            new NpgsqlParameter<DateOnly>("narrow_from", narrow.From ?? DateOnly.MinValue),
            new NpgsqlParameter<DateOnly>("narrow_to", narrow.To ?? DateOnly.MaxValue),
            new NpgsqlParameter<string>("zone", catalog.Organisation.CellsTimeZone),
            new NpgsqlParameter<string?>("name", by.Segment),
            .. Of("narrow", narrow),
            .. Of("wide", wide),
        ];
    }

    static IEnumerable<NpgsqlParameter> Of(string name, Selection selection) =>
    [
        new NpgsqlParameter<string>(name + "_attributes", JsonSerializer.Serialize(selection.Segment)),
        new NpgsqlParameter<string?>(name + "_language", selection.Language),
        new NpgsqlParameter<string?>(name + "_channel", selection.Channel),
    ];

    static DateOnly Later(DateOnly? one, DateOnly? other) => (one ?? DateOnly.MinValue) > (other ?? DateOnly.MinValue) ? one!.Value : other ?? DateOnly.MinValue;

    static DateOnly Earlier(DateOnly? one, DateOnly? other) => (one ?? DateOnly.MaxValue) < (other ?? DateOnly.MaxValue) ? one!.Value : other ?? DateOnly.MaxValue;
}
