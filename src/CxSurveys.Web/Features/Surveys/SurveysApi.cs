using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Platform;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>Drafts, publishing, closing.</summary>
internal static class SurveysApi
{
    /// <summary>A survey with its draft. <c>version</c> is the newest published one, null before the first.</summary>
    public sealed record View(string Key, string Name, IReadOnlyList<string> Languages, IReadOnlyList<QuestionDefinition> Questions, int? Version, bool DraftChanged, DateTimeOffset? ClosedAt);

    public sealed record Listed(string Key, string Name, IReadOnlyList<string> Languages, int? Version, DateTimeOffset? ClosedAt);

    public sealed record PublishRequest
    {
        public IReadOnlyList<string>? Comparable { get; init; }
        public string? Reason { get; init; }

        internal sealed class Rules : AbstractValidator<PublishRequest>
        {
            public Rules()
            {
                RuleFor(p => p.Comparable).Must(c => c is null or []).WithMessage("Marking wordings as comparable is not offered by this version; leave it out.");
                RuleFor(p => p.Reason!).MustBeText(1000).When(p => p.Reason is not null);
            }
        }
    }

    public sealed record Published(int Version);

    public static void Map(IEndpointRouteBuilder api)
    {
        var surveys = api.MapGroup("/surveys");
        surveys.MapGet("", ListAsync).RequireAuthorization(Policies.Read).WithSummary("All surveys, by key.");
        surveys.MapGet("/{key}", GetAsync).RequireAuthorization(Policies.Read).WithSummary("One survey with its draft.");
        surveys.MapPut("/{key}", PutAsync).RequireAuthorization(Policies.Admin)
            .Accepts<SurveyDefinition>("application/json").Produces<View>().ProducesValidationProblem()
            .WithSummary("Write the whole definition, as a draft.");
        surveys.MapPost("/{key}/publish", PublishAsync).RequireAuthorization(Policies.Admin)
            .Accepts<PublishRequest>(isOptional: true, "application/json").Produces<Published>().ProducesValidationProblem()
            .WithSummary("Freeze the draft as the next version; an unchanged draft answers with the present one.");
        surveys.MapPost("/{key}/close", (string key, CxDbContext db, SurveyCatalog catalog, TimeProvider clock, CancellationToken ct) => SetClosedAsync(key, clock.GetUtcNow(), db, catalog, ct))
            .RequireAuthorization(Policies.Admin).WithSummary("Take no more answers.");
        surveys.MapPost("/{key}/reopen", (string key, CxDbContext db, SurveyCatalog catalog, CancellationToken ct) => SetClosedAsync(key, null, db, catalog, ct))
            .RequireAuthorization(Policies.Admin).WithSummary("Take answers again.");
    }

    static async Task<IResult> ListAsync(CxDbContext db, CancellationToken ct)
    {
        var surveys = await db.Set<Survey>().AsNoTracking().OrderBy(s => s.Key)
            .Select(s => new { Survey = s, Version = db.Set<SurveyVersion>().Where(v => v.Id == s.CurrentVersionId).Select(v => (int?)v.Number).SingleOrDefault() })
            .ToListAsync(ct);
        return TypedResults.Ok(surveys.Select(s => new Listed(s.Survey.Key, s.Survey.Draft.Name, s.Survey.Draft.Languages, s.Version, s.Survey.ClosedAt)).ToList());
    }

    static async Task<IResult> GetAsync(string key, CxDbContext db, CancellationToken ct) =>
        await db.Set<Survey>().AsNoTracking().SingleOrDefaultAsync(s => s.Key == key, ct) is { } survey
            ? TypedResults.Ok(await ViewAsync(survey, db, ct))
            : NoSuchSurvey(key);

    static async Task<IResult> PutAsync(string key, HttpContext http, IValidator<SurveyDefinition> rules, CxDbContext db, JourneyCatalog journey, CancellationToken ct)
    {
        if (!TextRules.IsKey(key)) return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["key"] = [TextRules.KeyMessage] });
        var (definition, problem) = await JsonBody.ReadAsync(http, rules);
        if (definition is null) return problem!;

        var errors = new Errors();
        DefinitionPlaces.Check(definition, await journey.GetAsync(ct), errors);
        if (errors.Any) return errors.ToProblem();

        await db.Database.ExecuteSqlAsync($"""
            insert into survey (key, draft) values ({key}, {DefinitionJson.Write(definition)}::jsonb)
            on conflict (key) do update set draft = excluded.draft
            """, ct);
        return TypedResults.Ok(await ViewAsync(await db.Set<Survey>().AsNoTracking().SingleAsync(s => s.Key == key, ct), db, ct));
    }

    static async Task<IResult> PublishAsync(string key, HttpContext http, IValidator<PublishRequest> rules, PublishSurvey publish, CancellationToken ct)
    {
        if (http.Request.ContentLength is not (null or 0) || http.Request.Headers.TransferEncoding.Count > 0)
        {
            var (request, problem) = await JsonBody.ReadAsync(http, rules);
            if (request is null) return problem!;
        }
        var errors = new Errors();
        var version = await publish.RunAsync(key, errors, ct);
        if (errors.Any) return errors.ToProblem();
        return version is { } number ? TypedResults.Ok(new Published(number)) : NoSuchSurvey(key);
    }

    static async Task<IResult> SetClosedAsync(string key, DateTimeOffset? closedAt, CxDbContext db, SurveyCatalog catalog, CancellationToken ct)
    {
        if (await db.Set<Survey>().SingleOrDefaultAsync(s => s.Key == key, ct) is not { } survey) return NoSuchSurvey(key);
        survey.ClosedAt = closedAt is null ? null : survey.ClosedAt ?? closedAt;
        await db.SaveChangesAsync(ct);
        catalog.Invalidate();
        return TypedResults.Ok(await ViewAsync(survey, db, ct));
    }

    static async Task<View> ViewAsync(Survey survey, CxDbContext db, CancellationToken ct)
    {
        var present = await db.Set<SurveyVersion>().AsNoTracking().SingleOrDefaultAsync(v => v.Id == survey.CurrentVersionId, ct);
        bool changed = present is null || DefinitionJson.Write(present.Definition) != DefinitionJson.Write(survey.Draft);
        return new View(survey.Key, survey.Draft.Name, survey.Draft.Languages, survey.Draft.Questions, present?.Number, changed, survey.ClosedAt);
    }

    static ProblemHttpResult NoSuchSurvey(string key) => TypedResults.Problem($"There is no survey '{key}'.", statusCode: StatusCodes.Status404NotFound);
}
