namespace CxSurveys.Web.Platform;

/// <summary>Failures in the caller's form: problem details under <c>/api</c>, a plain page elsewhere.</summary>
public static class ErrorPages
{
    public static IServiceCollection AddErrorPages(this IServiceCollection services) => services.AddProblemDetails();

    public static IApplicationBuilder UseErrorPages(this IApplicationBuilder app)
    {
        app.UseExceptionHandler("/error/500").UseStatusCodePagesWithReExecute("/error/{0}");
        // Inside, so that what it has answered is left alone by the pages.
        return app.UseWhen(IsApi, api => api.UseExceptionHandler().UseStatusCodePages());
    }

    public static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);
}
