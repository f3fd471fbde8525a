namespace CxSurveys.Web.Features.Scores;

public static class ScoresFeature
{
    public static IServiceCollection AddScores(this IServiceCollection services) => services
        .AddSingleton<SegmentStore>()
        .AddScoped<ScoreQueries>()
        .AddHostedService<RecountWorker>();

    public static void MapScores(this IEndpointRouteBuilder api) => ScoresApi.Map(api);
}
