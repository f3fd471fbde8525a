using CxSurveys.Web.Features.Channels;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.Net.Http.Headers;

namespace CxSurveys.Web.Features.Respond;

/// <summary><c>GET /s/{survey}/widget</c>: whether the widget may offer a survey on the page that asks, and in which words.</summary>
internal static class WidgetDoor
{
    public sealed record Words(string Language, string Direction, string Title, string Invite, string Answer, string Close);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/s/{survey}/widget", HandleAsync)
        .AllowAnonymous().RequireRateLimiting(RateLimits.Public).ExcludeFromDescription();

    static async Task<IResult> HandleAsync(string survey, HttpContext http, SurveyCatalog surveys, SurveyChannels channels, CancellationToken ct)
    {
        http.Response.Headers.Vary = $"{HeaderNames.Origin}, {HeaderNames.AcceptLanguage}";
        if (!TextRules.IsKey(survey) || await surveys.NewestAsync(survey, ct) is not { } version) return TypedResults.Problem("There is no such survey.", statusCode: StatusCodes.Status404NotFound);
        var origin = http.Request.Headers.Origin.ToString();
        if (!(await channels.OfAsync(survey, ct)).Sites.Contains(origin)) return TypedResults.Problem("This site may not show the survey. Its address belongs into the list on the survey's page Share.", statusCode: StatusCodes.Status403Forbidden);

        http.Response.Headers.AccessControlAllowOrigin = origin;
        if (version.ClosedAt <= http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()) return TypedResults.Problem("The survey is closed.", statusCode: StatusCodes.Status410Gone);
        var language = PageLanguage.Choose(version.Definition.Languages, http.Request.Query["lang"], null, http.Request.Headers.AcceptLanguage);
        var texts = CustomerTexts.For(language);
        return TypedResults.Json(new Words(language, LanguageName.DirectionOf(language), texts["form.title"], texts["widget.invite"], texts["widget.answer"], texts["widget.close"]));
    }
}
