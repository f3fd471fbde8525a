using CxSurveys.Web.Platform;
using FluentValidation;

namespace CxSurveys.Web.Features.Responses;

/// <summary><c>PUT /responses/{id}/state</c>: a person's decision about a suspected automatic answer, either way, as often as they like.</summary>
internal static class SetState
{
    public sealed record Request
    {
        /// <summary>counted or quarantine.</summary>
        public required string State { get; init; }

        internal sealed class Rules : AbstractValidator<Request>
        {
            public Rules() => RuleFor(r => r.State).Must(state => Parse(state) is not null).WithMessage("counted or quarantine.");
        }
    }

    public sealed record Result(Guid Id, string State);

    public static void Map(IEndpointRouteBuilder responses) => responses.MapPut("/{id:guid}/state", HandleAsync)
        .RequireAuthorization(Policies.Admin)
        .Accepts<Request>("application/json").Produces<Result>().ProducesValidationProblem().ProducesProblem(StatusCodes.Status404NotFound)
        .WithSummary("Put a response into quarantine, or release it: it then counts on the day it was given.");

    static async Task<IResult> HandleAsync(Guid id, HttpContext http, IValidator<Request> rules, ResponseIntake intake, CancellationToken ct)
    {
        var (request, problem) = await JsonBody.ReadAsync(http, rules);
        if (request is null) return problem!;
        return await intake.DecideAsync(id, Parse(request.State)!.Value, ct)
            ? TypedResults.Ok(new Result(id, request.State))
            : TypedResults.Problem("There is no response of this id that could be counted.", statusCode: StatusCodes.Status404NotFound);
    }

    static ResponseState? Parse(string? state) => state switch
    {
        "counted" => ResponseState.Counted,
        "quarantine" => ResponseState.Quarantine,
        _ => null,
    };
}
