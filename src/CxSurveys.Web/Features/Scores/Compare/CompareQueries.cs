using System.Data;
using CxSurveys.Scoring;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Scores.Detail;
using CxSurveys.Web.Features.Scores.Map;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Scores.Compare;

/// <summary>Reads a comparison from one snapshot, by the same queries and rules as the API's.</summary>
public sealed class CompareQueries(CxDbContext db, SurveyCatalog surveys, TimeProvider clock)
{
    /// <summary>The page, or the address to go to instead; neither when <paramref name="errors"/> says what is wrong with the address.</summary>
    public async Task<(CompareView? View, CompareAddress? GoTo)> ReadAsync(CompareAddress address, Errors errors, CancellationToken ct)
    {
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var catalog = await ScoreCatalog.ReadAsync(db, ct);
        // Of a question in the form the metric shown before says nothing.
        var kind = address.Form is null ? address.A.Kind : null;
        catalog.Check(address.A with { Kind = kind }, errors, address.PathOfA);
        catalog.Check(address.B with { Kind = kind }, errors, address.PathOfB);
        if (errors.Any || await MapGround.ReadAsync(db, clock, catalog, new() { Selection = new(), Definition = address.Definition }, errors, ct) is not { } ground) return default;
        if (address.Form is not null) return (null, CompareGround.Canonical(address, ground, errors));
        return (await ViewAsync(address, ground, ct), null);
    }

    async Task<CompareView> ViewAsync(CompareAddress address, MapGround ground, CancellationToken ct)
    {
        var (catalog, (periodA, periodB)) = (ground.Catalog, CompareGround.Periods(address, ground));
        var request = RequestOf(address, periodA, periodB);
        var options = await CompareOptions.ReadAsync(catalog, surveys, await MapOptions.ReadAsync(db, ct), ct);
        var choices = CompareSplits.Of(address, options);
        var by = choices.FirstOrDefault(c => c.By == address.By).By ?? (choices.Count > 0 ? choices[0].By : Grouping.None);
        var counts = await ComparedCounts.ReadAsync(db, catalog, request, by, ct);
        var definitions = CompareDefinitions.Of(counts, catalog, ground.Definitions);
        var definition = CompareDefinitions.Chosen(address, definitions, ground.Definitions);

        var compared = (await counts.TotalsAsync(surveys, definition, ct)).Compare(request);
        var (figureA, figureB) = (Figure.Of(definition, compared.A), Figure.Of(definition, compared.B));
        var reworded = compared.LinesDiffer.Count > 0;
        var change = !reworded && figureA.Against(figureB) is { } comparison ? new Change(definition, comparison, null) : null;
        var (partsA, partsB) = (CompareParts.Of(request.A, periodA, request.B, catalog, options), CompareParts.Of(request.B, periodB, request.A, catalog, options));
        var (asked, others) = await QuestionsAsync(counts, definition, ct);
        return new CompareView
        {
            Address = address,
            Organisation = catalog.Organisation.Name,
            TimeZone = catalog.Organisation.CellsTimeZone,
            MinimumN = catalog.Organisation.MinimumN,
            NewestDay = ground.Newest,
            Moved = ground.Moved,
            Definition = definition,
            Definitions = [.. definitions.Select(d => d.Definition).Append(definition).Distinct()],
            Options = options,
            A = SideOf("A", request.A, periodA, figureA, partsA, partsB, address.Definition),
            B = SideOf("B", request.B, periodB, figureB, partsB, partsA, address.Definition),
            Comparison = change?.Comparison,
            Change = change,
            Reworded = reworded,
            Overlap = CompareParts.OverlapOf(request.A, request.B),
            AlsoDiffering = CompareParts.AlsoDiffering(address, periodA, periodB, partsA, partsB),
            Others = [.. definitions.Where(d => d.Definition != definition).Select(d => new OtherDefinition(d.Definition, d.NA, d.NB, address.Measuring(d.Definition, ground.Definitions).Link()))],
            Questions = asked,
            OtherQuestions = others,
            Split = by == Grouping.None ? null : await SplitAsync(address, request, counts, by, definition, choices, ct),
            Usual = [.. UsualOf(address, ground, periodA)],
        };
    }

    static CompareRequest RequestOf(CompareAddress address, Period a, Period b)
    {
        var dated = address.WithDays(a, b);
        // Of every kind: what is not compared is told beside it.
        return new(dated.A with { Kind = null }, dated.B with { Kind = null }, address.Counting, Figure.Level);
    }

    static CompareSide SideOf(string letter, Selection filters, Period period, Figure figure, IReadOnlyList<SidePart> own, IReadOnlyList<SidePart> other, string? definition) => new(
        letter, filters, period, figure, own, CompareParts.NameOf(own, other),
        ResponsesLink.Of(filters with { Kind = Enum.Parse<QuestionKind>(figure.Definition.Kind.ToString()) }, definition, period));

    async Task<CompareSplit> SplitAsync(
        CompareAddress address, CompareRequest request, ComparedCounts counts, Grouping by, MetricDefinition definition, IReadOnlyList<(Grouping By, string Name)> choices, CancellationToken ct)
    {
        var sides = await counts.SidesAsync(surveys, definition, ct);
        var why = request.Counting == Counting.Responses ? WhyAnswer.Of(new(request, by), sides) : null;
        return CompareSplit.Of(by, sides, why, [.. choices.Select(c => new SplitChoice(c.Name, (address with { By = c == choices[0] ? null : c.By }).Link(), c.By == by))]);
    }

    /// <summary>What was asked on both sides, and whether each has questions of its own.</summary>
    async Task<(IReadOnlyList<string> Asked, bool Others)> QuestionsAsync(ComparedCounts counts, MetricDefinition definition, CancellationToken ct)
    {
        var (a, b) = (Asked(counts.A, counts.CountsA), Asked(counts.B, counts.CountsB));
        var texts = new List<string>();
        foreach (var (survey, key) in a.Union(b))
            texts.Add(await surveys.NewestAsync(survey, ct) is { } version ? CompareOptions.WordsOf(key, version, counts.A.Catalog.Organisation.Name) : key);
        return ([.. texts.Distinct()], a.Count > 0 && b.Count > 0 && !a.SetEquals(b));

        HashSet<(string Survey, string Key)> Asked(Scope scope, Counts answers) =>
            [.. answers.Cells.Where(c => c.Answered).Select(c => scope.Catalog.Question(c.QuestionId)).Where(q => q.MetricKey == definition.Key).Select(q => (q.Survey, q.Key)).Distinct()];
    }

    static IEnumerable<(string Text, string Link)> UsualOf(CompareAddress address, MapGround ground, Period a)
    {
        var last = ground.LastDay;
        var quarter = UsualPeriod.Of("quarter", last, null)!;
        var month = UsualPeriod.Of("month", last, null)!;
        (string Text, Period A, Period B)[] usual =
        [
            ("A against the days before", a, a.Before),
            ("A against a year before", a, a.AYearBefore),
            ("This month against the last", month, month.Before),
            ("This quarter against the last", quarter, quarter.Before),
        ];
        return usual.Select(u => (u.Text, (address with { B = address.A }).WithDays(u.A, u.B).Link()));
    }
}
