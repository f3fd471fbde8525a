using System.Text.Json;
using System.Text.Json.Serialization;
using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Responses.Importing;

/// <summary>How far an import is, or what became of it.</summary>
/// <param name="State"><c>running</c>; <c>done</c>; <c>refused</c>: nothing was stored, <c>errors</c> say why; <c>brokenOff</c>: what was stored by then stays.</param>
/// <param name="Bytes">Read so far.</param>
/// <param name="Size">Bytes in all, where the sender said.</param>
/// <param name="Lines">Read so far.</param>
public sealed record ImportStatus(
    Guid Id, string State, string? FileName, string? StartedBy, DateTimeOffset StartedAt, DateTimeOffset SeenAt, long Bytes, long? Size,
    long Lines, long Accepted, long Duplicates, long RejectedLines, IReadOnlyDictionary<string, string[]> Errors)
{
    [JsonIgnore]
    public bool IsRunning => State == "running";
}

/// <summary>Reads what <see cref="ImportLog"/> wrote.</summary>
internal sealed class ImportReader(CxDbContext db, TimeProvider clock)
{
    const int MostListed = 20, RejectionsAtOnce = 1_000;

    /// <summary>One that says nothing for so long has died with its process.</summary>
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    public async Task<ImportStatus?> FindAsync(Guid id, CancellationToken ct) =>
        await db.Set<ResponseImport>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct) is { } found ? Of(found) : null;

    public async Task<List<ImportStatus>> NewestAsync(CancellationToken ct) =>
        [.. (await db.Set<ResponseImport>().AsNoTracking().OrderByDescending(i => i.StartedAt).ThenBy(i => i.Id).Take(MostListed).ToListAsync(ct)).Select(Of)];

    public Task<List<ImportRejection>> RejectionsAsync(Guid id, long afterLine, int most, CancellationToken ct) =>
        db.Set<ImportRejection>().AsNoTracking().Where(r => r.ImportId == id && r.Line > afterLine).OrderBy(r => r.Line).Take(most).ToListAsync(ct);

    /// <summary>All rejected lines that were kept, as a file.</summary>
    public async Task WriteRejectionsAsync(Guid id, HttpResponse response, CancellationToken ct)
    {
        response.ContentType = ExportForm.Csv.ContentType;
        response.Headers.ContentDisposition = "attachment; filename=\"rejected-lines.csv\"";
        await using var file = new ResponseCsv(response.Body);
        await file.WriteAsync([["line", "field", "error"]], ct);
        List<ImportRejection> some;
        for (long after = 0; (some = await RejectionsAsync(id, after, RejectionsAtOnce, ct)).Count > 0; after = some[^1].Line)
            await file.WriteAsync(some.SelectMany(r => r.ByField().Select(e => (object?[])[r.Line.ToString(System.Globalization.CultureInfo.InvariantCulture), e.Key, string.Join(' ', e.Value)])), ct);
    }

    ImportStatus Of(ResponseImport import) => new(
        import.Id, StateOf(import), import.FileName, import.StartedBy, import.StartedAt, import.SeenAt, import.Bytes, import.Size,
        import.Lines, import.Accepted, import.Duplicates, import.RejectedLines,
        import.Problems is { } problems ? JsonSerializer.Deserialize<Dictionary<string, string[]>>(problems)! : new Dictionary<string, string[]>());

    string StateOf(ResponseImport import) => import.State switch
    {
        ImportState.Running when clock.GetUtcNow() - import.SeenAt < Silence => "running",
        ImportState.Done => "done",
        ImportState.Refused => "refused",
        _ => "brokenOff",
    };
}

/// <summary>Imports that run or ran, for the API and for the page that shows their progress.</summary>
internal static class ImportEndpoints
{
    public static void Map(IEndpointRouteBuilder responses)
    {
        responses.MapGet("/imports", async (ImportReader imports, CancellationToken ct) => TypedResults.Ok(await imports.NewestAsync(ct)))
            .RequireAuthorization(Policies.Ingest)
            .WithSummary("The newest imports of responses, also those that still run. They are kept for 30 days.");
        responses.MapGet("/imports/{id:guid}", FindAsync)
            .RequireAuthorization(Policies.Ingest)
            .WithSummary("How far an import is, to be asked for while it runs; its id is the one sent along with ?id= when it was started.");
    }

    public static void MapPages(IEndpointRouteBuilder app)
    {
        app.MapGet(ImportPage.Address + "/{id:guid}/status", WatchAsync).RequireAuthorization(Policies.AdminPages).ExcludeFromDescription();
        app.MapGet(ImportPage.Address + "/{id:guid}/rejected.csv", (Guid id, HttpResponse response, ImportReader imports, CancellationToken ct) => imports.WriteRejectionsAsync(id, response, ct))
            .RequireAuthorization(Policies.AdminPages).ExcludeFromDescription();
    }

    // Asked by the page before the file has begun to come in: no reason for a browser to speak of an error.
    static async Task WatchAsync(Guid id, HttpResponse response, ImportReader imports, CancellationToken ct)
    {
        if (await imports.FindAsync(id, ct) is { } found) await response.WriteAsJsonAsync(found, ct);
        else response.StatusCode = StatusCodes.Status204NoContent;
    }

    static async Task<Results<Ok<ImportStatus>, NotFound>> FindAsync(Guid id, ImportReader imports, CancellationToken ct) =>
        await imports.FindAsync(id, ct) is { } found ? TypedResults.Ok(found) : TypedResults.NotFound();
}
