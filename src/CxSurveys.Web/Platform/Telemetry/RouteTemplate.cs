using Microsoft.AspNetCore.Diagnostics;

namespace CxSurveys.Web.Platform.Telemetry;

/// <summary>Which route was asked, without what the asker put in it.</summary>
internal static class RouteTemplate
{
    public static string Of(HttpContext http)
    {
        // After an exception the request's own endpoint is only kept by the handler.
        var endpoint = http.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? http.GetEndpoint();
        return (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";
    }
}
