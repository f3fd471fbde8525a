using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace CxSurveys.Benchmarks.Intake;

/// <summary>
/// A busy day: answers at 70 % of the peak while dashboards are read and an export runs; then three times as many senders' answers as can be taken in.
/// </summary>
internal static class MixedLoad
{
    const double PeakShare = 0.7, Overload = 3, Goodput = 0.8, P99Milliseconds = 100, PagesASecond = 5, BackSeconds = 30;
    const int Connections = 64, PatientSenders = 6000;
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15), Window = TimeSpan.FromSeconds(2);

    static readonly string[] Pages =
    [
        "journey?kind=nps", "journey?kind=csat&segment.country=TH", "touchpoints/t3?kind=nps", "touchpoints/t7?kind=csat", "responses?question=recommend&value=0,1,2",
    ];

    public static async Task<int> RunAsync(int seconds, CancellationToken ct)
    {
        using var folder = new AppFolder();
        string key = await folder.CreateKeyAsync(ct);
        await Manager.MakeAsync(folder, ct);
        await using var app = await folder.StartAsync(ct);
        using var admin = app.Client(key);
        await TwoAnswers.PublishAsync(admin, ct);
        using var manager = await Manager.SignInAsync(app, ct);
        var time = TimeSpan.FromSeconds(seconds);
        var load = new Load(app.Address("api/v1/responses"), key, TwoAnswers.Spread);

        await load.FullAsync(Connections, WarmUp, ct);
        foreach (string page in Pages) await ReadAsync(manager, app, page, ct);
        double peak = (await load.FullAsync(Connections, time, ct)).PerSecond;

        var table = new Table("load", "responses /s", "p50 ms", "p99 ms", "refused");
        void Tell(string name, LoadResult result) => table.Add(name, result.PerSecond, Percentile.Of(result.Milliseconds, 0.5), result.P99, result.Refused);

        var calm = await load.PacedAsync(Connections, time, PeakShare * peak, ct);
        Tell("70 % of the peak", calm);
        var (mixed, pages, exported) = await MixAsync(() => load.PacedAsync(Connections, 2 * time, PeakShare * peak, ct), app, manager, admin, ct);
        Tell("the same, pages and an export", mixed);
        table.Promise(mixed.P99 < P99Milliseconds && mixed.Refused == 0, $"with {pages.Length} pages read and {exported / 1e6:0} MB exported meanwhile, 99 of 100 take less than {P99Milliseconds} ms: {mixed.P99:0.0}; none was refused");
        table.Promise(true, $"a page took {Percentile.Of(pages, 0.5):0} ms, 95 of 100 less than {Percentile.Of(pages, 0.95):0}");

        var over = await load.PatientAsync(PatientSenders, 2 * time, Overload * peak, ct);
        Tell($"{Overload:0} times the peak, {PatientSenders} senders", over);
        table.Promise(over.PerSecond >= Goodput * peak, $"of {Overload:0} times the peak {over.PerSecond / peak:0.00} times the peak is taken in, {Goodput} at least; the rest hears 503 or waits");
        double back = await BackAsync(load, PeakShare * peak, calm.P99, ct);
        table.Promise(back < BackSeconds, $"as calm as before {back:0} s later");
        var (exitCode, differences) = await folder.RunAsync(["verify"], ct);
        table.Promise(exitCode == 0, $"verify: {differences}");
        return table.Print();
    }

    static async Task<(LoadResult Result, double[] Pages, long Exported)> MixAsync(Func<Task<LoadResult>> load, AppProcess app, HttpClient manager, HttpClient admin, CancellationToken ct)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var pages = Task.Run(() => ReadPagesAsync(app, manager, end.Token), ct);
        var export = Task.Run(() => ExportAsync(admin, end.Token), ct);
        var result = await load();
        await end.CancelAsync();
        return (result, [.. (await pages).Order()], await export);
    }

    // Due five times a second, whether the one before has come or not.
    static async Task<List<double>> ReadPagesAsync(AppProcess app, HttpClient manager, CancellationToken end)
    {
        var reading = new List<Task<double>>();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1 / PagesASecond));
        try
        {
            while (await timer.WaitForNextTickAsync(end)) reading.Add(ReadAsync(manager, app, Pages[reading.Count % Pages.Length], CancellationToken.None));
        }
        catch (OperationCanceledException)
        {
            // The load is over.
        }
        return [.. await Task.WhenAll(reading)];
    }

    static async Task<double> ReadAsync(HttpClient manager, AppProcess app, string page, CancellationToken ct)
    {
        long begin = Stopwatch.GetTimestamp();
        using var answer = await manager.GetAsync(app.Address(page), ct);
        string text = await answer.Content.ReadAsStringAsync(ct);
        if (answer.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"/{page} answered {(int)answer.StatusCode}: {text}");
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }

    // One after the other until the end, as a file that somebody keeps.
    static async Task<long> ExportAsync(HttpClient admin, CancellationToken end)
    {
        long bytes = 0;
        byte[] buffer = new byte[1 << 16];
        try
        {
            while (true)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "responses") { Headers = { Accept = { new MediaTypeWithQualityHeaderValue("text/csv") } } };
                using var answer = await admin.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end);
                await using var body = await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(end);
                for (int read; (read = await body.ReadAsync(buffer, end)) > 0;) bytes += read;
            }
        }
        catch (OperationCanceledException)
        {
            return bytes;
        }
    }

    static async Task<double> BackAsync(Load load, double perSecond, double calm, CancellationToken ct)
    {
        for (long begin = Stopwatch.GetTimestamp(); ;)
        {
            double since = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            var result = await load.PacedAsync(Connections, Window, perSecond, ct);
            if (since > 2 * BackSeconds || (result.Refused == 0 && result.P99 < Math.Max(2 * calm, P99Milliseconds / 2))) return since;
        }
    }
}
