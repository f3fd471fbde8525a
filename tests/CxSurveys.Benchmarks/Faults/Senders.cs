using System.Diagnostics;
using System.Text;

namespace CxSurveys.Benchmarks.Faults;

/// <summary>Fifty who post without a pause, through everything that happens to the app, and send again what was not acknowledged.</summary>
internal sealed class Senders(Func<AppProcess?> app, string key, Journal journal) : IDisposable
{
    const int Count = 50;

    /// <summary>Whoever waits longer than this for an answer hangs up.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), AfterRefusal = TimeSpan.FromMilliseconds(30), Window = TimeSpan.FromMilliseconds(250);

    readonly CancellationTokenSource stop = new();
    Task[] running = [];

    public void Start() => running = [.. Enumerable.Range(0, Count).Select(_ => Task.Run(SendAsync))];

    /// <summary>Ends when each has an answer to what it sent, and nothing is left to be sent again.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(running);
    }

    /// <summary>How long after <paramref name="fault"/> a quarter of a second began in which all were acknowledged.</summary>
    /// <exception cref="InvalidOperationException">Not within a minute.</exception>
    public async Task<double> NormalAgainAsync(long fault, CancellationToken ct)
    {
        while (Stopwatch.GetElapsedTime(fault) < TimeSpan.FromMinutes(1))
        {
            var (begin, acknowledged, trouble) = (Stopwatch.GetElapsedTime(fault), journal.Acknowledged, Trouble());
            await Task.Delay(Window, ct);
            if (journal.Acknowledged >= acknowledged + Count && Trouble() == trouble) return begin.TotalSeconds;
        }
        throw new InvalidOperationException("A minute after the fault the app still refuses.\n" + app()?.LastLog);
    }

    public void Dispose() => stop.Dispose();

    int Trouble() => journal.Refused + journal.CutOff + journal.Unexpected.Count;

    async Task SendAsync()
    {
        (AppProcess App, HttpClient Client)? at = null;
        while (!stop.IsCancellationRequested || journal.HasOpen)
        {
            var target = app();
            if (target is null)
            {
                await Task.Delay(AfterRefusal);
                continue;
            }
            if (at?.App != target)
            {
                at?.Client.Dispose();
                var client = target.Client(key);
                client.Timeout = Patience;
                at = (target, client);
            }
            await SendAsync(at.Value.Client);
        }
        at?.Client.Dispose();
    }

    async Task SendAsync(HttpClient client)
    {
        var sent = journal.Next();
        long begin = Stopwatch.GetTimestamp();
        try
        {
            using var content = new StringContent(sent.Json, Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync(new Uri("responses", UriKind.Relative), content);
            string body = await answer.Content.ReadAsStringAsync();
            journal.Told(sent, (int)answer.StatusCode, body, Stopwatch.GetElapsedTime(begin));
            if (!answer.IsSuccessStatusCode) await Task.Delay(AfterRefusal);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            journal.Untold(sent);
            await Task.Delay(AfterRefusal);
        }
    }
}
