using System.Data;
using CxSurveys.Scoring;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Scores.Guarding;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Scores;

/// <summary>A definition as answered. With <c>lines=all</c> without a total: its rows are never added.</summary>
public sealed record AnsweredBlock(DefinitionView Definition, string? Line, IReadOnlyList<ScoreRow> Rows, ScoreRow? Total, IReadOnlyList<OtherLine> OtherLines);

/// <summary>Answers of one request: a block for each definition, with <c>lines=all</c> for each of its lines.</summary>
public sealed record ScoreAnswer(double Level, IReadOnlyList<AnsweredBlock> Blocks);

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

        var blocks = new ScoreBlocks(new GuardSums(db), scope, request, surveys);
        var answer = new List<AnsweredBlock>();
        foreach (var definition in definitions) answer.AddRange(request.AllLines ? await LinesAsync(blocks, definition, counts, ct) : [Answered(await blocks.BlockAsync(definition, counts, ct))]);
        return new ScoreAnswer(request.Level, answer);
    }

    static AnsweredBlock Answered(ScoreBlock block) => new(block.Definition, block.Line, block.Rows, block.Total, block.OtherLines);

    static async Task<IReadOnlyList<AnsweredBlock>> LinesAsync(ScoreBlocks blocks, MetricDefinition definition, Counts counts, CancellationToken ct)
    {
        var newest = await blocks.BlockAsync(definition, counts, ct);
        var lines = await blocks.LinesAsync(definition, counts, ct);
        if (lines.Count == 0) return [Answered(newest) with { Total = null }];
        return [.. lines.Select(l => new AnsweredBlock(newest.Definition, l.Line.Name, [.. l.Block.Rows.Select(row => row with { Question = l.Line.Question, Survey = l.Line.Survey, Line = l.Line.Name })], null, newest.OtherLines))];
    }

    /// <summary>Two selections against each other; null when <paramref name="errors"/> says what is wrong.</summary>
    public async Task<CompareAnswer?> CompareAsync(CompareRequest request, Errors errors, CancellationToken ct) =>
        await SidesAsync(request, Grouping.None, errors, ct) is { } sides ? sides.Compare(request) : null;

    /// <summary>Where the difference of two selections comes from; likewise.</summary>
    public async Task<WhyAnswer?> WhyAsync(WhyRequest request, Errors errors, CancellationToken ct) =>
        await SidesAsync(request.Sides, request.By, errors, ct) is { } sides ? WhyAnswer.Of(request, sides) : null;

    /// <summary>Both sides split by the same thing; likewise.</summary>
    async Task<ComparedSides?> SidesAsync(CompareRequest request, Grouping by, Errors errors, CancellationToken ct)
    {
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var catalog = await ScoreCatalog.ReadAsync(db, ct);
        catalog.Check(request.A, errors, request.PathOfA);
        catalog.Check(request.B, errors, request.PathOfB);
        if (errors.Any) return null;

        var counts = await ComparedCounts.ReadAsync(db, catalog, request, by, ct);
        var definitions = counts.Definitions();
        if (definitions.Count == 1) return await counts.SidesAsync(surveys, definitions[0], ct);

        RefuseSeveral(definitions, errors, "with a. or b. where the two differ");
        return null;
    }

    static void RefuseSeveral(IReadOnlyList<MetricDefinition> definitions, Errors errors, string cure) => errors.Add(
        "definitions",
        $"Answers of different definitions are never added: {string.Join("; ", definitions.Select(d => $"({d.Key})"))}. Narrow it down with survey=, question= or touchpoint=, {cure}.");
}
