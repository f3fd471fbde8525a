using CxSurveys.Scoring;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Scores.Guarding;
using CxSurveys.Web.Features.Scores.Map;
using CxSurveys.Web.Features.Surveys;

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
        ReadAsync(new Scope(ground.Catalog, selection with { From = ground.Versus.From, To = ground.Versus.To }, Grouping.None), unit, ct);

    /// <summary>Definitions with answers here, or asked here now.</summary>
    public IReadOnlyList<MetricDefinition> Definitions(Counts counts)
    {
        var keys = counts.Cells.Select(c => Scope.Catalog.Question(c.QuestionId).MetricKey!).Concat(Scope.Expected.Where(IsAskedHere).Select(q => q.MetricKey!)).ToHashSet();
        return [.. ground.Definitions.Where(d => keys.Contains(d.Key))];
    }

    public Task<ScoreBlock> BlockAsync(MetricDefinition definition, Grouping by, Counts counts, CancellationToken ct, LineChoice? preferred = null) => BlockAsync(Scope, definition, by, counts, ct, preferred);

    public Trend TrendOf(MetricDefinition definition, Grouping unit, ScoreBlock now, ScoreBlock before) => new(
        unit == ByMonth,
        ground.Versus.To == ground.Period.From ? Trend.PointsOf(definition, before, unit, ground.Versus) : [],
        Trend.PointsOf(definition, now, unit, ground.Period));

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

    Task<ScoreBlock> BlockAsync(Scope scope, MetricDefinition definition, Grouping by, Counts counts, CancellationToken ct, LineChoice? preferred = null) =>
        new ScoreBlocks(db, sums, scope, new ScoreRequest { Selection = scope.Selection, By = by, Counting = address.Counting }, surveys).BlockAsync(definition, counts, ct, preferred);
}
