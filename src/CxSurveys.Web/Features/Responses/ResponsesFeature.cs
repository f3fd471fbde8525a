using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.Responses.Importing;
using CxSurveys.Web.Features.Responses.Inbox;
using CxSurveys.Web.Features.Scores.Detail;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using FluentValidation;

namespace CxSurveys.Web.Features.Responses;

public static class ResponsesFeature
{
    public static IServiceCollection AddResponses(this IServiceCollection services) => services
        .AddSingleton<IValidator<PostedResponse>, PostedResponse.Rules>()
        .AddSingleton<ResponseReader>()
        .AddSingleton<ResponseIntake>()
        .AddHostedService(s => s.GetRequiredService<ResponseIntake>())
        .AddSingleton<AnswerPlaces>()
        .AddSingleton<ResponseStore>()
        .AddScoped<Merging.MergePeople>()
        .AddScoped<ResponseChange>()
        .AddScoped<ResponseStateChange>()
        .AddSingleton<IValidator<SetState.Request>, SetState.Request.Rules>()
        .AddSingleton<ResponseDoor>()
        .AddSingleton<OrdinaryResponse>()
        .AddSingleton<ShortWay>()
        .AddScoped<ImportResponses>()
        .AddScoped<WatchedImport>()
        .AddSingleton<ImportLog>()
        .AddScoped<ImportReader>()
        .AddScoped<ExportedResponses>()
        .AddScoped<ResponseParts>()
        .AddScoped<IGivenAnswers, GivenAnswers>()
        .AddScoped<ResponseRows>()
        .AddScoped<ResponseFilterReader>()
        .AddScoped<ListResponses>()
        .AddScoped<OptionsReader>()
        .AddScoped<InboxQueries>()
        .AddScoped<ICommentSource, CommentSource>()
        .AddScoped<ISetUpStep, FirstAnswerStep>()
        .AddScoped<IAnswersSoFar, AnswersSoFar>();

    public static void MapResponses(this IEndpointRouteBuilder api)
    {
        var responses = api.MapGroup("/responses");
        PostResponse.Map(responses);
        PostImport.Map(responses);
        ImportEndpoints.Map(responses);
        ListResponses.Map(responses);
        SetState.Map(responses);
    }

    /// <summary>In front of everything: the short way in for ordinary responses.</summary>
    /// <param name="mayIngest">Whether an <c>Authorization</c> header is known to let its sender store responses.</param>
    public static void UseShortWay(this WebApplication app, Func<string?, bool> mayIngest) => app.Use((http, next) =>
        ShortWay.IsFor(http.Request) && mayIngest(http.Request.Headers.Authorization) ? app.Services.GetRequiredService<ShortWay>().RunAsync(http, next) : next(http));

    /// <summary>What pages link to and is none itself.</summary>
    public static void MapResponseFiles(this IEndpointRouteBuilder app)
    {
        ExportPage.Map(app);
        ImportEndpoints.MapPages(app);
    }
}
