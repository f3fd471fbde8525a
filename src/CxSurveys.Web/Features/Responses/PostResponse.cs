using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Responses;

/// <summary><c>POST /responses</c>: one response, acknowledged after the commit. Safe to repeat: the id is the duplicate guard.</summary>
internal static class PostResponse
{
    public sealed record Stored(Guid Id);

    public static void Map(IEndpointRouteBuilder responses) => responses.MapPost("", HandleAsync)
        .RequireAuthorization(Policies.Ingest)
        .Accepts<PostedResponse>("application/json")
        .Produces<Stored>(StatusCodes.Status201Created).Produces<Stored>().ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .WithSummary("Store one response. Safe to repeat: the id is the duplicate guard.");

    static async Task<IResult> HandleAsync(HttpContext http, InvitedAnswers invited, ResponseDoor door, ResponseIntake intake, CancellationToken ct)
    {
        if (!JsonBody.IsJson(http.Request)) return JsonBody.UnsupportedMediaType();
        if (await JsonBody.ReadBytesAsync(http) is not { } bytes) return JsonBody.TooLarge();

        var errors = new Errors();
        var posted = JsonBody.Parse<PostedResponse>(bytes, errors);
        var response = posted is null ? null : await door.CheckAsync(posted, await invited.FindAsync([posted.Id], ct), errors, ct);
        if (response is null) return errors.ToProblem();

        switch (await intake.StoreAsync(response, ct))
        {
            case Intake.Stored: return TypedResults.Created($"/api/v1/responses?id={response.Id}", new Stored(response.Id));
            case Intake.SameAgain: return TypedResults.Ok(new Stored(response.Id));
            case Intake.OtherContent: return TypedResults.Problem("This id holds other answers; nothing was stored.", statusCode: StatusCodes.Status409Conflict);
            default:
                http.Response.Headers.RetryAfter = "1";
                return TypedResults.Problem("Busy. Nothing was stored; send it again.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
