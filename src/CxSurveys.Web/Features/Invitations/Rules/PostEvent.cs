using CxSurveys.Web.Platform;
using CxSurveys.Web.Platform.Import;
using FluentValidation;

namespace CxSurveys.Web.Features.Invitations.Rules;

/// <summary><c>POST /events</c> and its import from a file: what other systems tell of a customer.</summary>
internal static class PostEvent
{
    /// <param name="Duplicate">True when the id was known; nothing was done again.</param>
    public sealed record Taken(string Id, bool Duplicate);

    public static void Map(IEndpointRouteBuilder events)
    {
        events.MapPost("", HandleAsync)
            .RequireAuthorization(Policies.Ingest)
            .Accepts<PostedEvent>("application/json").Produces<Taken>(StatusCodes.Status202Accepted).ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .WithSummary("Tell of something that happened to a customer. The sending rules follow it; the same id counts once.");
        events.MapPost("/import", ImportAsync)
            .RequireAuthorization(Policies.Ingest)
            .Accepts<string>("text/csv", "application/x-ndjson").Produces<ImportResult>().ProducesValidationProblem().ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .WithSummary("Import events, as CSV with a header or one JSON object a line. Good lines are stored, bad ones named; run it again and nothing changes.")
            .WithDescription("Columns: id, type, customer (its id), occurredAt; email, name, language and timeZone are the customer's; every other one goes into data.");
    }

    static async Task<IResult> HandleAsync(HttpContext http, IValidator<PostedEvent> rules, EventIntake intake, CancellationToken ct)
    {
        var (sent, problem) = await JsonBody.ReadAsync(http, rules);
        if (sent is null) return problem!;

        var outcome = (await intake.StoreAsync([sent], ct))[0];
        var errors = new Errors();
        Explain(outcome, sent, "customer.id", errors);
        return errors.Any ? errors.ToProblem() : TypedResults.Accepted((string?)null, new Taken(sent.Id, outcome == EventOutcome.Duplicate));
    }

    internal static void Explain(EventOutcome outcome, PostedEvent sent, string path, Errors errors)
    {
        if (outcome == EventOutcome.UnknownCustomer) errors.Add(path, $"There is no customer '{sent.Customer.Id}'; send an email address with the id to add one.");
        if (outcome == EventOutcome.TooManyAttributes) errors.Add("customer.attributes", People.PostedPerson.TooMany);
    }

    static async Task ImportAsync(HttpContext http, ImportEvents import, CancellationToken ct)
    {
        bool isCsv = JsonBody.IsPlain(http.Request, "text/csv");
        if (!isCsv && !JsonBody.IsPlain(http.Request, ImportAnswer.LineTypes))
        {
            await JsonBody.UnsupportedMediaType("text/csv or application/x-ndjson").ExecuteAsync(http);
            return;
        }
        ImportAnswer.TakeAnySize(http);
        await using var answer = new ImportAnswer();
        var wrong = new Errors();
        var total = await import.RunAsync(http.Request.BodyReader, isCsv, line => answer.RejectAsync(line, ct), wrong, ct);
        if (wrong.Any) await wrong.ToProblem().ExecuteAsync(http);
        else await answer.WriteAsync(http.Response, total, ct);
    }
}
