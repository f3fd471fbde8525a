using System.Data;
using CxSurveys.Scoring;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Scores;

/// <summary>Answers of one request: a block for each definition.</summary>
public sealed record ScoreAnswer(double Level, IReadOnlyList<ScoreBlock> Blocks);

/// <summary>Reads scores, each answer from one snapshot: days of two zones are never mixed.</summary>
public sealed class ScoreQueries(CxDbContext db, SurveyCatalog surveys)
{
    /// <summary>The scores; null when <paramref name="errors"/> says what is wrong with the request.</summary>
    public async Task<ScoreAnswer?> ScoresAsync(ScoreRequest request, Errors errors, CancellationToken ct)
    {
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var catalog = await ScoreCatalog.ReadAsync(db, ct);
        catalog.Check(request.Selection, errors);
        if (errors.Any) return null;

        var scope = new Scope(catalog, request.Selection, request.By);
        var counts = await Counts.ReadAsync(db, scope, request.By, request.Counting, ct);
        var definitions = ScoreBlocks.Definitions(scope, counts.Cells);
        if (definitions.Count > 1 && !request.AllDefinitions)
        {
            RefuseSeveral(definitions, errors, "or ask for definitions=all");
            return null;
        }

        var blocks = new ScoreBlocks(db, scope, request, surveys);
        var answer = new List<ScoreBlock>();
        foreach (var definition in definitions) answer.Add(await blocks.BlockAsync(definition, counts, ct));
        return new ScoreAnswer(request.Level, answer);
    }

    /// <summary>Two selections against each other; null when <paramref name="errors"/> says what is wrong.</summary>
    public async Task<CompareAnswer?> CompareAsync(CompareRequest request, Errors errors, CancellationToken ct) =>
        await SidesAsync(request, Grouping.None, errors, ct) is { } sides ? sides.Compare(request) : null;

    /// <summary>Where the difference of two selections comes from; likewise.</summary>
    public async Task<WhyAnswer?> WhyAsync(WhyRequest request, Errors errors, CancellationToken ct) =>
        await SidesAsync(request.Sides, request.By, errors, ct) is { } sides ? WhyAnswer.Of(request, sides) : null;

    /// <summary>Both sides split by the same thing; likewise.</summary>
    internal async Task<ComparedSides?> SidesAsync(CompareRequest request, Grouping by, Errors errors, CancellationToken ct)
    {
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var catalog = await ScoreCatalog.ReadAsync(db, ct);
        catalog.Check(request.A, errors, request.PathOfA);
        catalog.Check(request.B, errors, request.PathOfB);
        if (errors.Any) return null;

        Scope a = new(catalog, request.A, by), b = new(catalog, request.B, by);
        var countsA = await Counts.ReadAsync(db, a, by, request.Counting, ct);
        var countsB = await Counts.ReadAsync(db, b, by, request.Counting, ct);
        var definitions = CompareDefinitions(a, countsA, b, countsB);
        if (definitions.Count > 1)
        {
            RefuseSeveral(definitions, errors, "with a. or b. where the two differ");
            return null;
        }
        var blockA = await SideAsync(a, countsA, request, by, definitions[0], ct);
        return new(definitions[0], blockA, await SideAsync(b, countsB, request, by, definitions[0], ct), catalog.Organisation.MinimumN);
    }

    static IReadOnlyList<MetricDefinition> CompareDefinitions(Scope a, Counts countsA, Scope b, Counts countsB)
    {
        // A side without answers has no say: nothing of it is added or compared.
        bool answeredA = countsA.Cells.Exists(c => c.Answered), answeredB = countsB.Cells.Exists(c => c.Answered);
        var ofA = answeredA || !answeredB ? ScoreBlocks.Definitions(a, countsA.Cells) : [];
        var ofB = answeredB ? ScoreBlocks.Definitions(b, countsB.Cells) : [];
        return [.. ofA.Concat(ofB).DistinctBy(d => d.Key)];
    }

    Task<ScoreBlock> SideAsync(Scope scope, Counts counts, CompareRequest request, Grouping by, MetricDefinition definition, CancellationToken ct) =>
        new ScoreBlocks(db, scope, new ScoreRequest { Selection = scope.Selection, By = by, Counting = request.Counting, Level = request.Level }, surveys)
            .BlockAsync(definition, counts, ct);

    static void RefuseSeveral(IReadOnlyList<MetricDefinition> definitions, Errors errors, string cure) => errors.Add(
        "definitions",
        $"Answers of different definitions are never added: {string.Join("; ", definitions.Select(d => $"({d.Key})"))}. Narrow it down with survey=, question= or touchpoint=, {cure}.");
}
