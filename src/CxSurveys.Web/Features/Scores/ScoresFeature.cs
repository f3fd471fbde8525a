using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Scores;

public static class ScoresFeature
{
    public static IServiceCollection AddScores(this IServiceCollection services) => services
        .AddSingleton<SegmentStore>()
        .AddScoped<ScoreQueries>()
        .AddScoped<Map.MapQueries>()
        .AddScoped<Detail.DetailQueries>()
        .AddHostedService<RecountWorker>();

    /// <summary>The first page is the journey.</summary>
    public static void MapHome(this IEndpointRouteBuilder app) => app.MapGet("/", () => TypedResults.Redirect(Map.MapAddress.Journey))
        .RequireAuthorization(Policies.Pages)
        .ExcludeFromDescription();

    public static void MapScores(this IEndpointRouteBuilder api) => ScoresApi.Map(api);
}
