using CxSurveys.Web.Platform;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CxSurveys.Web.Features.Surveys.Versions;

/// <summary>What was published: every version with its wordings, going back to one, and which wordings measure the same.</summary>
internal static class VersionsApi
{
    public sealed record Marked(string By, DateTimeOffset At, string? Reason);

    /// <summary>A scored question whose words are others than in the version before.</summary>
    /// <param name="Line">The number of the first version of its line.</param>
    /// <param name="Instead">The last version with the words it replaced.</param>
    /// <param name="Comparable">Who marked the two as the same measure; null = the line is split.</param>
    public sealed record ChangedWording(string Question, string Line, int Instead, Marked? Comparable);

    public sealed record Listed(int Version, DateTimeOffset PublishedAt, long Answers, IReadOnlyList<ChangedWording> Wordings);

    /// <summary>The newest first.</summary>
    public sealed record AllVersions(IReadOnlyList<Listed> Versions);

    public sealed record OneVersion(int Version, DateTimeOffset PublishedAt, string Name, IReadOnlyList<string> Languages, IReadOnlyList<QuestionDefinition> Questions, IReadOnlyList<MatrixDefinition>? Matrices);

    public static void Map(RouteGroupBuilder surveys)
    {
        var versions = surveys.MapGroup("/{key}/versions");
        versions.MapGet("", ListAsync).RequireAuthorization(Policies.Read).Produces<AllVersions>()
            .WithSummary("All published versions, the newest first, with their answers and the questions whose words changed.");
        versions.MapGet("/{version:int}", GetAsync).RequireAuthorization(Policies.Read).Produces<OneVersion>().WithSummary("What one version asks.");
        versions.MapPost("/{version:int}/publish", AgainAsync).RequireAuthorization(Policies.Admin).Produces<SurveysApi.Published>().ProducesValidationProblem()
            .WithSummary("Go back: publish what this version asks once more. Its questions go on with their lines; a draft with changes of its own stays.");
        versions.MapPut("/{version:int}/comparable", MarkAsync).RequireAuthorization(Policies.Admin)
            .Accepts<SurveysApi.PublishRequest>("application/json").Produces<AllVersions>().ProducesValidationProblem()
            .WithSummary("Say which questions of this version measure the same as in the words they replaced: those named are marked, all others are not. Nothing is recounted.");
    }

    static async Task<IResult> ListAsync(string key, StoredSurveys surveys, Wordings wordings, IAnswersSoFar answers, CancellationToken ct)
    {
        if (await surveys.FindAsync(key, ct) is not { } stored) return SurveysApi.NoSuchSurvey(key);
        var versions = await surveys.VersionsAsync(stored.Survey.Id, ct);
        var history = await wordings.ReadAsync(stored.Survey.Id, ct);
        var counted = await answers.ByVersionAsync(stored.Survey.Id, ct);
        return TypedResults.Ok(new AllVersions([.. versions.Select(v => new Listed(v.Number, v.PublishedAt, counted.GetValueOrDefault(v.Id), [.. Changed(v, history)]))]));
    }

    static IEnumerable<ChangedWording> Changed(SurveyVersion version, WordingHistory history) =>
        from question in version.Definition.Questions
        let asked = history.Find(version.Number, question.Key)
        where asked is not null
        let instead = history.ReplacedBy(asked)
        where instead is not null
        let mark = history.MarkBetween(asked, instead)
        select new ChangedWording(question.Key, history.NameOf(asked), instead.Version, mark is null ? null : new(mark.MarkedBy, mark.MarkedAt, mark.Reason));

    static async Task<IResult> GetAsync(string key, int version, StoredSurveys stored, CancellationToken ct)
    {
        if (await stored.FindAsync(key, ct) is not { } survey) return SurveysApi.NoSuchSurvey(key);
        return (await stored.VersionsAsync(survey.Survey.Id, ct)).FirstOrDefault(v => v.Number == version) is { } found
            ? TypedResults.Ok(new OneVersion(found.Number, found.PublishedAt, found.Definition.Name, found.Definition.Languages, found.Definition.Questions, found.Definition.Matrices))
            : NoSuchVersion(key, version);
    }

    static async Task<IResult> AgainAsync(string key, int version, HttpContext http, PublishSurvey publish, StoredSurveys stored, CancellationToken ct)
    {
        var errors = new Errors();
        var number = await publish.AgainAsync(key, version, http.User.Identity?.Name, errors, ct);
        if (errors.Any) return errors.ToProblem();
        return number is { } published ? await SurveysApi.PublishedAsync(key, published, stored, ct) : NoSuchVersion(key, version);
    }

    static async Task<IResult> MarkAsync(
        string key, int version, HttpContext http, IValidator<SurveysApi.PublishRequest> rules, MarkWordings mark, StoredSurveys surveys, Wordings wordings, IAnswersSoFar answers, CancellationToken ct)
    {
        var (request, problem) = await JsonBody.ReadAsync(http, rules);
        if (request is null) return problem!;
        var errors = new Errors();
        var found = await mark.SetAsync(key, version, request.Comparable ?? [], request.Reason, http.User.Identity!.Name!, errors, ct);
        if (errors.Any) return errors.ToProblem();
        return found ? await ListAsync(key, surveys, wordings, answers, ct) : NoSuchVersion(key, version);
    }

    static ProblemHttpResult NoSuchVersion(string key, int version) =>
        TypedResults.Problem($"There is no version {version} of a survey '{key}'.", statusCode: StatusCodes.Status404NotFound);
}
