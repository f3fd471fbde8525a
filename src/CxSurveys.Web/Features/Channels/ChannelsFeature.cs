namespace CxSurveys.Web.Features.Channels;

/// <summary>Open links: what they say, signed; codes, frames, widget and kiosk that are made of them, and where they may be shown.</summary>
public static class ChannelsFeature
{
    public static IServiceCollection AddChannels(this IServiceCollection services) => services
        .AddSingleton<LinkKey>()
        .AddHostedService(s => s.GetRequiredService<LinkKey>())
        .AddSingleton<SharedLinks>()
        .AddSingleton<SurveyChannels>()
        .AddSingleton<SharedSurvey>();

    public static void MapChannels(this IEndpointRouteBuilder app) => Codes.Map(app);
}
