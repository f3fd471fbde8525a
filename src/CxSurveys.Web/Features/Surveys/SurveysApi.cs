using CxSurveys.Web.Features.Surveys.Versions;
using CxSurveys.Web.Platform;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>Drafts, publishing, closing.</summary>
internal static class SurveysApi
{
    /// <summary>A survey with its draft. <c>version</c> is the newest published one, null before the first.</summary>
    public sealed record View(string Key, string Name, IReadOnlyList<string> Languages, IReadOnlyList<QuestionDefinition> Questions, IReadOnlyList<MatrixDefinition>? Matrices, int? Version, bool DraftChanged, DateTimeOffset? ClosedAt)
    {
        /// <summary>Names this draft: sent back as <c>If-Match</c>, a draft that somebody else wrote meanwhile is not replaced.</summary>
        public required string Revision { get; init; }

        public DateTimeOffset? SavedAt { get; init; }
        public string? SavedBy { get; init; }
    }

    public sealed record Listed(string Key, string Name, IReadOnlyList<string> Languages, int? Version, DateTimeOffset? ClosedAt);

    public sealed record PublishRequest
    {
        public IReadOnlyList<string>? Comparable { get; init; }
        public string? Reason { get; init; }

        internal sealed class Rules : AbstractValidator<PublishRequest>
        {
            public Rules()
            {
                RuleForEach(p => p.Comparable).NotNull().WithMessage("The key of a question is needed.");
                RuleFor(p => p.Reason!).MustBeText(1000).When(p => p.Reason is not null);
            }
        }
    }

    /// <summary>The newest version. <c>warnings</c> name texts that a language lacks, by the path of the field.</summary>
    public sealed record Published(int Version, IReadOnlyDictionary<string, string> Warnings);

    public static void Map(IEndpointRouteBuilder api)
    {
        var surveys = api.MapGroup("/surveys");
        surveys.MapGet("", ListAsync).RequireAuthorization(Policies.Read).WithSummary("All surveys, by key.");
        surveys.MapGet("/{key}", GetAsync).RequireAuthorization(Policies.Read).WithSummary("One survey with its draft.");
        surveys.MapPut("/{key}", PutAsync).RequireAuthorization(Policies.Admin)
            .Accepts<SurveyDefinition>("application/json").Produces<View>().ProducesValidationProblem().ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithSummary("Write the whole definition, as a draft. With If-Match only in place of the revision it names.");
        surveys.MapPost("/{key}/publish", PublishAsync).RequireAuthorization(Policies.Admin)
            .Accepts<PublishRequest>(isOptional: true, "application/json").Produces<Published>().ProducesValidationProblem()
            .WithSummary("Freeze the draft as the next version; an unchanged draft answers with the present one. Questions named in comparable keep their line although their words changed.");
        surveys.MapPost("/{key}/close", (string key, HttpContext http, CloseSurvey close, StoredSurveys stored, CancellationToken ct) => SetClosedAsync(key, true, http, close, stored, ct))
            .RequireAuthorization(Policies.Admin).WithSummary("Take no more answers.");
        surveys.MapPost("/{key}/reopen", (string key, HttpContext http, CloseSurvey close, StoredSurveys stored, CancellationToken ct) => SetClosedAsync(key, false, http, close, stored, ct))
            .RequireAuthorization(Policies.Admin).WithSummary("Take answers again.");
        VersionsApi.Map(surveys);
    }

    static async Task<IResult> ListAsync(StoredSurveys stored, CancellationToken ct) =>
        TypedResults.Ok((await stored.AllAsync(ct)).Select(s => new Listed(s.Key, s.Survey.Draft.Name, s.Survey.Draft.Languages, s.Present?.Number, s.Survey.ClosedAt)).ToList());

    static async Task<IResult> GetAsync(string key, HttpContext http, StoredSurveys stored, CancellationToken ct)
    {
        if (await stored.FindAsync(key, ct) is not { } survey) return NoSuchSurvey(key);
        http.Response.Headers.ETag = $"\"{survey.Stamp}\"";
        return TypedResults.Ok(ViewOf(survey));
    }

    static async Task<IResult> PutAsync(string key, HttpContext http, IValidator<SurveyDefinition> rules, SaveDraft save, StoredSurveys stored, CancellationToken ct)
    {
        var errors = new Errors();
        SaveDraft.CheckKey(key, errors);
        if (errors.Any) return errors.ToProblem();
        var (definition, problem) = await JsonBody.ReadAsync(http, rules);
        if (definition is null) return problem!;

        return await save.RunAsync(key, definition, SeenBy(http.Request), http.User.Identity?.Name, errors, ct) switch
        {
            DraftSaved.Refused => errors.ToProblem(),
            DraftSaved.OtherDraft => await OtherDraftAsync(key, stored, ct),
            _ => await GetAsync(key, http, stored, ct),
        };
    }

    /// <summary>The revision that may be replaced; null = whichever there is.</summary>
    static string? SeenBy(HttpRequest request) => request.Headers.IfMatch.ToString() is { Length: > 0 } tag && tag != "*" ? tag.Trim().Trim('"') : null;

    static async Task<IResult> OtherDraftAsync(string key, StoredSurveys stored, CancellationToken ct)
    {
        string by = await stored.FindAsync(key, ct) is { Survey: { DraftSavedAt: { } at } survey } ? $" It was saved by {survey.DraftSavedBy ?? "somebody"} at {at:yyyy-MM-dd'T'HH:mm:ss'Z'}." : "";
        return TypedResults.Problem($"The draft is another one than If-Match names; nothing was stored.{by} Read it, then send yours with its revision.", statusCode: StatusCodes.Status412PreconditionFailed);
    }

    static async Task<IResult> PublishAsync(string key, HttpContext http, IValidator<PublishRequest> rules, PublishSurvey publish, StoredSurveys stored, CancellationToken ct)
    {
        var request = new PublishRequest();
        if (http.Request.ContentLength is not (null or 0) || http.Request.Headers.TransferEncoding.Count > 0)
        {
            (var read, var problem) = await JsonBody.ReadAsync(http, rules);
            if (read is null) return problem!;
            request = read;
        }
        var errors = new Errors();
        var by = http.User.Identity!.Name!;
        var version = await publish.RunAsync(key, seen: null, [.. (request.Comparable ?? []).Select(q => new Comparable(q, request.Reason, by))], errors, ct);
        if (errors.Any) return errors.ToProblem();
        return version is { } number ? await PublishedAsync(key, number, stored, ct) : NoSuchSurvey(key);
    }

    internal static async Task<IResult> PublishedAsync(string key, int number, StoredSurveys stored, CancellationToken ct) =>
        await stored.FindAsync(key, ct) is { Present: { } present } ? TypedResults.Ok(new Published(number, WarningsOf(present.Definition))) : NoSuchSurvey(key);

    static Dictionary<string, string> WarningsOf(SurveyDefinition definition) =>
        TranslationGaps.Of(definition).ToDictionary(gap => gap.Path, gap => $"No words in {gap.Language}: {definition.Languages[0]} is shown.");

    static async Task<IResult> SetClosedAsync(string key, bool closed, HttpContext http, CloseSurvey close, StoredSurveys stored, CancellationToken ct) =>
        await close.RunAsync(key, closed, ct) ? await GetAsync(key, http, stored, ct) : NoSuchSurvey(key);

    static View ViewOf(StoredSurvey stored) => new(
        stored.Key, stored.Survey.Draft.Name, stored.Survey.Draft.Languages, stored.Survey.Draft.Questions, stored.Survey.Draft.Matrices, stored.Present?.Number, stored.DraftChanged, stored.Survey.ClosedAt)
    {
        Revision = stored.Stamp,
        SavedAt = stored.Survey.DraftSavedAt,
        SavedBy = stored.Survey.DraftSavedBy,
    };

    internal static ProblemHttpResult NoSuchSurvey(string key) => TypedResults.Problem($"There is no survey '{key}'.", statusCode: StatusCodes.Status404NotFound);
}
