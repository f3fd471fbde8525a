using System.Globalization;
using CxSurveys.Scoring;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Scores.Guarding;
using CxSurveys.Web.Features.Scores.Map;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Features.Surveys.Versions;

namespace CxSurveys.Web.Features.Scores.Detail;

/// <summary>The blocks of one page, each what the API answers to the same selection and rows.</summary>
internal sealed class DetailReader(CxDbContext db, SurveyCatalog surveys, Subject subject, MapAddress address, MapGround ground)
{
    static readonly Grouping ByWeek = new(GroupBy.Week), ByMonth = new(GroupBy.Month), ByTouchpoint = new(GroupBy.Touchpoint), ByQuestion = new(GroupBy.Question);

    readonly GuardSums sums = new(db);

    // Of every kind: other definitions asked here are shown beside it.
    readonly Selection selection = subject.Within(address.Selection) with { Kind = null, From = ground.Period.From, To = ground.Period.To };

    public Scope Scope => field ??= new Scope(ground.Catalog, selection, Grouping.None);

    public string LinkTo(MetricDefinition definition) => address.Measuring(definition, ground.Definitions).Link();

    /// <summary>By week; where that would be too many points, by month.</summary>
    public async Task<(Counts Counts, Grouping Unit)> ByTimeAsync(CancellationToken ct)
    {
        var weeks = await ReadAsync(Scope, ByWeek, ct);
        var days = weeks.Cells.Select(c => c.Period!.Value.DayNumber).DefaultIfEmpty().ToList();
        return (days.Max() - days.Min()) / 7 < Trend.MostPoints ? (weeks, ByWeek) : (await ReadAsync(Scope, ByMonth, ct), ByMonth);
    }

    public Task<Counts> BeforeAsync(Grouping unit, CancellationToken ct) =>
        ReadAsync(BeforeScope, unit, ct);

    public Scope BeforeScope => field ??= new Scope(ground.Catalog, selection with { From = ground.Versus.From, To = ground.Versus.To }, Grouping.None);

    /// <summary>Definitions with answers here, or asked here now.</summary>
    public IReadOnlyList<MetricDefinition> Definitions(Counts counts)
    {
        var keys = counts.Cells.Select(c => Scope.Catalog.Question(c.QuestionId).MetricKey!).Concat(Scope.Expected.Where(IsAskedHere).Select(q => q.MetricKey!)).ToHashSet();
        return [.. ground.Definitions.Where(d => keys.Contains(d.Key))];
    }

    public Task<ScoreBlock> BlockAsync(MetricDefinition definition, Grouping by, Counts counts, CancellationToken ct, LineChoice? preferred = null) => BlockAsync(Scope, definition, by, counts, ct, preferred);

    /// <param name="definition">What is scored.</param>
    /// <param name="unit">Weeks or months.</param>
    /// <param name="now">The period: what was counted, and the figure's block of it.</param>
    /// <param name="before">The period before, likewise.</param>
    /// <param name="questions">The questions of the figure.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<Trend> TrendAsync(MetricDefinition definition, Grouping unit, (Counts Counts, ScoreBlock Block) now, (Counts Counts, ScoreBlock Block) before, ScoreBlock questions, CancellationToken ct)
    {
        var follows = ground.Versus.To == ground.Period.From;
        var reworded = before.Block.Lines.DifferingFrom(now.Block.Lines).Any();
        var alone = questions.Rows.Count == 1;
        var trend = new Trend(
            unit == ByMonth,
            // Of one question's other words there is a line of its own.
            follows && !(alone && reworded) ? Trend.PointsOf(definition, before.Block, unit, ground.Versus) : [],
            Trend.PointsOf(definition, now.Block, unit, ground.Period))
        {
            BeforeIsOlder = reworded,
            Older = alone ? await OlderAsync(definition, unit, now, follows ? before : null, ct) : [],
        };
        trend = trend with { Markers = [.. Markers(questions, definition, trend).OrderBy(m => m.Day)] };
        return alone ? trend.Markers.Where(m => m.Splits).Aggregate(trend, (cut, marker) => CutAt(cut, marker, now.Block)) : trend;
    }

    static Trend CutAt(Trend trend, TrendMarker marker, ScoreBlock block)
    {
        bool Begins(string? line) => marker.Line == line;
        return trend with
        {
            Before = Trend.Cut(trend.Before, marker.Day, Begins(block.Line)),
            Now = Trend.Cut(trend.Now, marker.Day, Begins(block.Line)),
            Older = [.. trend.Older.Select(o => o with { Points = Trend.Cut(o.Points, marker.Day, Begins(o.Line)) })],
        };
    }

    async Task<IReadOnlyList<OlderLine>> OlderAsync(MetricDefinition definition, Grouping unit, (Counts Counts, ScoreBlock Block) now, (Counts Counts, ScoreBlock Block)? before, CancellationToken ct)
    {
        var points = new Dictionary<QuestionLine, List<TrendPoint>>();
        async Task AddAsync(Scope scope, (Counts Counts, ScoreBlock Block) part, Period period)
        {
            // Nothing but the line itself: nothing more to read.
            if (part.Block.OtherLines.Count == 0 && !part.Block.Lines.DifferingFrom(now.Block.Lines).Any()) return;
            foreach (var (line, block) in await BlocksOf(scope, unit).LinesAsync(definition, part.Counts, ct))
                if (!now.Block.Lines.Has(ground.Catalog.Questions.First(q => q.Line == line)))
                    points[line] = [.. points.GetValueOrDefault(line, []), .. Trend.PointsOf(definition, block, unit, period)];
        }

        if (before is { } earlier) await AddAsync(BeforeScope, earlier, ground.Versus);
        await AddAsync(Scope, now, ground.Period);
        return [.. points.Where(p => p.Value.Count > 0).Select(p => new OlderLine(p.Key.Name, VersionsText(ground.Catalog.VersionsOf(p.Key)), p.Value))];
    }

    /// <summary>Such as <c>versions 2 and 3</c>.</summary>
    public static string VersionsText(IReadOnlyList<int> versions) => versions.Count == 1
        ? string.Create(CultureInfo.InvariantCulture, $"version {versions[0]}")
        : string.Create(CultureInfo.InvariantCulture, $"versions {string.Join(", ", versions.Take(versions.Count - 1))} and {versions[^1]}");

    IEnumerable<TrendMarker> Markers(ScoreBlock questions, MetricDefinition definition, Trend trend)
    {
        if (!trend.Every.Any()) yield break;
        var (first, last) = (trend.Every.Min(p => p.From), trend.Every.Max(p => p.To));
        var zone = TimeZoneInfo.FindSystemTimeZoneById(ground.Catalog.Organisation.CellsTimeZone);
        foreach (var row in questions.Rows)
        {
            var versions = ground.Catalog.Questions.Where(q => q.Survey == row.Survey && q.Key == row.Key && q.MetricKey == definition.Key).OrderBy(q => q.Version).ToList();
            foreach (var (earlier, later) in versions.Zip(versions.Skip(1)).Where(pair => pair.First.WordingId != pair.Second.WordingId))
            {
                var published = TimeZoneInfo.ConvertTime(later.PublishedAt, zone);
                var day = DateOnly.FromDateTime(published.DateTime);
                if (day <= first || day >= last) continue;
                var mark = ground.Catalog.MarkBetween(earlier, later);
                yield return new(day, later.Version, later.Line.Name, questions.Rows.Count > 1 ? row.Name : null, mark is null ? null : Said(mark, zone));
            }
        }
    }

    static string Said(WordingMark mark, TimeZoneInfo zone) =>
        $"{mark.MarkedBy}, {Words.Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(mark.MarkedAt, zone).DateTime))}{(mark.Reason is null ? "" : $": {mark.Reason}")}";

    public async Task<Split?> SplitAsync(MetricDefinition definition, Figure whole, ScoreBlock questions, MapOptions options, CancellationToken ct)
    {
        Grouping[] offered =
        [
            .. subject.Touchpoint is null && selection.AskedAbout == Asked.Touchpoint ? [ByTouchpoint] : Array.Empty<Grouping>(),
            .. options.Attributes.Where(a => !selection.Segment.ContainsKey(a.Name)).Select(a => new Grouping(GroupBy.Segment, a.Name)),
            .. questions.Rows.Count > 1 ? [ByQuestion] : Array.Empty<Grouping>(),
        ];
        if ((address.By ?? offered.FirstOrDefault()) is not { } by) return null;

        var block = by == ByQuestion ? questions : await BlockAsync(Scope, definition, by, await ReadAsync(Scope, by, ct), ct);
        var choices = offered.Select(g => new SplitChoice(Split.NameOf(g), (address with { By = g == offered[0] ? null : g }).Link(), g == by)).ToList();
        return Split.Of(by, block, whole, ground.Catalog.Organisation.MinimumN, choices, row => LinkOf(by, row, definition));
    }

    /// <summary>In English, the language of the pages; of a value that two questions name differently none.</summary>
    public async Task<IReadOnlyDictionary<int, string>> WordsAsync(MetricDefinition definition, ScoreBlock questions, CancellationToken ct)
    {
        var words = new List<(int Value, string Text)>();
        foreach (var row in questions.Rows)
        {
            var asked = Scope.Questions.First(q => q.Key == row.Key && q.Survey == row.Survey && q.MetricKey == definition.Key && questions.Lines.Has(q));
            var version = (await surveys.VersionAsync(asked.VersionId, ct))!;
            var question = version.ByKey[row.Key];
            for (var value = definition.Min; value <= definition.Max; value++) words.Add((value, QuestionWording.OfValue(version, question, value, "en")?.Text ?? ""));
        }
        return words.GroupBy(w => w.Value, w => w.Text).Where(w => w.First().Length > 0 && w.Distinct().Count() == 1).ToDictionary(w => w.Key, w => w.First());
    }

    /// <summary>Of a stage what is asked at its touchpoints and what is asked about itself stand beside each other.</summary>
    public async Task<StageFigures> StageFiguresAsync(MetricDefinition definition, Figure own, CancellationToken ct)
    {
        var pooled = selection.AskedAbout == Asked.Touchpoint;
        var beside = selection with { Asked = pooled ? Asked.Stage : null };
        var scope = new Scope(ground.Catalog, beside, Grouping.None);
        var block = await BlockAsync(scope, definition, Grouping.None, await ReadAsync(scope, Grouping.None, ct), ct);
        var other = Figure.Of(definition, block.Total);
        var link = address with { By = null, Selection = address.Selection with { Asked = beside.Asked } };
        return new(
            pooled ? await WeightedAsync(definition, ct) : null,
            new(pooled ? "Asked about the stage itself" : "Touchpoints pooled", other, link.Measuring(definition, ground.Definitions).Link()),
            MapBuilder.Gap(pooled ? other : own, pooled ? own : other));
    }

    /// <summary>Where all weigh the same there is nothing to say.</summary>
    async Task<double?> WeightedAsync(MetricDefinition definition, CancellationToken ct)
    {
        var weights = ground.Catalog.Touchpoints.Where(t => t.StageId == subject.Stage.Id && !t.Retired).Select(t => t.Weight).Distinct();
        if (weights.Take(2).Count() < 2) return null;
        var by = new Grouping(GroupBy.Stage);
        return (await BlockAsync(Scope, definition, by, await ReadAsync(Scope, by, ct), ct)).Rows.FirstOrDefault(r => r.Key == subject.Stage.Key)?.WeightedValue;
    }

    string? LinkOf(Grouping by, ScoreRow row, MetricDefinition definition)
    {
        var measured = address.Measuring(definition, ground.Definitions);
        return by.By switch
        {
            GroupBy.Touchpoint => measured.ToTouchpoint(row.Key, WasMoved(row.Key) ? subject.Stage.Key : null).Link(),
            GroupBy.Segment when row.SegmentAbsent != true => measured.Within(by.Segment!, row.Key).Link(),
            GroupBy.Question => (measured with { By = null, Selection = measured.Selection with { Question = row.Key, Survey = row.Survey } }).Link(),
            _ => null,
        };
    }

    bool WasMoved(string touchpoint)
    {
        var id = ground.Catalog.Touchpoints.First(t => t.Key == touchpoint).Id;
        return ground.Catalog.Places.Count(p => p.TouchpointId == id) > 1;
    }

    // A question without a place of its own may be asked anywhere; that is no reason to offer it everywhere.
    static bool IsAskedHere(AskedQuestion question) => !question.Floats;

    Task<Counts> ReadAsync(Scope scope, Grouping by, CancellationToken ct) => Counts.ReadAsync(db, scope, by, address.Counting, ct);

    public Task<ScoreBlock> BlockAsync(Scope scope, MetricDefinition definition, Grouping by, Counts counts, CancellationToken ct, LineChoice? preferred = null) =>
        BlocksOf(scope, by).BlockAsync(definition, counts, ct, preferred);

    ScoreBlocks BlocksOf(Scope scope, Grouping by) => new(sums, scope, new ScoreRequest { Selection = scope.Selection, By = by, Counting = address.Counting }, surveys);
}
