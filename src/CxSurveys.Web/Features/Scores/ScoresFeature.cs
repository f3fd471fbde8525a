using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Scores;

public static class ScoresFeature
{
    public static IServiceCollection AddScores(this IServiceCollection services) => services
        .AddSingleton<SegmentStore>()
        .AddScoped<ScoreQueries>()
        .AddScoped<Map.MapQueries>()
        .AddScoped<Detail.DetailQueries>()
        .AddScoped<Compare.CompareQueries>()
        .AddSingleton<Live.CountedMark>()
        .AddSingleton<Live.LiveStreams>()
        .AddSingleton<Live.LiveFeed>()
        .AddSingleton<CellFolder>()
        .AddHostedService(s => s.GetRequiredService<CellFolder>())
        .AddHostedService<RecountWorker>();

    /// <summary>The first page is the journey; for an admin, before the first answer, what is left until then.</summary>
    public static void MapHome(this IEndpointRouteBuilder app) => app.MapGet("/", HomeAsync)
        .RequireAuthorization(Policies.Pages)
        .ExcludeFromDescription();

    /// <summary>What pages of scores ask for and is none itself.</summary>
    public static void MapScoreParts(this IEndpointRouteBuilder app)
    {
        Compare.CompareExport.Map(app);
        Map.MapExport.Map(app);
        Live.LiveFeed.Map(app);
    }

    public static void MapScores(this IEndpointRouteBuilder api) => ScoresApi.Map(api);

    static async Task<RedirectHttpResult> HomeAsync(HttpContext http, CxDbContext db, CancellationToken ct) =>
        TypedResults.Redirect(http.User.IsInRole("admin") && !await db.Set<CellDelta>().AnyAsync(ct) && !await db.Set<Cell>().AnyAsync(ct) ? "/set-up" : Map.MapAddress.Journey);
}
