using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using CxSurveys.Web.Platform;
using CxSurveys.Web.Platform.Import;
using FluentValidation;

namespace CxSurveys.Web.Features.Invitations.Rules;

/// <summary>Events from CSV or newline-delimited JSON, streamed. Safe to run again: an id that is known counts as a duplicate.</summary>
internal sealed class ImportEvents(EventIntake intake, IValidator<PostedEvent> rules)
{
    const int BatchSize = 500;
    const int BatchBytes = 4 << 20;

    sealed record Candidate(long Line, PostedEvent? Sent, Errors Errors, long Bytes);

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
        EventColumns? columns = null;
        await foreach (var record in CsvReader.ReadAsync(lines, ct))
        {
            // Behind a wrong header the rest is still read: a client that is sending does not listen yet.
            if (wrong.Any) continue;
            if (columns is null)
            {
                columns = EventColumns.Read(record, wrong);
                continue;
            }
            var errors = new Errors();
            var sent = columns.Event(record, errors);
            if (sent is not null) errors.Add(rules.Validate(sent));
            yield return new Candidate(record.Line, errors.Any ? null : sent, errors, record.Length);
        }
        if (columns is null && !wrong.Any) EventColumns.Read(null, wrong);
    }

    async IAsyncEnumerable<Candidate> JsonAsync(IAsyncEnumerable<Line> lines, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var line in lines.WithCancellation(ct))
        {
            if (line.IsBlank) continue;
            var errors = new Errors();
            PostedEvent? sent = null;
            if (line.Content is not { } content) errors.Add("", $"The line is longer than {JsonBody.MaxBytes:N0} bytes.");
            else if ((sent = JsonBody.Parse<PostedEvent>(content, errors)) is not null) errors.Add(rules.Validate(sent));
            yield return new Candidate(line.Number, errors.Any ? null : sent, errors, line.Content?.Length ?? 0);
        }
    }

    async Task<ImportProgress> StoreAsync(List<Candidate> batch, ImportProgress total, Func<RejectedLine, Task> reject, CancellationToken ct)
    {
        var good = batch.Where(c => c.Sent is not null).Select(c => c.Sent!).ToList();
        var outcomes = good.Count == 0 ? [] : await intake.StoreAsync(good, ct);
        int next = 0;
        foreach (var (line, sent, errors, _) in batch)
        {
            EventOutcome? outcome = sent is null ? null : outcomes[next++];
            if (outcome is { } known) PostEvent.Explain(known, sent!, "customer", errors);
            if (errors.Any) await reject(new RejectedLine(line, errors.ToDictionary()));
            total = new ImportProgress(line,
                total.Accepted + (outcome == EventOutcome.Stored ? 1 : 0),
                total.Duplicates + (outcome == EventOutcome.Duplicate ? 1 : 0),
                total.RejectedLines + (errors.Any ? 1 : 0));
        }
        batch.Clear();
        return total;
    }
}
