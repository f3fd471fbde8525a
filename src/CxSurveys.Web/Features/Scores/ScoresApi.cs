using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Scores;

/// <summary><c>GET /scores</c>, <c>GET /scores/compare</c> and <c>GET /scores/why</c>.</summary>
internal static class ScoresApi
{
    public sealed record OneDefinition(DefinitionView Definition, string? Line, double Level, IReadOnlyList<ScoreRow> Rows, ScoreRow? Total, IReadOnlyList<OtherLine> OtherLines)
    {
        /// <summary>Lines of one definition are rows beside each other.</summary>
        internal static OneDefinition Of(ScoreAnswer answer) => new(
            answer.Blocks[0].Definition, answer.Blocks is [var one] ? one.Line : null, answer.Level, [.. answer.Blocks.SelectMany(b => b.Rows)], answer.Blocks[0].Total, answer.Blocks[0].OtherLines);
    }

    public sealed record AllDefinitions(double Level, IReadOnlyList<AnsweredBlock> Definitions);

    /// <summary>For the API reference: the filters that scores and lists share.</summary>
    public static readonly (string Name, string Description)[] Filters =
    [
        ("question", "Key of a question."),
        ("survey", "Key of a survey."),
        ("touchpoint", "Key of a touchpoint."),
        ("stage", "Key of a stage."),
        ("asked", "What the question was about: touchpoint, stage or journey."),
        ("from", "First day, like 2026-02-16, in the organisation's time zone."),
        ("to", "The day after the last."),
        ("segment.<name>", "Value of a reporting attribute."),
        ("language", "The response's own language."),
        ("channel", "The response's own channel."),
    ];

    static readonly (string Name, string Description)[] Mode =
    [
        ("counting", "responses, or customers: the latest answer of each."),
        ("level", "Confidence of the intervals, 0.5 to 0.9999; left out, 0.95."),
    ];

    public static void Map(IEndpointRouteBuilder api)
    {
        var scores = api.MapGroup("/scores").RequireAuthorization(Policies.Read);
        scores.MapGet("", GetAsync).Produces<OneDefinition>().ProducesValidationProblem()
            .WithSummary("Scores of a selection of answers, in rows and in total.")
            .WithQuery([("kind", "Needed: nps, csat, ces or rating."), .. Filters,
                ("by", "What makes a row: touchpoint, stage, question, day, week, month, language, channel or segment.<name>; left out, there is only the total."),
                .. Mode, ("definitions", "all: a block for each definition instead of a refusal when there are several."),
                ("lines", "all: rows for each line of each question, and no total. Left out, of each question the newest line is answered and otherLines names the rest: answers to wordings that are not marked comparable are never added.")]);
        scores.MapGet("/compare", CompareAsync).Produces<CompareAnswer>().ProducesValidationProblem()
            .WithSummary("Two selections against each other: the difference, its interval and what can be said.")
            .WithDescription("Every filter may carry a. or b. before its name and then holds for that side only; kind, counting and level hold for both. Where a question was asked in other words on the two sides (lines that are not marked comparable) there is no difference; linesDiffer names it.")
            .WithQuery([("kind", "Needed: nps, csat, ces or rating."), .. Filters, .. Mode]);
        scores.MapGet("/why", WhyAsync).Produces<WhyAnswer>().ProducesValidationProblem()
            .WithSummary("Why two selections differ: how much of a less b comes from inside the segments, and how much from another mix of them.")
            .WithDescription("Filters as in /scores/compare, usually two periods. For each value of by: within = mean share of the answers x change of the score, "
                + "mix = mean score x change of the share; over all rows they add up to the difference, exactly. Segments that are withheld on either side are pooled "
                + "into one row (other: true); where that one would be withheld too, everything but the numbers of answers is null. Per response only.")
            .WithQuery([("kind", "Needed: nps, csat, ces or rating."), ("by", "Needed: touchpoint, stage, language, channel or segment.<name>."), .. Filters, Mode[1]]);
    }

    static async Task<IResult> WhyAsync(HttpRequest http, ScoreQueries scores, CancellationToken ct)
    {
        var errors = new Errors();
        var request = WhyRequest.Parse(QueryParameters.Read(http.QueryString, errors), errors);
        if (errors.Any || await scores.WhyAsync(request, errors, ct) is not { } answer) return errors.ToProblem();
        return TypedResults.Ok(answer);
    }

    static async Task<IResult> GetAsync(HttpRequest http, ScoreQueries scores, CancellationToken ct)
    {
        var errors = new Errors();
        var request = ScoreRequest.Parse(QueryParameters.Read(http.QueryString, errors), errors);
        if (errors.Any || await scores.ScoresAsync(request, errors, ct) is not { } answer) return errors.ToProblem();

        return request.AllDefinitions
            ? TypedResults.Ok(new AllDefinitions(answer.Level, answer.Blocks))
            : TypedResults.Ok(OneDefinition.Of(answer));
    }

    static async Task<IResult> CompareAsync(HttpRequest http, ScoreQueries scores, CancellationToken ct)
    {
        var errors = new Errors();
        var request = CompareRequest.Parse(QueryParameters.Read(http.QueryString, errors), errors);
        if (errors.Any || await scores.CompareAsync(request, errors, ct) is not { } answer) return errors.ToProblem();
        return TypedResults.Ok(answer);
    }
}
