using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using CxSurveys.Web.Platform.Import;

namespace CxSurveys.Web.Features.Responses.Importing;

/// <summary>
/// Responses as newline-delimited JSON or as an exported CSV, streamed: good lines are stored by the batch, bad ones named by number, field and reason.
/// Safe to run again: what is there already counts as a duplicate.
/// </summary>
internal sealed class ImportResponses(InvitedAnswers invited, ResponseDoor door, ResponseIntake intake, SurveyCatalog surveys, ExportedResponses exported)
{
    const int BatchSize = 500;

    /// <param name="Line">Where it begins, counted from 1.</param>
    /// <param name="Posted">Null when <paramref name="Errors"/> say why there is none.</param>
    /// <param name="Errors">What is wrong with it.</param>
    /// <param name="Bytes">What it takes, or thereabouts.</param>
    /// <param name="Version">That an exported line answers; null = the newest.</param>
    sealed record Read(long Line, PostedResponse? Posted, Errors Errors, long Bytes, PublishedVersion? Version = null);

    sealed record Checked(long Line, Errors Errors, NewResponse? Response = null, bool IsKnown = false);

    sealed record CheckedBatch(long LastLine, List<Checked> Lines);

    /// <summary>Lines of up to 256 kB may come in any number: a batch of them must not fill the memory.</summary>
    const int BatchBytes = 4 << 20;

    /// <param name="file">The stream to read; its lines count from 1, blank ones are passed over.</param>
    /// <param name="isCsv">It has the columns of an export.</param>
    /// <param name="onlySurvey">When set, a line without a survey belongs to it and a line of another one is rejected.</param>
    /// <param name="wrong">What is wrong with the header; then nothing was stored.</param>
    /// <param name="reject">Called for each bad line, in order.</param>
    /// <param name="progress">Called after each batch.</param>
    public async Task<ImportProgress> RunAsync(PipeReader file, bool isCsv, string? onlySurvey, Errors wrong, Func<RejectedLine, Task> reject, Action<ImportProgress>? progress, CancellationToken ct)
    {
        var batches = Channel.CreateBounded<CheckedBatch>(1);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var checking = CheckAllAsync(file, isCsv, onlySurvey, wrong, batches.Writer, ended.Token);
        try
        {
            var total = new ImportProgress(0, 0, 0, 0);
            await foreach (var batch in batches.Reader.ReadAllAsync(ct))
            {
                total = await StoreAsync(batch.Lines, total with { Lines = batch.LastLine }, reject, ct);
                progress?.Invoke(total);
            }
            return total;
        }
        finally
        {
            // Also when storing failed: nobody may read on behind the caller's back.
            await ended.CancelAsync();
            await checking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // The next lines are read and checked while the database stores those before them.
    async Task CheckAllAsync(PipeReader file, bool isCsv, string? onlySurvey, Errors wrong, ChannelWriter<CheckedBatch> batches, CancellationToken ct)
    {
        try
        {
            var batch = new List<Read>(BatchSize);
            long bytes = 0;
            var lines = LineReader.ReadAsync(file, ct);
            await foreach (var read in isCsv ? CsvAsync(lines, onlySurvey, wrong, ct) : JsonAsync(lines, onlySurvey, ct))
            {
                batch.Add(read);
                bytes += read.Bytes;
                if (batch.Count < BatchSize && bytes < BatchBytes) continue;
                await batches.WriteAsync(new(read.Line, await CheckAsync(batch, isCsv, ct)), ct);
                batch.Clear();
                bytes = 0;
            }
            if (batch.Count > 0) await batches.WriteAsync(new(batch[^1].Line, await CheckAsync(batch, isCsv, ct)), ct);
            batches.Complete();
        }
        catch (Exception e)
        {
            batches.Complete(e);
        }
    }

    static async IAsyncEnumerable<Read> JsonAsync(IAsyncEnumerable<Line> lines, string? onlySurvey, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var line in lines.WithCancellation(ct))
            if (!line.IsBlank) yield return Parse(line, onlySurvey);
    }

    async IAsyncEnumerable<Read> CsvAsync(IAsyncEnumerable<Line> lines, string? onlySurvey, Errors wrong, [EnumeratorCancellation] CancellationToken ct)
    {
        ResponseColumns? columns = null;
        await foreach (var record in CsvReader.ReadAsync(lines, ct))
        {
            // Behind a wrong header the rest is still read: a client that is sending does not listen yet.
            if (wrong.Any) continue;
            if (columns is null)
            {
                columns = ResponseColumns.Read(record, wrong);
                continue;
            }
            var errors = new Errors();
            var response = await columns.ResponseAsync(record, (survey, number) => VersionAsync(survey, number, ct), errors);
            yield return Of(onlySurvey, new Read(record.Line, response?.Posted, errors, record.Length, response?.Version));
        }
        if (columns is null && !wrong.Any) ResponseColumns.Read(null, wrong);
    }

    // A company that starts anew has the survey, but not each of its versions.
    async ValueTask<PublishedVersion?> VersionAsync(string survey, int? number, CancellationToken ct) =>
        (number is { } known ? await surveys.VersionAsync(survey, known, ct) : null) ?? await surveys.NewestAsync(survey, ct);

    static Read Parse(Line line, string? onlySurvey)
    {
        var errors = new Errors();
        if (line.Content is not { } content)
        {
            errors.Add("", $"The line is longer than {JsonBody.MaxBytes:N0} bytes.");
            return new Read(line.Number, null, errors, 0);
        }
        return Of(onlySurvey, new Read(line.Number, JsonBody.Parse<PostedResponse>(content, errors), errors, content.Length));
    }

    static Read Of(string? onlySurvey, Read read)
    {
        if (onlySurvey is null || read.Posted is not { } posted || posted.Survey == onlySurvey) return read;
        if (posted.Survey is null) return read with { Posted = posted with { Survey = onlySurvey } };
        read.Errors.Add("survey", $"Only survey '{onlySurvey}' is imported.");
        return read with { Posted = null };
    }

    async Task<List<Checked>> CheckAsync(List<Read> batch, bool isCsv, CancellationToken ct)
    {
        PostedResponse[] posted = [.. batch.Where(b => b.Posted is not null).Select(b => b.Posted!)];
        var known = isCsv ? await exported.CompareAsync(posted, ct) : EmptyComparison;
        var invitations = await invited.FindAsync([.. posted.Select(p => p.Id)], ct);
        var checkedLines = new List<Checked>(batch.Count);
        foreach (var read in batch)
        {
            bool isKnown = read.Posted is { } p && known.TryGetValue(p.Id, out bool same) && same;
            var response = read.Posted is null || isKnown ? null : await door.CheckAsync(read.Posted, invitations, read.Errors, ct, read.Version);
            checkedLines.Add(new Checked(read.Line, read.Errors, response, isKnown));
        }
        return checkedLines;
    }

    static readonly Dictionary<Guid, bool> EmptyComparison = [];

    async Task<ImportProgress> StoreAsync(List<Checked> batch, ImportProgress total, Func<RejectedLine, Task> reject, CancellationToken ct)
    {
        var good = batch.Where(b => b.Response is not null).Select(b => b.Response!).ToList();
        var outcomes = good.Count == 0 ? [] : await intake.StoreBatchAsync(good, ct);
        int next = 0;
        foreach (var line in batch)
        {
            var outcome = line.IsKnown ? Intake.SameAgain : line.Response is null ? (Intake?)null : outcomes[next++];
            if (outcome == Intake.OtherContent) line.Errors.Add("id", "This id holds other answers.");
            if (outcome == Intake.Invited) line.Errors.Add("id", "An invitation was made with this id while it came in; send it again.");
            if (outcome is null or Intake.OtherContent or Intake.Invited)
            {
                await reject(new RejectedLine(line.Line, line.Errors.ToDictionary()));
                total = total with { RejectedLines = total.RejectedLines + 1 };
            }
            else if (outcome == Intake.Stored) total = total with { Accepted = total.Accepted + 1 };
            else total = total with { Duplicates = total.Duplicates + 1 };
        }
        return total;
    }
}
