using System.Globalization;
using CxSurveys.Scoring;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Scores.Guarding;
using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Scores;

/// <summary>From tallies to rows of scores: pools, scores, withholds. Every number comes from Scoring.</summary>
internal sealed class ScoreBlocks(GuardSums sums, Scope scope, ScoreRequest request, SurveyCatalog surveys)
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

    /// <summary>Of each question the newest line with answers, or the one that another block has where that has some here too.</summary>
    public Task<ScoreBlock> BlockAsync(MetricDefinition definition, Counts all, CancellationToken ct, LineChoice? preferred = null) =>
        BlockAsync(definition, all, LineChoice.Of(scope.Catalog, all.Cells.Where(t => MetricOf(t) == definition.Key), preferred), isPooled: true, ct);

    /// <summary>A block for each line with answers, the newest line of a question first. Each is what a request for its question alone would tell of it.</summary>
    public async Task<IReadOnlyList<(QuestionLine Line, ScoreBlock Block)>> LinesAsync(MetricDefinition definition, Counts all, CancellationToken ct)
    {
        var answered = all.Cells.Where(t => MetricOf(t) == definition.Key).Select(t => scope.Catalog.Question(t.QuestionId).Line).Distinct()
            .OrderBy(line => line.Survey, StringComparer.Ordinal).ThenBy(line => line.Question, StringComparer.Ordinal).ThenByDescending(scope.Catalog.NewestOf);
        sums.ReadTogether(scope.Questions.Where(q => q.MetricKey == definition.Key));
        var natural = LineChoice.Of(scope.Catalog, all.Cells.Where(t => MetricOf(t) == definition.Key));
        var blocks = new List<(QuestionLine, ScoreBlock)>();
        foreach (var line in answered)
        {
            var own = request with
            {
                Selection = scope.Selection with { Question = line.Question, Survey = line.Survey },
                By = request.By.By == GroupBy.Nothing ? new(GroupBy.Question) : request.By,
            };
            var narrow = new ScoreBlocks(sums, new Scope(scope.Catalog, own.Selection, own.By), own, surveys);
            var isPooled = natural.Has(scope.Catalog.Questions.First(q => q.Line == line));
            blocks.Add((line, await narrow.BlockAsync(definition, all, LineChoice.Only(scope.Catalog, line), isPooled, ct)));
        }
        return blocks;
    }

    /// <param name="isPooled">Whether these lines are what a request for more questions would pool.</param>
    async Task<ScoreBlock> BlockAsync(MetricDefinition definition, Counts all, LineChoice lines, bool isPooled, CancellationToken ct)
    {
        var asked = scope.Questions.Where(q => q.MetricKey == definition.Key).ToList();
        var questions = asked.Where(lines.Has).ToHashSet();
        var counts = all.Only([.. questions.Select(q => q.Id)]);
        var plan = await RowPlan.MakeAsync(scope, request.By, questions, counts.Cells, surveys, ct);

        var cells = counts.Cells.ToLookup(plan.SlotOf);
        var answers = counts.Rows.ToLookup(plan.SlotOf);
        var rows = plan.Heads.Select(head => Row(head, definition, cells[head.Slot], answers[head.Slot])).ToList();
        var total = Row(TotalHead, definition, counts.Cells, counts.Total);
        var guard = (Lines: lines, IsPooled: isPooled);
        var revealing = await RevealingAsync(definition, plan, counts, guard, ct);
        // Customers of several rows count once in the total: a row may leave few of them although other rows have many.
        for (var i = 0; i < rows.Count && request.Counting == Counting.Customers; i++) revealing[i] |= total.N - rows[i].N is var left && left > 0 && left < MinimumN;
        var (already, n) = (revealing[..^1], rows.Select(r => r.N).ToList());
        var withheld = Withholding.Withhold(n, already, MinimumN);
        var weighted = request.By.By == GroupBy.Stage ? await WeightedAsync(definition, plan, counts, guard, ct) : _ => null;
        return new ScoreBlock(
            DefinitionView.Of(definition, request.Counting),
            LineOf(questions, counts.Cells),
            [.. plan.Heads.Select((head, i) => withheld[i] ? ScoreRow.Withhold(head, n[i]) : rows[i] with { WeightedValue = weighted(head.Slot) })],
            revealing[^1] || Withholding.WithholdTotal(n, already, total.N, MinimumN) ? ScoreRow.Withhold(TotalHead, total.N) : total)
        {
            Metric = definition,
            Lines = lines,
            OtherLines = Others(all.Total.Where(t => t.Answered && MetricOf(t) == definition.Key && !lines.Has(t.QuestionId))),
        };
    }

    string? MetricOf(Tally tally) => scope.Catalog.Question(tally.QuestionId).MetricKey;

    /// <summary>The line of the one question with answers here, or of the one that would be asked.</summary>
    string? LineOf(IEnumerable<AskedQuestion> questions, List<Tally> cells)
    {
        var counted = cells.Select(t => scope.Catalog.Question(t.QuestionId).Line).Distinct().ToList();
        if (counted.Count == 0) counted = [.. Enumerable.Intersect(scope.Expected, questions).Select(q => q.Line).Distinct()];
        return counted is [var line] ? line.Name : null;
    }

    List<OtherLine> Others(IEnumerable<Tally> left) =>
        [.. left.GroupBy(t => scope.Catalog.Question(t.QuestionId).Line)
            .OrderBy(l => l.Key.Survey, StringComparer.Ordinal).ThenBy(l => l.Key.Question, StringComparer.Ordinal).ThenByDescending(l => scope.Catalog.NewestOf(l.Key))
            .Select(l => new OtherLine(l.Key.Question, l.Key.Survey, l.Key.Name, scope.Catalog.VersionsOf(l.Key), l.Sum(t => t.Count)))];

    /// <summary>For each row, and after them the total, whether it would reveal a small group elsewhere.</summary>
    async Task<bool[]> RevealingAsync(MetricDefinition definition, RowPlan plan, Counts counts, (LineChoice Lines, bool IsPooled) guard, CancellationToken ct)
    {
        var groups = GuardedGroups.OfTable(request.By, [.. plan.Heads.Select(h => h.Slot)], plan.SlotOf, counts.Cells, request.Counting);
        var revealing = await new Guard(sums, scope.Catalog, definition, scope.Selection, groups, guard.Lines) { IsPooled = guard.IsPooled }.JudgeAsync(ct);
        foreach (var group in MixedKinds(counts, groups)) revealing[group] = true;
        return revealing;
    }

    // What was asked about touchpoints, stages and the journey can be had one by one: together they must not tell a small one of them.
    IEnumerable<int> MixedKinds(Counts counts, GuardedGroups groups) => counts.Cells.Where(t => t.Answered)
        .SelectMany(t => groups.Of(t).Select(group => (Group: group, Kind: KindOf(t), t.Count)))
        .GroupBy(t => (t.Group, t.Kind), t => t.Count)
        .GroupBy(part => part.Key.Group, part => part.Sum())
        .Where(group => group.Take(2).Count() > 1 && group.Any(n => n < MinimumN))
        .Select(group => group.Key);

    PlaceKind KindOf(Tally tally) => scope.Catalog.Place(tally.PlaceId).Kind;

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
            Line = head.Line,
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

    /// <summary>Where a touchpoint of the stage is withheld, so is the mean of all.</summary>
    async Task<Func<object, double?>> WeightedAsync(MetricDefinition definition, RowPlan plan, Counts counts, (LineChoice Lines, bool IsPooled) guard, CancellationToken ct)
    {
        var parts = counts.Places.Where(t => scope.Catalog.Place(t.PlaceId).TouchpointId is not null).GroupBy(t => t.PlaceId).ToDictionary(p => p.Key, p => Counts.Histogram(definition, p));
        var by = new Grouping(GroupBy.Touchpoint);
        var groups = GuardedGroups.OfTable(by, [.. parts.Keys.Cast<object>()], t => t.PlaceId, counts.Cells, request.Counting);
        var revealing = await new Guard(sums, scope.Catalog, definition, scope.Selection, groups, guard.Lines) { IsPooled = guard.IsPooled }.JudgeAsync(ct);
        var withheld = Withholding.Withhold([.. parts.Values.Select(p => p.N)], revealing[..^1], MinimumN).Zip(parts.Keys).Where(p => p.First).Select(p => p.Second).ToHashSet();
        return stage =>
        {
            var own = parts.Where(p => plan.SlotOf(new(0, p.Key, null, null, 0, 0, 0))?.Equals(stage) == true).ToList();
            if (own.Exists(p => withheld.Contains(p.Key))) return null;
            return RollUp.Weighted(own.Select(p => (Score.Of(definition, p.Value, request.Level).Value, WeightOf(p.Key))));
        };
    }

    double WeightOf(int place) => scope.Catalog.Touchpoints.First(t => t.Id == scope.Catalog.Place(place).TouchpointId).Weight;
}
