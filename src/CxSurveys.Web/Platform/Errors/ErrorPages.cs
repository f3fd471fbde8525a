using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace CxSurveys.Web.Platform.Errors;

/// <summary>Exceptions become problem details, or a plain page for a browser; neither says more than a trace id.</summary>
internal sealed class ErrorPages(IProblemDetailsService problems, ILogger<ErrorPages> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        int status = Status(exception);
        httpContext.Response.StatusCode = status;
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            httpContext.Response.Headers.RetryAfter = "1";
            log.LogWarning("The database did not answer: {Reason}", exception.GetBaseException().GetType().Name);
        }
        var problem = new ProblemDetails { Status = status, Title = Title(status) };
        if (!await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem, Exception = exception }))
            await WritePageAsync(httpContext, problem, cancellationToken);
        return true;
    }

    /// <summary>Bad requests are the sender's, an absent database has its own line; the rest is logged with its stack.</summary>
    internal static bool IsExpected(ExceptionHandlerSuppressDiagnosticsContext context) => Status(context.Exception) != StatusCodes.Status500InternalServerError;

    private static int Status(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        _ when DatabaseFailure.MayPass(exception) => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static string Title(int status) => status switch
    {
        StatusCodes.Status503ServiceUnavailable => "Busy. Nothing was stored; please try again in a moment.",
        StatusCodes.Status500InternalServerError => "Something went wrong on our side.",
        StatusCodes.Status413PayloadTooLarge => "The request is too large.",
        _ => "The request cannot be read.",
    };

    private static Task WritePageAsync(HttpContext http, ProblemDetails problem, CancellationToken ct)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        string trace = System.Text.Encodings.Web.HtmlEncoder.Default.Encode(Activity.Current?.Id ?? http.TraceIdentifier);
        return http.Response.WriteAsync($"""
            <!doctype html>
            <html lang="en"><meta name="viewport" content="width=device-width"><title>{problem.Status}</title>
            <main><h1>{problem.Title}</h1><p>If it stays so, tell the person who runs this service: {trace}</p></main></html>
            """, ct);
    }
}
