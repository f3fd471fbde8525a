using System.Diagnostics;

namespace CxSurveys.Benchmarks;

/// <summary>The journal of acknowledged ids against what is stored, after the app was killed again and again.</summary>
internal static class KillUnderLoad
{
    const int Writers = 16;

    public static async Task<int> RunAsync(int kills, bool withDatabase, CancellationToken ct)
    {
        using var folder = new AppFolder();
        string key = await folder.CreateKeyAsync(ct);
        var journal = new Journal();
        var restarts = new List<double>();
        double seconds = 0;

        var app = await folder.StartAsync(ct);
        try
        {
            using (var client = app.Client(key)) await SmallSurvey.PublishAsync(client, ct);
            // The same moments in every run, none of them at a round number of batches.
            var random = new Random(7);
            for (int i = 0; i < kills; i++)
            {
                seconds += await WriteUntilKilledAsync(app, folder, key, journal, TimeSpan.FromMilliseconds(random.Next(1_000, 3_000)), withDatabase, ct);
                await app.DisposeAsync();
                app = await folder.StartAsync(ct);
                restarts.Add(app.StartTime.TotalSeconds);
            }
            return await ReportAsync(app, folder, key, journal, restarts, seconds, ct);
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    static async Task<double> WriteUntilKilledAsync(AppProcess app, AppFolder folder, string key, Journal journal, TimeSpan time, bool withDatabase, CancellationToken ct)
    {
        long begin = Stopwatch.GetTimestamp();
        var writers = Enumerable.Range(0, Writers).Select(_ => Task.Run(() => WriteAsync(app, key, journal, ct), ct)).ToArray();
        await Task.Delay(time, ct);
        if (withDatabase)
        {
            using var database = Process.GetProcessById(folder.DatabaseProcess());
            database.Kill();
        }
        await app.KillAsync(ct);
        await Task.WhenAll(writers);
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    static async Task WriteAsync(AppProcess app, string key, Journal journal, CancellationToken ct)
    {
        using var client = app.Client(key);
        while (true)
        {
            var id = journal.Next();
            try
            {
                using var answer = await client.PostAsync(new Uri("responses", UriKind.Relative), Journal.Body(id), ct);
                journal.Told(id, (int)answer.StatusCode);
            }
            catch (HttpRequestException)
            {
                journal.Untold(id);
                return;
            }
        }
    }

    static async Task<int> ReportAsync(AppProcess app, AppFolder folder, string key, Journal journal, List<double> restarts, double seconds, CancellationToken ct)
    {
        using var client = app.Client(key);
        var stored = await StoredAsync(client, ct);
        var (exitCode, differences) = await folder.RunAsync(["verify"], ct);
        int lost = journal.Acknowledged.Count(id => !stored.ContainsKey(id));
        int twice = stored.Count(s => s.Value.Count > 1);
        int other = stored.Count(s => s.Value.Exists(score => score != Journal.Score(s.Key)));

        var table = new Table("kills", "acknowledged", "per second", "refused", "cut off", "sent again", "stored", "lost", "twice", "other", "slowest restart s");
        table.Add(restarts.Count, journal.Acknowledged.Count, journal.Acknowledged.Count / seconds, journal.Refused, journal.CutOff, journal.SentAgain, stored.Count, lost, twice, other, restarts.Max());
        table.Promise(!journal.Acknowledged.IsEmpty && lost == 0, $"every acknowledged response is stored");
        table.Promise(twice == 0 && other == 0, $"none is stored twice or with another answer");
        table.Promise(exitCode == 0, $"verify: {differences}");
        return table.Print();
    }

    // Read as CSV: no answer of these holds a line end or a comma.
    static async Task<Dictionary<Guid, List<int>>> StoredAsync(HttpClient client, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("responses", UriKind.Relative)) { Headers = { Accept = { new("text/csv") } } };
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        answer.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(ct));
        int column = Array.IndexOf((await reader.ReadLineAsync(ct))!.Split(','), "answer.recommend");
        var stored = new Dictionary<Guid, List<int>>();
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            string[] cells = line.Split(',');
            var id = Guid.Parse(cells[0]);
            if (!stored.TryGetValue(id, out var scores)) stored[id] = scores = [];
            scores.Add(int.TryParse(cells[column], out int score) ? score : -1);
        }
        return stored;
    }
}
