using CxSurveys.Web.Platform;
using FluentValidation;

namespace CxSurveys.Web.Features.Settings;

public static class SettingsFeature
{
    public static IServiceCollection AddSettings(this IServiceCollection services) => services
        .AddScoped<ChangeSettings>()
        .AddSingleton<IValidator<SettingsChange>, SettingsChange.Rules>()
        .AddScoped<ISetUpStep, CompanyStep>()
        .AddScoped<ISetUpStep, MailStep>();

    public static void MapSettings(this IEndpointRouteBuilder api) => SettingsApi.Map(api);
}
