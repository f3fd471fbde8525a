using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.People;

public static class PeopleFeature
{
    public static IServiceCollection AddPeople(this IServiceCollection services) => services.AddScoped<ISetUpStep, PeopleStep>();
}
