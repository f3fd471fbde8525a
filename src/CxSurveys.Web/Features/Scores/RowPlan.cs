using System.Globalization;
using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Scores;

/// <summary>Which rows a grouping has, in their order, and to which of them a tally belongs.</summary>
internal sealed record RowPlan(IReadOnlyList<RowHead> Heads, Func<Tally, object?> SlotOf)
{
    const string NotGiven = "(not given)";

    /// <summary>A response without the segment.</summary>
    static readonly object Absent = new();

    public static async Task<RowPlan> MakeAsync(Scope scope, Grouping by, IReadOnlyCollection<AskedQuestion> questions, List<Tally> cells, SurveyCatalog surveys, CancellationToken ct) => by.By switch
    {
        GroupBy.Touchpoint => Touchpoints(scope, questions, cells),
        GroupBy.Stage => Stages(scope, questions, cells),
        GroupBy.Question => await QuestionsAsync(scope, questions, cells, surveys, ct),
        GroupBy.Segment or GroupBy.Language or GroupBy.Channel => Segments(cells),
        GroupBy.Nothing => new([], _ => null),
        _ => Periods(by, cells),
    };

    static RowPlan Touchpoints(Scope scope, IReadOnlyCollection<AskedQuestion> questions, List<Tally> cells)
    {
        object? SlotOf(Tally tally) => scope.Catalog.Place(tally.PlaceId).TouchpointId;
        var expected = Expected(scope, questions).Select(q => scope.Catalog.PlaceNow(q)?.TouchpointId);
        var wanted = cells.Select(SlotOf).OfType<int>().Concat(expected.OfType<int>()).ToHashSet();
        return new([.. scope.Catalog.Touchpoints.Where(t => wanted.Contains(t.Id)).Select(t => new RowHead(t.Id, t.Key, t.Name))], SlotOf);
    }

    static RowPlan Stages(Scope scope, IReadOnlyCollection<AskedQuestion> questions, List<Tally> cells)
    {
        object? SlotOf(Tally tally) => scope.Catalog.Place(tally.PlaceId).StageId;
        var expected = Expected(scope, questions).Select(q => scope.Catalog.PlaceNow(q)?.StageId);
        var wanted = cells.Select(SlotOf).OfType<int>().Concat(expected.OfType<int>()).ToHashSet();
        return new([.. scope.Catalog.Stages.Where(s => wanted.Contains(s.Id)).Select(s => new RowHead(s.Id, s.Key, s.Name))], SlotOf);
    }

    static async Task<RowPlan> QuestionsAsync(Scope scope, IReadOnlyCollection<AskedQuestion> questions, List<Tally> cells, SurveyCatalog surveys, CancellationToken ct)
    {
        object? SlotOf(Tally tally) => scope.Catalog.Question(tally.QuestionId).Line.Measure;
        var wanted = cells.Select(SlotOf).Concat(Expected(scope, questions).Select(q => (object)q.Line.Measure)).ToHashSet();
        var heads = new List<RowHead>();
        foreach (var question in questions.DistinctBy(q => q.Line.Measure).Where(q => wanted.Contains(q.Line.Measure)))
            heads.Add(new RowHead(question.Line.Measure, question.Key, await TextAsync(question, scope.Catalog.Organisation.Name, surveys, ct)) { Survey = question.Survey, Line = question.Line.Name });
        return new(heads, SlotOf);
    }

    /// <summary>As it was worded last in its line.</summary>
    static async Task<string> TextAsync(AskedQuestion question, string company, SurveyCatalog surveys, CancellationToken ct) =>
        await surveys.VersionAsync(question.VersionId, ct) is { } version ? QuestionWording.Of(version, version.ByKey[question.Key], null, company).Text : question.Key;

    static RowPlan Segments(List<Tally> cells)
    {
        var values = cells.Select(c => c.Segment).Distinct().OrderBy(v => v is null).ThenBy(v => v, StringComparer.Ordinal);
        return new(
            [.. values.Select(value => value is null ? new RowHead(Absent, "", NotGiven) { SegmentAbsent = true } : new RowHead(value, value, value))],
            tally => tally.Segment ?? Absent);
    }

    static RowPlan Periods(Grouping by, List<Tally> cells)
    {
        var form = by.By == GroupBy.Month ? "yyyy-MM" : "yyyy-MM-dd";
        var periods = cells.Select(c => c.Period!.Value).Distinct().Order();
        return new(
            [.. periods.Select(p => (p, text: p.ToString(form, CultureInfo.InvariantCulture))).Select(p => new RowHead(p.p, p.text, p.text))],
            tally => tally.Period);
    }

    static IEnumerable<AskedQuestion> Expected(Scope scope, IReadOnlyCollection<AskedQuestion> questions) =>
        scope.Expected.Where(questions.Contains);
}
