using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace CxSurveys.Web.Features.Responses;

/// <summary>503 with Retry-After. Ready made: it is wanted most when there is no time for it.</summary>
internal sealed class BusyAnswer : IResult
{
    public static readonly BusyAnswer Instance = new();

    static readonly byte[] Body = JsonSerializer.SerializeToUtf8Bytes(new ProblemDetails
    {
        Type = "https://tools.ietf.org/html/rfc9110#section-15.6.4",
        Title = "Service Unavailable",
        Status = StatusCodes.Status503ServiceUnavailable,
        Detail = "Busy. Send it again: with the same id it is stored once.",
    });

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var answer = httpContext.Response;
        answer.StatusCode = StatusCodes.Status503ServiceUnavailable;
        answer.Headers.RetryAfter = "1";
        answer.ContentType = "application/problem+json";
        answer.ContentLength = Body.Length;
        return answer.BodyWriter.WriteAsync(Body).AsTask();
    }
}
