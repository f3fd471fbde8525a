using FluentValidation;

namespace CxSurveys.Web.Features.People;

/// <summary>Whom the company may ask, and what it knows about them.</summary>
public static class PeopleFeature
{
    public static IServiceCollection AddPeople(this IServiceCollection services) => services
        .AddSingleton<IValidator<PostedPerson>, PostedPerson.Rules>()
        .AddScoped<PeopleDirectory>();

    public static void MapPeople(this IEndpointRouteBuilder api)
    {
    }
}
