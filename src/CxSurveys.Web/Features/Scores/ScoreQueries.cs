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

        var blocks = new ScoreBlocks(scope, request, surveys);
        var answer = new List<ScoreBlock>();
        foreach (var definition in definitions) answer.Add(await blocks.BlockAsync(definition, counts, ct));
        return new ScoreAnswer(request.Level, answer);
    }

    /// <summary>Two selections against each other; null when <paramref name="errors"/> says what is wrong.</summary>
    public async Task<CompareAnswer?> CompareAsync(CompareRequest request, Errors errors, CancellationToken ct)
    {
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var catalog = await ScoreCatalog.ReadAsync(db, ct);
        catalog.Check(request.A, errors, request.PathOfA);
        catalog.Check(request.B, errors, request.PathOfB);
        if (errors.Any) return null;

        Scope a = new(catalog, request.A, Grouping.None), b = new(catalog, request.B, Grouping.None);
        var countsA = await Counts.ReadAsync(db, a, Grouping.None, request.Counting, ct);
        var countsB = await Counts.ReadAsync(db, b, Grouping.None, request.Counting, ct);
        var definitions = CompareDefinitions(a, countsA, b, countsB);
        if (definitions.Count > 1)
        {
            RefuseSeveral(definitions, errors, "with a. or b. where the two differ");
            return null;
        }
        return CompareAnswer.Of(request, definitions[0], Side(a, countsA, request, definitions[0]), Side(b, countsB, request, definitions[0]), catalog.Organisation.MinimumN);
    }

    static IReadOnlyList<MetricDefinition> CompareDefinitions(Scope a, Counts countsA, Scope b, Counts countsB)
    {
        // A side without answers has no say: nothing of it is added or compared.
        bool answeredA = countsA.Cells.Exists(c => c.Answered), answeredB = countsB.Cells.Exists(c => c.Answered);
        var ofA = answeredA || !answeredB ? ScoreBlocks.Definitions(a, countsA.Cells) : [];
        var ofB = answeredB ? ScoreBlocks.Definitions(b, countsB.Cells) : [];
        return [.. ofA.Concat(ofB).DistinctBy(d => d.Key)];
    }

    ScoreRow Side(Scope scope, Counts counts, CompareRequest request, MetricDefinition definition)
    {
        var own = counts.Only([.. scope.Questions.Where(q => q.MetricKey == definition.Key).Select(q => q.Id)]);
        return new ScoreBlocks(scope, new ScoreRequest { Selection = scope.Selection, Counting = request.Counting, Level = request.Level }, surveys).Total(definition, own);
    }

    static void RefuseSeveral(IReadOnlyList<MetricDefinition> definitions, Errors errors, string cure) => errors.Add(
        "definitions",
        $"Answers of different definitions are never added: {string.Join("; ", definitions.Select(d => $"({d.Key})"))}. Narrow it down with survey=, question= or touchpoint=, {cure}.");
}
