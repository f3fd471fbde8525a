using System.Globalization;
using CxSurveys.Scoring;
using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Scores;

/// <summary>From tallies to rows of scores: pools, scores, withholds. Every number comes from Scoring.</summary>
internal sealed class ScoreBlocks(Scope scope, ScoreRequest request, SurveyCatalog surveys)
{
    int MinimumN => scope.Catalog.Organisation.MinimumN;

    /// <summary>
    /// The definitions an answer has to speak of: those with answers; when there are none, those with skipped ones; else those
    /// of the newest versions; else the kind's own.
    /// </summary>
    public static IReadOnlyList<MetricDefinition> Definitions(Scope scope, IReadOnlyCollection<Tally> tallies)
    {
        var keys = KeysOf(scope, tallies.Where(t => t.Answered));
        if (keys.Count == 0) keys = KeysOf(scope, tallies);
        if (keys.Count == 0) keys = [.. scope.Expected.Select(q => q.MetricKey!)];
        if (keys.Count == 0) return [Usual(scope.Selection.Kind)];
        return [.. scope.Questions.Select(q => q.MetricKey!).Where(keys.Contains).Distinct().Select(MetricDefinition.Parse)];
    }

    static HashSet<string> KeysOf(Scope scope, IEnumerable<Tally> tallies) => [.. tallies.Select(t => scope.Catalog.Question(t.QuestionId).MetricKey!)];

    /// <summary>That of a kind nobody asks about.</summary>
    public static MetricDefinition Usual(QuestionKind? kind) => kind?.Metric() switch
    {
        MetricKind.Rating or null => MetricDefinition.Create(MetricKind.Rating, 1, 5),
        { } metric => MetricDefinition.Create(metric),
    };

    public async Task<ScoreBlock> BlockAsync(MetricDefinition definition, Counts all, CancellationToken ct)
    {
        var questions = scope.Questions.Where(q => q.MetricKey == definition.Key).ToHashSet();
        var counts = all.Only([.. questions.Select(q => q.Id)]);
        var plan = await RowPlan.MakeAsync(scope, request.By, questions, counts.Cells, surveys, ct);

        var cells = counts.Cells.ToLookup(plan.SlotOf);
        var answers = counts.Rows.ToLookup(plan.SlotOf);
        var rows = plan.Heads.Select(head => Row(head, definition, cells[head.Slot], answers[head.Slot])).ToList();
        var total = Total(definition, counts);
        var n = rows.Select(r => r.N).ToList();
        var withheld = Withholding.Withhold(n, MinimumN);
        var weighted = request.By.By == GroupBy.Stage ? Weighted(definition, counts.Places.ToLookup(plan.SlotOf)) : _ => null;
        return new ScoreBlock(
            DefinitionView.Of(definition, request.Counting),
            null,
            [.. plan.Heads.Select((head, i) => withheld[i] ? ScoreRow.Withhold(head, n[i]) : rows[i] with { WeightedValue = weighted(head.Slot) })],
            Withholding.WithholdTotal(n, total.N, MinimumN) ? ScoreRow.Withhold(TotalHead, total.N) : total)
        {
            Metric = definition,
        };
    }

    /// <summary>The whole selection scored once.</summary>
    public ScoreRow Total(MetricDefinition definition, Counts counts) => Row(TotalHead, definition, counts.Cells, counts.Total);

    public static readonly RowHead TotalHead = new("total", "total", "Total");

    ScoreRow Row(RowHead head, MetricDefinition definition, IEnumerable<Tally> cells, IEnumerable<Tally> answers)
    {
        var histogram = Counts.Histogram(definition, answers);
        var score = Score.Of(definition, histogram, request.Level);
        return new ScoreRow
        {
            Key = head.Key,
            Name = head.Name,
            Survey = head.Survey,
            SegmentAbsent = head.SegmentAbsent,
            N = score.N,
            Skipped = Counts.Of(ScaleValue.Skipped, cells),
            NotShown = Counts.Of(ScaleValue.NotShown, cells),
            Counts = histogram.Counts.ToDictionary(c => c.Key.ToString(CultureInfo.InvariantCulture), c => c.Value),
            Value = score.Value,
            Low = score.Low,
            High = score.High,
            StandardError = score.StandardError,
            PositiveShare = score.PositiveShare,
            NegativeShare = score.NegativeShare,
            Mean = score.Mean,
            Anonymous = request.Counting == Counting.Customers ? answers.Sum(a => a.Anonymous) : null,
            Answers = histogram,
        };
    }

    Func<object, double?> Weighted(MetricDefinition definition, ILookup<object?, Tally> byStage) => stage =>
    {
        var parts = byStage[stage].GroupBy(t => scope.Catalog.Place(t.PlaceId).TouchpointId)
            .Where(part => part.Key is not null)
            .Select(part => (Answers: Counts.Histogram(definition, part), scope.Catalog.Touchpoints.First(t => t.Id == part.Key).Weight))
            .ToList();
        if (Withholding.Withhold([.. parts.Select(p => p.Answers.N)], MinimumN).Contains(true)) return null;
        return RollUp.Weighted(parts.Select(p => (Score.Of(definition, p.Answers, request.Level).Value, p.Weight)));
    };
}
