using CxSurveys.Web.Features.People.Files;
using CxSurveys.Web.Platform;
using FluentValidation;

namespace CxSurveys.Web.Features.People;

/// <summary>Whom the company may ask, and what it knows about them.</summary>
public static class PeopleFeature
{
    public static IServiceCollection AddPeople(this IServiceCollection services) => services
        .AddSingleton<IValidator<PostedPerson>, PostedPerson.Rules>()
        .AddScoped<PeopleDirectory>()
        .AddScoped<Suppression>()
        .AddScoped<ImportPeople>()
        .AddScoped<PeopleFileRun>()
        .AddHostedService<PeopleFileWorker>()
        .AddScoped<ISetUpStep, PeopleStep>()
        .AddScoped<PeopleList>();

    public static void MapPeople(this IEndpointRouteBuilder api) => ImportPeople.Map(api.MapGroup("/people"));
}
