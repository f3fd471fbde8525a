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
internal sealed class Load(Uri address, string key, Func<string> body)
{
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Of one connection.</summary>
    sealed class Tally
    {
        public int Stored { get; private set; }

        public int Refused { get; private set; }

        public List<double> Taken { get; } = [];

        public void Add(int status, TimeSpan taken)
        {
            if (status is 200 or 201) Stored++;
            else if (status == 503) Refused++;
            else throw new InvalidOperationException($"A good response was answered with {status}.");
            if (status != 503) Taken.Add(taken.TotalMilliseconds);
        }
    }

    /// <summary>As fast as the answers come, a thread for each connection.</summary>
    public async Task<LoadResult> FullAsync(int connections, TimeSpan time, CancellationToken ct)
    {
        long begin = Stopwatch.GetTimestamp();
        return Sum(begin, await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Factory.StartNew(Connect, ct, TaskCreationOptions.LongRunning, TaskScheduler.Default))));

        Tally Connect()
        {
            using var connection = LoadConnection.Open(address);
            var tally = new Tally();
            while (Stopwatch.GetElapsedTime(begin) < time)
            {
                byte[] request = LoadConnection.Request(address, key, body());
                long sent = Stopwatch.GetTimestamp();
                tally.Add(connection.Send(request), Stopwatch.GetElapsedTime(sent));
            }
            return tally;
        }
    }

    /// <summary>At a fixed rate; a request that starts late because the one before took long is measured from when it was due.</summary>
    public Task<LoadResult> PacedAsync(int connections, TimeSpan time, double perSecond, CancellationToken ct) => PacedAsync(connections, time, perSecond, catchUp: true, ct);

    /// <summary>At a fixed rate by senders who wait when they are told to come again later, and do not make up for it.</summary>
    public Task<LoadResult> PatientAsync(int connections, TimeSpan time, double perSecond, CancellationToken ct) => PacedAsync(connections, time, perSecond, catchUp: false, ct);

    async Task<LoadResult> PacedAsync(int connections, TimeSpan time, double perSecond, bool catchUp, CancellationToken ct)
    {
        var pace = TimeSpan.FromSeconds(connections / perSecond);
        long begin = Stopwatch.GetTimestamp();
        return Sum(begin, await Task.WhenAll(Enumerable.Range(0, connections).Select(i => Task.Run(() => ConnectAsync(i * pace / connections), ct))));

        async Task<Tally> ConnectAsync(TimeSpan due)
        {
            using var connection = LoadConnection.Open(address);
            var tally = new Tally();
            for (; due < time; due += pace)
            {
                var now = Stopwatch.GetElapsedTime(begin);
                if (due > now) await Task.Delay(due - now, ct);
                else if (!catchUp) due = now;
                int status = await connection.SendAsync(LoadConnection.Request(address, key, body()), ct);
                tally.Add(status, Stopwatch.GetElapsedTime(begin) - due);
                if (status == 503) await Task.Delay(RetryAfter, ct);
            }
            return tally;
        }
    }

    static LoadResult Sum(long begin, Tally[] all) =>
        new(all.Sum(c => c.Stored), all.Sum(c => c.Refused), Stopwatch.GetElapsedTime(begin).TotalSeconds, [.. all.SelectMany(c => c.Taken).Order()]);
}
