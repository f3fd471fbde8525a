using CxSurveys.Scoring;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Scores.Guarding;
using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Scores;

/// <summary>The tallies of two selections, split by the same thing, before it is said which definition is compared.</summary>
internal sealed record ComparedCounts(CompareRequest Request, Grouping By, Scope A, Counts CountsA, Scope B, Counts CountsB, GuardSums Sums)
{
    public static async Task<ComparedCounts> ReadAsync(CxDbContext db, ScoreCatalog catalog, CompareRequest request, Grouping by, CancellationToken ct)
    {
        Scope a = new(catalog, request.A, by), b = new(catalog, request.B, by);
        return new(request, by, a, await Counts.ReadAsync(db, a, by, request.Counting, ct), b, await Counts.ReadAsync(db, b, by, request.Counting, ct), new GuardSums(db));
    }

    /// <summary>Those of both sides. A side without answers has no say: nothing of it is added or compared.</summary>
    public IReadOnlyList<MetricDefinition> Definitions()
    {
        bool answeredA = CountsA.Cells.Exists(c => c.Answered), answeredB = CountsB.Cells.Exists(c => c.Answered);
        var ofA = answeredA || !answeredB ? ScoreBlocks.Definitions(A, CountsA.Cells) : [];
        var ofB = answeredB ? ScoreBlocks.Definitions(B, CountsB.Cells) : [];
        return [.. ofA.Concat(ofB).DistinctBy(d => d.Key)];
    }

    /// <summary>Both sides with their rows.</summary>
    public Task<ComparedSides> SidesAsync(SurveyCatalog surveys, MetricDefinition definition, CancellationToken ct) =>
        SidesAsync(surveys, definition, By, ct);

    /// <summary>Both sides with nothing but their totals.</summary>
    public Task<ComparedSides> TotalsAsync(SurveyCatalog surveys, MetricDefinition definition, CancellationToken ct) =>
        SidesAsync(surveys, definition, Grouping.None, ct);

    async Task<ComparedSides> SidesAsync(SurveyCatalog surveys, MetricDefinition definition, Grouping by, CancellationToken ct)
    {
        Task<ScoreBlock> BlockAsync(Scope scope, Counts counts) =>
            new ScoreBlocks(Sums, scope, new ScoreRequest { Selection = scope.Selection, By = by, Counting = Request.Counting, Level = Request.Level }, surveys)
                .BlockAsync(definition, counts, ct);
        return new(definition, await BlockAsync(A, CountsA), await BlockAsync(B, CountsB), A.Catalog.Organisation.MinimumN);
    }
}
