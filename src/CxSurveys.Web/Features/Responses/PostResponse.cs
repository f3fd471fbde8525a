using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Responses;

/// <summary><c>POST /responses</c>: one response, acknowledged after the commit. Safe to repeat: the id is the duplicate guard.</summary>
internal static class PostResponse
{
    public const string Path = "/api/v1/responses";

    public sealed record Stored(Guid Id);

    public static void Map(IEndpointRouteBuilder responses) => responses.MapPost("", HandleAsync)
        .RequireAuthorization(Policies.Ingest)
        .Accepts<PostedResponse>("application/json")
        .Produces<Stored>(StatusCodes.Status201Created).Produces<Stored>().ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .WithSummary("Store one response. Safe to repeat: the id is the duplicate guard.");

    /// <summary>Where a stored response is read.</summary>
    public static string AddressOf(Guid id) => $"{Path}?id={id}";

    static readonly Dictionary<Guid, OpenInvitation?> NoInvitations = [];

    static async Task<IResult> HandleAsync(HttpContext http, InvitedAnswers invited, ResponseDoor door, ResponseIntake intake, CancellationToken ct)
    {
        if (!JsonBody.IsJson(http.Request)) return JsonBody.UnsupportedMediaType();
        if (await JsonBody.ReadBytesAsync(http) is not { } bytes) return JsonBody.TooLarge();

        var errors = new Errors();
        if (JsonBody.Parse<PostedResponse>(bytes, errors) is not { } posted) return errors.ToProblem();
        var response = await door.CheckAsync(posted, NoInvitations, errors, ct);
        // Few ids are an invitation's, which the store tells: asking for each beforehand would cost a read per response.
        var outcome = response is null ? Intake.Invited : await intake.StoreAsync(response);
        if (outcome == Intake.Invited && await invited.FindAsync([posted.Id], ct) is { Count: > 0 } invitation)
        {
            errors = new Errors();
            response = await door.CheckAsync(posted, invitation, errors, ct);
            if (response is not null) outcome = await intake.StoreAsync(response);
        }
        if (response is null) return errors.ToProblem();

        switch (outcome)
        {
            case Intake.Stored: return TypedResults.Created(AddressOf(response.Id), new Stored(response.Id));
            case Intake.SameAgain: return TypedResults.Ok(new Stored(response.Id));
            case Intake.OtherContent: return TypedResults.Problem("This id holds other answers; nothing was stored.", statusCode: StatusCodes.Status409Conflict);
            default: return BusyAnswer.Instance;
        }
    }
}
