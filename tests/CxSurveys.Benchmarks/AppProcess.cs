using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace CxSurveys.Benchmarks;

/// <summary>The app, serving on a free port of the loopback.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    const int KeptLogLines = 30;
    static readonly TimeSpan ReadyLimit = TimeSpan.FromMinutes(2), StopLimit = TimeSpan.FromSeconds(40);

    readonly Process process;
    readonly Uri url;
    readonly ConcurrentQueue<string> log = new();

    AppProcess(Process process, Uri url) => (this.process, this.url) = (process, url);

    /// <summary>From the start of the process to 200 on /health/ready.</summary>
    public TimeSpan StartTime { get; private set; }

    public static async Task<AppProcess> StartAsync(Func<Uri, ProcessStartInfo> info, CancellationToken ct)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort()}/");
        long begin = Stopwatch.GetTimestamp();
        var app = new AppProcess(Process.Start(info(url))!, url);
        app.process.OutputDataReceived += app.Keep;
        app.process.ErrorDataReceived += app.Keep;
        app.process.BeginOutputReadLine();
        app.process.BeginErrorReadLine();
        await app.ReadyAsync(begin, ct);
        return app;
    }

    public int Id => process.Id;

    /// <summary>What it said last.</summary>
    public string LastLog => string.Join('\n', log);

    public Uri Address(string path) => new(url, path);

    public HttpClient Client(string key) => new()
    {
        BaseAddress = new Uri(url, "api/v1/"),
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };

    /// <summary>Keeps cookies and follows redirects.</summary>
    public HttpClient Browser() => new() { BaseAddress = url };

    /// <summary>Forgets the peak of the start, so that <see cref="PeakBytes"/> is that of the work.</summary>
    public void ResetPeak() => File.WriteAllText($"/proc/{process.Id}/clear_refs", "5");

    /// <summary>The highest resident memory of the process so far, as the kernel counted it.</summary>
    public long PeakBytes()
    {
        string line = File.ReadLines($"/proc/{process.Id}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Ends it as kill -9 does.</summary>
    public async Task KillAsync(CancellationToken ct)
    {
        process.Kill();
        await process.WaitForExitAsync(ct);
    }

    /// <summary>Asks it to end, as a service manager does.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using var ask = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            using var limit = new CancellationTokenSource(StopLimit);
            await process.WaitForExitAsync(limit.Token);
        }
        process.Dispose();
    }

    async Task ReadyAsync(long begin, CancellationToken ct)
    {
        using var client = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(5) };
        while (!await IsReadyAsync(client, ct))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(begin) > ReadyLimit)
                throw new InvalidOperationException("The app did not become ready:\n" + LastLog);
            await Task.Delay(20, ct);
        }
        StartTime = Stopwatch.GetElapsedTime(begin);
    }

    static async Task<bool> IsReadyAsync(HttpClient client, CancellationToken ct)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("health/ready", UriKind.Relative), ct);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        log.Enqueue(line.Data);
        if (log.Count > KeptLogLines) log.TryDequeue(out _);
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
