using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using CxSurveys.Web.Platform.Import;
using FluentValidation;

namespace CxSurveys.Web.Features.People;

/// <summary>
/// People from CSV or newline-delimited JSON, streamed: good lines are stored by the batch, bad ones named by number, field
/// and reason. Safe to run again: who is known as the line says counts as a duplicate.
/// </summary>
public sealed class ImportPeople(CxDbContext db, IValidator<PostedPerson> rules, TimeProvider clock)
{
    const int BatchSize = 1000;

    /// <summary>Lines of up to 256 kB may come in any number: a batch of them must not fill the memory.</summary>
    const int BatchBytes = 4 << 20;

    sealed record Candidate(long Line, PostedPerson? Person, Errors Errors, long Bytes);

    /// <param name="reject">Called for each bad line, in order.</param>
    /// <param name="wrong">What is wrong with the header; then nothing was stored.</param>
    public async Task<ImportProgress> RunAsync(PipeReader file, bool isCsv, Func<RejectedLine, Task> reject, Errors wrong, CancellationToken ct)
    {
        var total = new ImportProgress(0, 0, 0, 0);
        var batch = new List<Candidate>(BatchSize);
        long bytes = 0;
        var lines = LineReader.ReadAsync(file, ct);
        await foreach (var candidate in isCsv ? CsvAsync(lines, wrong, ct) : JsonAsync(lines, ct))
        {
            batch.Add(candidate);
            bytes += candidate.Bytes;
            if (batch.Count < BatchSize && bytes < BatchBytes) continue;
            bytes = 0;
            total = await StoreAsync(batch, total, reject, ct);
        }
        return await StoreAsync(batch, total, reject, ct);
    }

    async IAsyncEnumerable<Candidate> CsvAsync(IAsyncEnumerable<Line> lines, Errors wrong, [EnumeratorCancellation] CancellationToken ct)
    {
        PersonColumns? columns = null;
        await foreach (var record in CsvReader.ReadAsync(lines, ct))
        {
            // Behind a wrong header the rest is still read: a client that is sending does not listen yet.
            if (wrong.Any) continue;
            if (columns is null)
            {
                columns = PersonColumns.Read(record, wrong);
                continue;
            }
            var errors = new Errors();
            var person = columns.Person(record, errors);
            if (person is not null) Check(person, errors);
            yield return new Candidate(record.Line, errors.Any ? null : person, errors, record.Length);
        }
        if (columns is null && !wrong.Any) PersonColumns.Read(null, wrong);
    }

    // In a file of columns an attribute is known by the name of its column.
    void Check(PostedPerson person, Errors errors)
    {
        foreach (var failure in rules.Validate(person).Errors)
            errors.Add(failure.PropertyName.StartsWith("attributes.", StringComparison.Ordinal) ? failure.PropertyName["attributes.".Length..] : failure.PropertyName, failure.ErrorMessage);
    }

    async IAsyncEnumerable<Candidate> JsonAsync(IAsyncEnumerable<Line> lines, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var line in lines.WithCancellation(ct))
        {
            if (line.IsBlank) continue;
            var errors = new Errors();
            if (line.Content is not { } content) errors.Add("", $"The line is longer than {JsonBody.MaxBytes:N0} bytes.");
            else if (JsonBody.Parse<PostedPerson>(content, errors) is { } person)
            {
                errors.Add(rules.Validate(person));
                if (!errors.Any)
                {
                    yield return new Candidate(line.Number, person, errors, content.Length);
                    continue;
                }
            }
            yield return new Candidate(line.Number, null, errors, 0);
        }
    }

    async Task<ImportProgress> StoreAsync(List<Candidate> batch, ImportProgress total, Func<RejectedLine, Task> reject, CancellationToken ct)
    {
        var good = batch.Where(c => c.Person is not null).Select(c => c.Person!).ToList();
        var outcomes = good.Count == 0 ? [] : await PeopleSql.UpsertAsync(db, good, new Origin("import", clock.GetUtcNow()), ct);
        int next = 0;
        foreach (var (line, person, errors, _) in batch)
        {
            Upsert? outcome = person is null ? null : outcomes[next++];
            if (outcome == Upsert.TooManyAttributes) errors.Add("attributes", PostedPerson.TooMany);
            if (errors.Any) await reject(new RejectedLine(line, errors.ToDictionary()));
            total = new ImportProgress(line,
                total.Accepted + (outcome == Upsert.Stored ? 1 : 0),
                total.Duplicates + (outcome == Upsert.Unchanged ? 1 : 0),
                total.RejectedLines + (errors.Any ? 1 : 0));
        }
        batch.Clear();
        return total;
    }

    internal static void Map(IEndpointRouteBuilder people) => people.MapPost("/import", HandleAsync)
        .RequireAuthorization(Policies.Ingest)
        .Accepts<string>("text/csv", "application/x-ndjson").Produces<ImportResult>()
        .ProducesValidationProblem().ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .WithSummary("Import people, as CSV with a header or one JSON object a line. Good lines are stored, bad ones named; run it again and nothing changes.")
        .WithDescription("Columns or members: id, email, name, language, timeZone, consent (yes or no: for email); every other one is an attribute. What is left out stays as it is; an opt-out is never undone.");

    static async Task HandleAsync(HttpContext http, ImportPeople import, CancellationToken ct)
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
