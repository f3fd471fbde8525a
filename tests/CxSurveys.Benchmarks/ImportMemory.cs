using System.Diagnostics;
using System.Text.Json;

namespace CxSurveys.Benchmarks;

/// <summary>Two imports, each into an app and a database of its own.</summary>
internal static class ImportMemory
{
    const long Megabyte = 1_000_000;
    const int SmallMegabytes = 5, BoundMegabytes = 100;

    sealed record Outcome(long Lines, long Bad, long Accepted, long Duplicates, long Rejected, double Seconds, double PeakMegabytes);

    public static async Task<int> RunAsync(int megabytes, CancellationToken ct)
    {
        var small = await MeasureAsync(SmallMegabytes * Megabyte, twice: true, ct);
        var large = await MeasureAsync(megabytes * Megabyte, twice: false, ct);

        var table = new Table("MB", "lines", "bad", "accepted", "duplicates", "rejected", "seconds", "lines/s", "peak MB");
        foreach (var o in small) Add(table, SmallMegabytes, o);
        foreach (var o in large) Add(table, megabytes, o);
        foreach (var o in new[] { small[0], large[0] })
            table.Promise(o.Accepted == o.Lines - o.Bad && o.Rejected == o.Bad && o.Duplicates == 0, $"of {o.Lines} lines the good ones are stored, the {o.Bad} bad ones named");
        table.Promise(small[1].Accepted == 0 && small[1].Duplicates == small[0].Accepted, $"run again, {small[1].Accepted} are added");
        double difference = large[0].PeakMegabytes - small[0].PeakMegabytes;
        table.Promise(difference <= BoundMegabytes, $"the peaks differ by {difference:0.0} MB, at most {BoundMegabytes}");
        return table.Print();
    }

    static void Add(Table table, int megabytes, Outcome o) =>
        table.Add(megabytes, o.Lines, o.Bad, o.Accepted, o.Duplicates, o.Rejected, o.Seconds, o.Lines / o.Seconds, o.PeakMegabytes);

    static async Task<List<Outcome>> MeasureAsync(long size, bool twice, CancellationToken ct)
    {
        using var folder = new AppFolder();
        string key = await folder.CreateKeyAsync(ct);
        await using var app = await folder.StartAsync(ct);
        using var client = app.Client(key);
        await SmallSurvey.PublishAsync(client, ct);
        app.ResetPeak();

        var outcomes = new List<Outcome> { await ImportAsync(app, client, size, ct) };
        if (twice) outcomes.Add(await ImportAsync(app, client, size, ct));
        return outcomes;
    }

    static async Task<Outcome> ImportAsync(AppProcess app, HttpClient client, long size, CancellationToken ct)
    {
        using var file = new ImportFile(size);
        long begin = Stopwatch.GetTimestamp();
        string text = await SendAsync(app, client, file, ct);
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        using var result = JsonDocument.Parse(text);
        var root = result.RootElement;
        return new Outcome(file.Lines, file.Bad, root.GetProperty("accepted").GetInt64(), root.GetProperty("duplicates").GetInt64(),
            root.GetProperty("rejected").GetArrayLength(), seconds, app.PeakBytes() / (double)Megabyte);
    }

    static async Task<string> SendAsync(AppProcess app, HttpClient client, ImportFile file, CancellationToken ct)
    {
        try
        {
            using var answer = await client.PostAsync(new Uri("responses/import", UriKind.Relative), file, ct);
            string text = await answer.Content.ReadAsStringAsync(ct);
            return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException($"The import answered {(int)answer.StatusCode}: {text}\n{app.LastLog}");
        }
        catch (HttpRequestException e)
        {
            throw new InvalidOperationException($"The import broke off after {file.Lines} lines.\n{app.LastLog}", e);
        }
    }
}
