using CxSurveys.Web.Platform;
using FluentValidation;

namespace CxSurveys.Web.Features.Journey;

public static class JourneyFeature
{
    public static IServiceCollection AddJourney(this IServiceCollection services) => services
        .AddSingleton<JourneyCatalog>()
        .AddScoped<ReplaceJourney>()
        .AddScoped<ISetUpStep, StagesStep>()
        .AddSingleton<IValidator<JourneyDefinition>, JourneyDefinition.Rules>();

    public static void MapJourney(this IEndpointRouteBuilder api) => JourneyApi.Map(api);
}
