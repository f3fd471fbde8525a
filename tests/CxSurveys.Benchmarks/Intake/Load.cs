using System.Diagnostics;

namespace CxSurveys.Benchmarks.Intake;

/// <summary>What a run of many connections came to.</summary>
/// <param name="Stored">Answered with 200 or 201.</param>
/// <param name="Refused">Answered with 503.</param>
/// <param name="Seconds">From the first to the last.</param>
/// <param name="Milliseconds">How long each took, ascending.</param>
internal sealed record LoadResult(int Stored, int Refused, double Seconds, double[] Milliseconds)
{
    public double PerSecond => Stored / Seconds;

    public double P99 => Percentile.Of(Milliseconds, 0.99);
}

/// <summary>Posts from many connections at once, each with one request under way.</summary>
internal static class Load
{
    /// <summary>As fast as the answers come.</summary>
    public static Task<LoadResult> FullAsync(Uri address, string key, int connections, TimeSpan time, Func<string> body, CancellationToken ct) =>
        RunAsync(address, key, connections, time, TimeSpan.Zero, body, ct);

    /// <summary>At a fixed rate; a request that starts late because the one before took long is measured from when it was due.</summary>
    public static Task<LoadResult> PacedAsync(Uri address, string key, int connections, TimeSpan time, double perSecond, Func<string> body, CancellationToken ct) =>
        RunAsync(address, key, connections, time, TimeSpan.FromSeconds(connections / perSecond), body, ct);

    static async Task<LoadResult> RunAsync(Uri address, string key, int connections, TimeSpan time, TimeSpan pace, Func<string> body, CancellationToken ct)
    {
        long begin = Stopwatch.GetTimestamp();
        var all = await Task.WhenAll(Enumerable.Range(0, connections).Select(i => Task.Run(() => ConnectAsync(i * pace / connections), ct)));
        return new LoadResult(all.Sum(c => c.Stored), all.Sum(c => c.Refused), Stopwatch.GetElapsedTime(begin).TotalSeconds, [.. all.SelectMany(c => c.Taken).Order()]);

        async Task<(int Stored, int Refused, List<double> Taken)> ConnectAsync(TimeSpan first)
        {
            using var connection = await LoadConnection.OpenAsync(address, ct);
            int stored = 0, refused = 0;
            var taken = new List<double>();
            for (var due = first; Stopwatch.GetElapsedTime(begin) < time; due += pace)
            {
                if (pace == TimeSpan.Zero) due = Stopwatch.GetElapsedTime(begin);
                else if (due - Stopwatch.GetElapsedTime(begin) is { Ticks: > 0 } early) await Task.Delay(early, ct);
                int status = await connection.SendAsync(LoadConnection.Request(address, key, body()), ct);
                taken.Add((Stopwatch.GetElapsedTime(begin) - due).TotalMilliseconds);
                if (status is 200 or 201) stored++;
                else if (status == 503) refused++;
                else throw new InvalidOperationException($"A good response was answered with {status}.");
            }
            return (stored, refused, taken);
        }
    }
}
