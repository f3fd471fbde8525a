using FluentValidation;

namespace CxSurveys.Web.Features.Settings;

public static class SettingsFeature
{
    public static IServiceCollection AddSettings(this IServiceCollection services) =>
        services.AddSingleton<IValidator<SettingsApi.Change>, SettingsApi.Rules>();

    public static void MapSettings(this IEndpointRouteBuilder api) => SettingsApi.Map(api);
}
