using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Journey;

/// <summary><c>GET /journey</c> and <c>PUT /journey</c>.</summary>
internal static class JourneyApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/journey", async (CxDbContext db, CancellationToken ct) => TypedResults.Ok(await ReadAsync(db, ct)))
            .RequireAuthorization(Policies.Read)
            .WithSummary("Stages and touchpoints in order, without the retired ones.");
        api.MapPut("/journey", PutAsync)
            .RequireAuthorization(Policies.Admin)
            .Accepts<JourneyDefinition>("application/json").Produces<JourneyDefinition>().ProducesValidationProblem()
            .WithSummary("Replace the whole journey. What is left out is removed, or retired when it has answers or a published survey names it.");
    }

    static async Task<IResult> PutAsync(HttpContext http, IValidator<JourneyDefinition> rules, ReplaceJourney replace, CxDbContext db, CancellationToken ct)
    {
        var (definition, problem) = await JsonBody.ReadAsync(http, rules);
        if (definition is null) return problem!;
        await replace.RunAsync(definition, ct);
        return TypedResults.Ok(await ReadAsync(db, ct));
    }

    static async Task<JourneyDefinition> ReadAsync(CxDbContext db, CancellationToken ct)
    {
        var touchpoints = await db.Set<Touchpoint>().AsNoTracking().Where(t => !t.Retired).ToListAsync(ct);
        return JourneyDefinition.Of(await db.Set<Stage>().AsNoTracking().Where(s => !s.Retired).ToListAsync(ct), touchpoints);
    }
}
