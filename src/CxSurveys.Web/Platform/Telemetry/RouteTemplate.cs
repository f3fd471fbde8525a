namespace CxSurveys.Web.Platform.Telemetry;

/// <summary>Which route was asked, without what the asker put in it.</summary>
internal static class RouteTemplate
{
    static readonly object Asked = new();

    /// <summary>Before anything that may answer with another page: an error page takes the place of the endpoint that failed.</summary>
    public static void UseRouteTemplate(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Items[Asked] = http.GetEndpoint();
        return next(http);
    });

    public static string Of(HttpContext http) =>
        ((http.Items.TryGetValue(Asked, out object? asked) ? asked : http.GetEndpoint()) as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";
}
