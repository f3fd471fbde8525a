using CxSurveys.Web.Features.Invitations;
using FluentValidation;

namespace CxSurveys.Web.Features.Responses;

public static class ResponsesFeature
{
    public static IServiceCollection AddResponses(this IServiceCollection services) => services
        .AddSingleton<IValidator<PostedResponse>, PostedResponse.Rules>()
        .AddSingleton<ResponseReader>()
        .AddSingleton<ResponseIntake>()
        .AddHostedService(s => s.GetRequiredService<ResponseIntake>())
        .AddScoped<ResponseStore>()
        .AddScoped<ResponseDoor>()
        .AddScoped<ImportResponses>()
        .AddScoped<IGivenAnswers, GivenAnswers>()
        .AddScoped<ResponseRows>()
        .AddScoped<ResponseFilterReader>()
        .AddScoped<ListResponses>();

    public static void MapResponses(this IEndpointRouteBuilder api)
    {
        var responses = api.MapGroup("/responses");
        PostResponse.Map(responses);
        ImportResponses.Map(responses);
        ListResponses.Map(responses);
    }
}
