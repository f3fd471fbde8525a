using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text;
using CxSurveys.Web.Platform;
using CxSurveys.Web.Platform.Import;

namespace CxSurveys.Web.Features.Responses.Importing;

/// <summary>A file that is imported.</summary>
/// <param name="Content">Read once, from its beginning.</param>
/// <param name="IsCsv">It has the columns of an export; else it is a JSON object a line.</param>
internal sealed record ImportFile(CountedStream Content, bool IsCsv)
{
    const int Looked = 256;

    /// <summary>What a file is called says little; an object opens with a brace, and no header does.</summary>
    public static async Task<ImportFile> LookAsync(Stream content, CancellationToken ct)
    {
        byte[] start = new byte[Looked];
        int length = await content.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, ct);
        bool isCsv = !Encoding.UTF8.GetString(start, 0, length).TrimStart('\uFEFF', ' ', '\t', '\r', '\n').StartsWith('{');
        return new(new CountedStream(content, start.AsMemory(0, length)), isCsv);
    }
}

/// <summary>An import that writes down every second how far it is.</summary>
internal sealed class WatchedImport(ImportResponses import, ImportLog log, ILogger<WatchedImport> logger)
{
    static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    readonly ConcurrentQueue<RejectedLine> waiting = new();
    volatile ImportProgress total = new(0, 0, 0, 0);
    long kept;

    /// <param name="id">One that <see cref="ImportLog.BeginAsync"/> has taken.</param>
    /// <param name="file">What is imported.</param>
    /// <param name="onlySurvey">As of <see cref="ImportResponses.RunAsync"/>.</param>
    /// <param name="wrong">Likewise.</param>
    /// <param name="reject">Likewise.</param>
    /// <param name="progress">Called after each batch, with the bytes read so far.</param>
    /// <param name="ct">Ends it; what is stored by then stays.</param>
    public async Task<ImportProgress> RunAsync(Guid id, ImportFile file, string? onlySurvey, Errors wrong, Func<RejectedLine, Task> reject, Action<ImportProgress, long>? progress, CancellationToken ct)
    {
        var content = file.Content;
        var state = ImportState.BrokenOff;
        using var ended = new CancellationTokenSource();
        var beating = BeatAsync(id, content, ended.Token);
        try
        {
            await import.RunAsync(PipeReader.Create(content, new StreamPipeReaderOptions(bufferSize: 1 << 16, leaveOpen: true)), file.IsCsv, onlySurvey, wrong, line =>
            {
                Keep(line);
                return reject(line);
            }, done =>
            {
                total = done;
                progress?.Invoke(done, content.BytesRead);
            }, ct);
            state = wrong.Any ? ImportState.Refused : ImportState.Done;
            return total;
        }
        finally
        {
            await ended.CancelAsync();
            await beating;
            await WriteAsync(id, content, state, wrong);
        }
    }

    void Keep(RejectedLine line)
    {
        if (kept++ < ImportLog.MostRejectionsKept) waiting.Enqueue(line);
    }

    async Task BeatAsync(Guid id, CountedStream content, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(Beat);
        try
        {
            while (await timer.WaitForNextTickAsync(ended)) await WriteAsync(id, content, ImportState.Running, null);
        }
        catch (OperationCanceledException)
        {
            // The import has ended; how, is written next.
        }
    }

    // An import must not end because nobody could write down how far it is.
    async Task WriteAsync(Guid id, CountedStream content, ImportState state, Errors? wrong)
    {
        var rejected = new List<RejectedLine>();
        while (waiting.TryDequeue(out var line)) rejected.Add(line);
        try
        {
            await log.WriteAsync(id, total, content.BytesRead, rejected, state, wrong, CancellationToken.None);
        }
        catch (Exception e) when (DatabaseFailure.MayPass(e))
        {
            rejected.ForEach(waiting.Enqueue);
            logger.LogWarning(e, "The progress of import {Import} could not be written down", id);
        }
    }
}
