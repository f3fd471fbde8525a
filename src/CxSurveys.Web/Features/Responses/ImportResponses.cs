using System.IO.Pipelines;
using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Platform;
using CxSurveys.Web.Platform.Import;

namespace CxSurveys.Web.Features.Responses;

/// <summary>
/// Newline-delimited responses, streamed: good lines are stored by the batch, bad ones named by number, field and reason.
/// Safe to run again: what is there already counts as a duplicate.
/// </summary>
internal sealed class ImportResponses(InvitedAnswers invited, ResponseDoor door, ResponseIntake intake)
{
    const int BatchSize = 250;

    sealed record Read(long Line, PostedResponse? Posted, Errors Errors);

    /// <summary>Lines of up to 256 kB may come in any number: a batch of them must not fill the memory.</summary>
    const int BatchBytes = 4 << 20;

    /// <param name="lines">The stream to read; its lines count from 1, blank ones are passed over.</param>
    /// <param name="onlySurvey">When set, a line without a survey belongs to it and a line of another one is rejected.</param>
    /// <param name="reject">Called for each bad line, in order.</param>
    /// <param name="progress">Called after each batch.</param>
    public async Task<ImportProgress> RunAsync(PipeReader lines, string? onlySurvey, Func<RejectedLine, Task> reject, Action<ImportProgress>? progress, CancellationToken ct)
    {
        var total = new ImportProgress(0, 0, 0, 0);
        var batch = new List<Read>(BatchSize);
        long bytes = 0;
        await foreach (var line in LineReader.ReadAsync(lines, ct))
        {
            total = total with { Lines = line.Number };
            if (line.IsBlank) continue;
            batch.Add(Parse(line, onlySurvey));
            bytes += line.Content?.Length ?? 0;
            if (batch.Count < BatchSize && bytes < BatchBytes) continue;
            bytes = 0;
            total = await StoreAsync(batch, total, reject, ct);
            progress?.Invoke(total);
        }
        total = await StoreAsync(batch, total, reject, ct);
        progress?.Invoke(total);
        return total;
    }

    static Read Parse(Line line, string? onlySurvey)
    {
        var errors = new Errors();
        if (line.Content is not { } content)
        {
            errors.Add("", $"The line is longer than {JsonBody.MaxBytes:N0} bytes.");
            return new Read(line.Number, null, errors);
        }
        var posted = JsonBody.Parse<PostedResponse>(content, errors);
        if (posted is null) return new Read(line.Number, null, errors);
        if (onlySurvey is not null && posted.Survey is null) posted = posted with { Survey = onlySurvey };
        if (onlySurvey is null || posted.Survey == onlySurvey) return new Read(line.Number, posted, errors);
        errors.Add("survey", $"Only survey '{onlySurvey}' is imported.");
        return new Read(line.Number, null, errors);
    }

    async Task<List<(long Line, NewResponse? Response, Errors Errors)>> CheckAsync(List<Read> batch, CancellationToken ct)
    {
        var invitations = await invited.FindAsync([.. batch.Where(b => b.Posted is not null).Select(b => b.Posted!.Id)], ct);
        var checkedLines = new List<(long, NewResponse?, Errors)>(batch.Count);
        foreach (var (line, posted, errors) in batch) checkedLines.Add((line, posted is null ? null : await door.CheckAsync(posted, invitations, errors, ct), errors));
        return checkedLines;
    }

    async Task<ImportProgress> StoreAsync(List<Read> read, ImportProgress total, Func<RejectedLine, Task> reject, CancellationToken ct)
    {
        var batch = await CheckAsync(read, ct);
        var good = batch.Where(b => b.Response is not null).Select(b => b.Response!).ToList();
        var outcomes = good.Count == 0 ? [] : await intake.StoreBatchAsync(good, ct);
        int next = 0;
        foreach (var (line, response, errors) in batch)
        {
            var outcome = response is null ? (Intake?)null : outcomes[next++];
            if (outcome == Intake.OtherContent) errors.Add("id", "This id holds other answers.");
            if (outcome is null or Intake.OtherContent)
            {
                await reject(new RejectedLine(line, errors.ToDictionary()));
                total = total with { RejectedLines = total.RejectedLines + 1 };
            }
            else if (outcome == Intake.Stored) total = total with { Accepted = total.Accepted + 1 };
            else total = total with { Duplicates = total.Duplicates + 1 };
        }
        read.Clear();
        return total;
    }

    public static void Map(IEndpointRouteBuilder responses) => responses.MapPost("/import", HandleAsync)
        .RequireAuthorization(Policies.Ingest)
        .Accepts<string>("application/x-ndjson").Produces<ImportResult>()
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .WithSummary("Import past responses, one JSON object a line. Good lines are stored, bad ones named; run it again and nothing is added.");

    static async Task HandleAsync(HttpContext http, ImportResponses import, CancellationToken ct)
    {
        if (!JsonBody.IsPlain(http.Request, ImportAnswer.LineTypes))
        {
            await JsonBody.UnsupportedMediaType("application/x-ndjson").ExecuteAsync(http);
            return;
        }
        ImportAnswer.TakeAnySize(http);
        await using var answer = new ImportAnswer();
        var total = await import.RunAsync(http.Request.BodyReader, null, line => answer.RejectAsync(line, ct), null, ct);
        await answer.WriteAsync(http.Response, total, ct);
    }
}
