using CxSurveys.Web.Platform;
using FluentValidation;

namespace CxSurveys.Web.Features.Surveys;

public static class SurveysFeature
{
    public static IServiceCollection AddSurveys(this IServiceCollection services) => services
        .AddSingleton<SurveyCatalog>()
        .AddScoped<StoredSurveys>()
        .AddScoped<SaveDraft>()
        .AddScoped<StartSurvey>()
        .AddScoped<DraftPreview>()
        .AddScoped<PublishSurvey>()
        .AddScoped<Versions.Wordings>()
        .AddScoped<Versions.MarkWordings>()
        .AddScoped<ISetUpStep, SurveyStep>()
        .AddScoped<CloseSurvey>()
        .AddScoped<Pages.DraftEditing>()
        .AddSingleton<IValidator<SurveyDefinition>, DefinitionRules>()
        .AddSingleton<IValidator<SurveysApi.PublishRequest>, SurveysApi.PublishRequest.Rules>();

    public static void MapSurveys(this IEndpointRouteBuilder api) => SurveysApi.Map(api);
}
