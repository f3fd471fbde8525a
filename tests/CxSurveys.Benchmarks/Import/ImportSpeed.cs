using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CxSurveys.Benchmarks.Intake;

namespace CxSurveys.Benchmarks.Import;

/// <summary>Responses a second through the import, with their scores, beside COPY of the same rows without; then the app is killed in the middle of one.</summary>
internal static class ImportSpeed
{
    const double OfCopy = 0.25, MemoryMegabytes = 600;

    public static async Task<int> RunAsync(int rounds, int responses, int kills, CancellationToken ct)
    {
        using var folder = new AppFolder();
        string key = await folder.CreateKeyAsync(ct);
        var app = await folder.StartAsync(ct);
        try
        {
            using (var client = app.Client(key)) await TwoAnswers.PublishAsync(client, ct);
            await using var database = Database.Of(folder);
            await CopySpeed.PrepareAsync(database, ct);
            var table = new Table("round", "import /s", "COPY /s", "import : COPY", "progress read", "app peak MB");
            await RoundsAsync(table, app, key, new CopySpeed(DatabaseAddress.Of(folder).ConnectionString), rounds, responses, ct);
            app = await KillsAsync(table, folder, app, key, database, responses, kills, ct);
            var (exitCode, differences) = await folder.RunAsync(["verify"], ct);
            table.Promise(exitCode == 0, $"verify: {differences}");
            return table.Print();
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    static async Task RoundsAsync(Table table, AppProcess app, string key, CopySpeed copy, int rounds, int responses, CancellationToken ct)
    {
        var ratios = new List<double>();
        // The first warms up: .NET compiles what runs often a second time, with what it has seen.
        for (int round = 0; round <= rounds; round++)
        {
            using var file = new AnswerFile(responses);
            app.ResetPeak();
            var since = DateTime.UtcNow;
            var ours = await ImportAsync(app, key, file, ct);
            var theirs = await copy.RunAsync(since, ct);
            if (round == 0) continue;
            double import = ours.Accepted / ours.Seconds, copied = theirs.Responses / theirs.Seconds, peak = app.PeakBytes() / 1e6;
            ratios.Add(import / copied);
            table.Add(round, import, copied, (FormattableString)$"{import / copied:0.00}", ours.Seen, peak);
            table.Promise(ours.Accepted == responses && theirs.Responses == responses, $"round {round}: all {responses} responses are stored by both");
            if (peak >= MemoryMegabytes) table.Promise(false, $"round {round}: {peak:0} MB, less than {MemoryMegabytes:0} MB was wanted");
        }
        double median = Percentile.Of([.. ratios.Order()], 0.5);
        table.Promise(median >= OfCopy, $"with scores at {median:0.00} of the rate of COPY without them (median), at least {OfCopy} was wanted");
    }

    static async Task<AppProcess> KillsAsync(Table table, AppFolder folder, AppProcess app, string key, Database database, int responses, int kills, CancellationToken ct)
    {
        using var file = new AnswerFile(responses);
        long before = await database.ReadAsync<long>("select count(*) from response", ct), half = 0;
        for (int kill = 0; kill < kills; kill++)
        {
            var sending = ImportAsync(app, key, file, ct);
            await Task.Delay(Random.Shared.Next(200, 3000), ct);
            await app.KillAsync(ct);
            try
            {
                await sending;
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                // The app is gone.
            }
            await app.DisposeAsync();
            app = await folder.StartAsync(ct);
            half += await database.ReadAsync<long>("select count(*) from response r where (select count(*) from answer a where a.response_id = r.id) <> 2", ct);
        }
        if (kills == 0) return app;
        var last = await ImportAsync(app, key, file, ct);
        long stored = await database.ReadAsync<long>("select count(*) from response", ct) - before;
        table.Promise(half == 0 && stored == responses && last.Accepted + last.Duplicates == responses,
            $"killed {kills} times in the middle: {half} half responses; run again it finds {last.Duplicates}, adds {last.Accepted}, {stored} of {responses} are stored");
        return app;
    }

    static async Task<(long Accepted, long Duplicates, double Seconds, int Seen)> ImportAsync(AppProcess app, string key, AnswerFile file, CancellationToken ct)
    {
        using var client = app.Client(key);
        var id = Guid.CreateVersion7();
        await using var lines = File.OpenRead(file.Path);
        using var content = new StreamContent(lines) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") } };
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        long begin = Stopwatch.GetTimestamp();
        var watching = WatchAsync(app, key, id, ended.Token);
        try
        {
            using var answer = await client.PostAsync(new Uri($"responses/import?id={id}", UriKind.Relative), content, ct);
            string text = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(ct);
            double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            using var result = JsonDocument.Parse(text);
            await ended.CancelAsync();
            return (result.RootElement.GetProperty("accepted").GetInt64(), result.RootElement.GetProperty("duplicates").GetInt64(), seconds, await watching);
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    /// <returns>How often the progress that could be read had moved.</returns>
    static async Task<int> WatchAsync(AppProcess app, string key, Guid id, CancellationToken ended)
    {
        using var client = app.Client(key);
        var seen = new HashSet<long>();
        while (!ended.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(500, ended);
                using var answer = await client.GetAsync(new Uri($"responses/imports/{id}", UriKind.Relative), ended);
                if (answer.StatusCode != HttpStatusCode.OK) continue;
                using var status = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(ended));
                seen.Add(status.RootElement.GetProperty("lines").GetInt64());
            }
            catch (Exception e) when (e is OperationCanceledException or HttpRequestException)
            {
                // It has ended, or the app was killed.
            }
        }
        return seen.Count;
    }
}
