using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Scores;

/// <summary><c>GET /scores</c> and <c>GET /scores/compare</c>.</summary>
internal static class ScoresApi
{
    public sealed record OneDefinition(DefinitionView Definition, double Level, IReadOnlyList<ScoreRow> Rows, ScoreRow Total);

    public sealed record AllDefinitions(double Level, IReadOnlyList<ScoreBlock> Definitions);

    public static void Map(IEndpointRouteBuilder api)
    {
        var scores = api.MapGroup("/scores").RequireAuthorization(Policies.Read);
        scores.MapGet("", GetAsync).Produces<OneDefinition>().ProducesValidationProblem()
            .WithSummary("Scores of a selection of answers, in rows and in total.")
            .WithDescription("kind is needed. Filters: question, survey, touchpoint, stage, asked, from, to, segment.<name>, language, channel. Rows: by. Mode: counting, level, definitions=all.");
        scores.MapGet("/compare", CompareAsync).Produces<CompareAnswer>().ProducesValidationProblem()
            .WithSummary("Two selections against each other: the difference, its interval and what can be said.")
            .WithDescription("Filters as in /scores; with a. or b. before the name they hold for one side only. kind, counting and level hold for both.");
    }

    static async Task<IResult> GetAsync(HttpRequest http, ScoreQueries scores, CancellationToken ct)
    {
        var errors = new Errors();
        var request = ScoreRequest.Parse(QueryParameters.Read(http.QueryString, errors), errors);
        if (errors.Any || await scores.ScoresAsync(request, errors, ct) is not { } answer) return errors.ToProblem();

        return request.AllDefinitions
            ? TypedResults.Ok(new AllDefinitions(answer.Level, answer.Blocks))
            : TypedResults.Ok(new OneDefinition(answer.Blocks[0].Definition, answer.Level, answer.Blocks[0].Rows, answer.Blocks[0].Total));
    }

    static async Task<IResult> CompareAsync(HttpRequest http, ScoreQueries scores, CancellationToken ct)
    {
        var errors = new Errors();
        var request = CompareRequest.Parse(QueryParameters.Read(http.QueryString, errors), errors);
        if (errors.Any || await scores.CompareAsync(request, errors, ct) is not { } answer) return errors.ToProblem();
        return TypedResults.Ok(answer);
    }
}
