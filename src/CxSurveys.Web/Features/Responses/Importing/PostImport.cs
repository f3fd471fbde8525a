using CxSurveys.Web.Platform;
using CxSurveys.Web.Platform.Import;

namespace CxSurveys.Web.Features.Responses.Importing;

/// <summary><c>POST /responses/import</c>: the file is the body, of any size.</summary>
internal static class PostImport
{
    const string IdParameter = "id";

    public static void Map(IEndpointRouteBuilder responses) => responses.MapPost("/import", HandleAsync)
        .RequireAuthorization(Policies.Ingest)
        .Accepts<string>("application/x-ndjson", "text/csv").Produces<ImportResult>()
        .ProducesValidationProblem().ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .WithSummary("Import past responses, one JSON object a line, or an exported CSV. Good lines are stored, bad ones named; run it again and nothing is added.")
        .WithDescription("While it runs, GET /responses/imports/{id} tells how far it is; pass the id, a new UUID, along to know it beforehand.")
        .WithQuery([(IdParameter, "A UUID of your own for this import; left out, one is made, and GET /responses/imports names it.")]);

    static async Task HandleAsync(HttpContext http, WatchedImport import, ImportLog log, CancellationToken ct)
    {
        bool isCsv = JsonBody.IsPlain(http.Request, "text/csv");
        if (!isCsv && !JsonBody.IsPlain(http.Request, ImportAnswer.LineTypes))
        {
            await JsonBody.UnsupportedMediaType("application/x-ndjson or text/csv").ExecuteAsync(http);
            return;
        }
        ImportAnswer.TakeAnySize(http);
        if (await BeginAsync(http, log, ct) is { } id) await RunAsync(http, import, id, isCsv, ct);
    }

    /// <summary>The import's id; null when it was answered why there is none.</summary>
    static async Task<Guid?> BeginAsync(HttpContext http, ImportLog log, CancellationToken ct)
    {
        var errors = new Errors();
        var id = Guid.CreateVersion7();
        if (http.Request.Query[IdParameter] is [{ } given, ..] && !Guid.TryParse(given, out id)) errors.Add(IdParameter, "A UUID.");
        if (errors.Any) await errors.ToProblem().ExecuteAsync(http);
        else if (!await log.BeginAsync(id, null, http.User.Identity?.Name, http.Request.ContentLength, ct))
            await TypedResults.Problem("There was an import of this id; nothing was stored. Send the file with another id, or none.", statusCode: StatusCodes.Status409Conflict).ExecuteAsync(http);
        else return id;
        return null;
    }

    static async Task RunAsync(HttpContext http, WatchedImport import, Guid id, bool isCsv, CancellationToken ct)
    {
        await using var answer = new ImportAnswer();
        var wrong = new Errors();
        var total = await import.RunAsync(id, new ImportFile(new CountedStream(http.Request.Body), isCsv), null, wrong, line => answer.RejectAsync(line, ct), null, ct);
        if (wrong.Any) await wrong.ToProblem().ExecuteAsync(http);
        else await answer.WriteAsync(http.Response, total, ct);
    }
}
