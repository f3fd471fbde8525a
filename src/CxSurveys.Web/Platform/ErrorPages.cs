using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace CxSurveys.Web.Platform;

/// <summary>Failures in the caller's form: problem details under <c>/api</c>, a plain page elsewhere. Neither says more than a trace id.</summary>
internal static class ErrorPages
{
    public static IServiceCollection AddErrorPages(this IServiceCollection services) => services.AddProblemDetails().AddExceptionHandler<ApiExceptions>();

    public static IApplicationBuilder UseErrorPages(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error/500",
            StatusCodeSelector = Status,
            // .NET no longer logs what is handled; bad requests are the sender's, an absent database has its own line, the rest wants its stack.
            SuppressDiagnosticsCallback = context => Status(context.Exception) != StatusCodes.Status500InternalServerError,
        });
        // In the main pipeline: executed again inside a branch, a request would not find the page.
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        return app.UseWhen(IsApi, api => api.UseStatusCodePages());
    }

    public static bool IsApi(HttpContext context) => AskedPath(context).StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    // While a failure is answered the request already bears the path of the error page.
    static PathString AskedPath(HttpContext context) =>
        context.Features.Get<IExceptionHandlerPathFeature>() is { Path: { } path } ? new PathString(path) : context.Request.Path;

    static int Status(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        _ when DatabaseFailure.MayPass(exception) => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    sealed class ApiExceptions(IProblemDetailsService problems, ILogger<ApiExceptions> log) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            int status = httpContext.Response.StatusCode = Status(exception);
            if (status == StatusCodes.Status503ServiceUnavailable)
            {
                httpContext.Response.Headers.RetryAfter = "1";
                log.LogWarning("The database did not answer: {Reason}", exception.GetBaseException().GetType().Name);
            }
            return IsApi(httpContext) && await problems.TryWriteAsync(new ProblemDetailsContext
            {
                HttpContext = httpContext,
                ProblemDetails = new ProblemDetails { Status = status, Title = Title(status) },
                Exception = exception,
            });
        }

        static string Title(int status) => status switch
        {
            StatusCodes.Status503ServiceUnavailable => "Busy. Nothing was stored; please try again in a moment.",
            StatusCodes.Status500InternalServerError => "Something went wrong on our side.",
            StatusCodes.Status413PayloadTooLarge => "The request is too large.",
            _ => "The request cannot be read.",
        };
    }
}
