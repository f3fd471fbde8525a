using System.Text.Json;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CxSurveys.Web.Features.Scores.Guarding;

/// <summary>
/// The sums over cells that guards ask for, of one snapshot: many blocks of a page ask for the same answers in other groups, which
/// are read once, as finely as the first of them needs.
/// </summary>
internal sealed class GuardSums(CxDbContext db)
{
    readonly List<(Source Source, List<Piece> Pieces)> known = [];
    readonly HashSet<int> together = [];
    CellDays? days;

    /// <summary>How many customers a selection leaves of a wider one.</summary>
    public CustomersLeft Customers { get; } = new(db);

    /// <summary>These are asked for one after the other: whoever needs the sums of one reads those of all.</summary>
    public void ReadTogether(IEnumerable<AskedQuestion> questions) => together.UnionWith(questions.Select(q => q.Id));

    /// <summary>How many answers lie together as far as anyone asks. Its day is that of answers by the day only.</summary>
    sealed record Piece(int QuestionId, int PlaceId, string? Segment, string? Value, DateOnly? Day, DateOnly? Week, DateOnly? Month, long Count, long Named);

    /// <param name="Filter">Of attributes, language and channel; null = cells of all segments together.</param>
    /// <param name="Label">The attribute that makes rows.</param>
    /// <param name="ValueOf">The attribute that is the axis.</param>
    /// <param name="Fine">Told apart by week and month.</param>
    sealed record Source(string? Filter, string? Label, string? ValueOf, DateOnly? From, DateOnly? To, bool ByDay, bool Fine, HashSet<int> Questions, HashSet<int>? Places)
    {
        public bool Holds(Source other) => this with { Questions = other.Questions, Places = other.Places, Fine = other.Fine } == other
            && (Fine || !other.Fine) && Questions.IsSupersetOf(other.Questions) && (Places is null || (other.Places is not null && Places.IsSupersetOf(other.Places)));
    }

    /// <param name="scope">What is added up.</param>
    /// <param name="by">What makes rows.</param>
    /// <param name="valueOf">The axis that is an attribute: <c>language</c>, <c>channel</c> or <c>segment.name</c>; else null.</param>
    /// <param name="byTime">Whether the axis is time.</param>
    /// <param name="definition">The questions of this one only.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<List<GuardTally>> ReadAsync(Scope scope, Grouping by, string? valueOf, bool byTime, string definition, CancellationToken ct)
    {
        var source = SourceOf(scope, by, valueOf, byTime, definition);
        if (source.Questions.Count == 0) return [];
        source = await WithoutIdleDaysAsync(scope.Catalog, source, ct);
        var pieces = await PiecesAsync(scope, source, ct);
        var places = scope.PlaceIds.ToHashSet();
        return [.. pieces.Where(p => source.Questions.Contains(p.QuestionId) && places.Contains(p.PlaceId))
            .Select(p => new GuardTally(p.QuestionId, p.PlaceId, PeriodOf(p, by), p.Segment, p.Value, byTime ? p.Week : null, byTime ? p.Month : null, p.Count, p.Named))];
    }

    static DateOnly? PeriodOf(Piece piece, Grouping by) => by.By switch
    {
        GroupBy.Day => piece.Day,
        GroupBy.Week => piece.Week,
        GroupBy.Month => piece.Month,
        _ => null,
    };

    static Source SourceOf(Scope scope, Grouping by, string? valueOf, bool byTime, string definition)
    {
        var selection = scope.Selection;
        bool segments = scope.BySegment || by.Attribute is not null || valueOf is not null;
        return new(
            segments ? JsonSerializer.Serialize(new { scope.SegmentJson, selection.Language, selection.Channel }) : null,
            by.Attribute, valueOf, selection.From, selection.To, by.By == GroupBy.Day, byTime || by.TimeUnit is not null,
            [.. scope.Questions.Where(q => q.MetricKey == definition).Select(q => q.Id)],
            selection.Touchpoint is null && selection.Stage is null ? null : [.. scope.PlaceIds]);
    }

    // A window around all days there are is none: what it leaves out need not be asked for.
    async Task<Source> WithoutIdleDaysAsync(ScoreCatalog catalog, Source source, CancellationToken ct)
    {
        if (source is { From: null, To: null }) return source;
        days ??= await CellDays.ReadAsync(db, catalog, ct);
        return source with { From = source.From <= days?.First ? null : source.From, To = source.To > days?.Last ? null : source.To };
    }

    async Task<List<Piece>> PiecesAsync(Scope scope, Source source, CancellationToken ct)
    {
        if (known.Find(k => k.Source.Holds(source)).Pieces is { } pieces) return pieces;
        if (source.Questions.Overlaps(together)) source = source with { Questions = [.. source.Questions, .. together] };
        pieces = source is { Fine: true, From: null, To: null } && known.Find(k => k.Source.Holds(source with { From = k.Source.From, To = k.Source.To })) is { Pieces: not null } inside
            ? [.. inside.Pieces, .. await OutsideAsync(scope, source with { Questions = inside.Source.Questions, Places = inside.Source.Places }, inside.Source, ct)]
            : await SumAsync(scope, source, ct);
        known.Add((source, pieces));
        return pieces;
    }

    /// <summary>What lies before and after days that are known.</summary>
    async Task<IEnumerable<Piece>> OutsideAsync(Scope scope, Source all, Source inside, CancellationToken ct)
    {
        var before = inside.From is { } from ? await SumAsync(scope, all with { To = from }, ct) : [];
        var after = inside.To is { } to ? await SumAsync(scope, all with { From = to }, ct) : [];
        return before.Concat(after);
    }

    // Days first, then what lies in the same week and month, and segments first, then those of the same value: that is done once for many cells.
    Task<List<Piece>> SumAsync(Scope scope, Source source, CancellationToken ct)
    {
        bool labels = source.Label is not null || source.ValueOf is not null;
        var grain = CellGrain.Of(scope, source.Label, source.ValueOf);
        var (day, time) = (source.Fine ? "c.day" : "null::date", source.Fine ? "date_trunc('week', c.day::timestamp)::date" : "null::date");
        string sign = labels ? "told.sign * " : "";
        string sql = $"""
            select c.question_id, c.place_id, {(labels ? "told.segment, told.value" : "null::text as segment, null::text as value")},
                   {(source.ByDay ? "c.day" : "null::date")} as day, {time} as week, {time.Replace("week", "month", StringComparison.Ordinal)} as month, sum({sign}c.count)::bigint as count, sum({sign}c.named)::bigint as named
            from (
                select c.question_id, c.place_id, {(labels ? "c.segment_id" : "0")} as segment_id, {day} as day, sum(c.count)::bigint as count, sum(c.named)::bigint as named
                from cell_now c
                where {grain.Where}
                  and c.question_id = any(@questions) {(source.Places is null ? "" : "and c.place_id = any(@places)")}
                  and c.day >= @from and c.day < @to and c.count <> 0 and c.value > {ScaleValue.NotShown}
                group by 1, 2, 3, 4
            ) c {(labels ? grain.Join : "")} {(labels ? grain.Told(source.Label, source.ValueOf) : "")}
            group by 1, 2, 3, 4, 5, 6, 7
            having sum({sign}c.count) <> 0
            """;
        return db.Database.SqlQueryRaw<Piece>(sql, [.. Parameters(scope, source), new NpgsqlParameter<string?>("part", grain.Part)]).ToListAsync(ct);
    }

    static object[] Parameters(Scope scope, Source source) =>
    [
        new NpgsqlParameter("questions", source.Questions.ToArray()),
        new NpgsqlParameter("places", source.Places?.ToArray() ?? []),
        new NpgsqlParameter<DateOnly>("from", source.From ?? DateOnly.MinValue),
        new NpgsqlParameter<DateOnly>("to", source.To ?? DateOnly.MaxValue),
        new NpgsqlParameter<string?>("name", NameOf(source.Label)),
        new NpgsqlParameter<string?>("axis", NameOf(source.ValueOf)),
        new NpgsqlParameter<string>("attributes", scope.SegmentJson),
        new NpgsqlParameter<string?>("language", scope.Selection.Language),
        new NpgsqlParameter<string?>("channel", scope.Selection.Channel),
    ];

    static string? NameOf(string? attribute) => attribute is not null && attribute.StartsWith(Segment.AttributePrefix, StringComparison.Ordinal) ? attribute[Segment.AttributePrefix.Length..] : null;
}
