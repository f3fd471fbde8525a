using System.Diagnostics;
using System.Net.Http.Headers;

namespace CxSurveys.Benchmarks;

/// <summary>What a large export takes of the app's memory beyond a small one of the same kind.</summary>
internal static class ExportMemory
{
    const double BoundMegabytes = 50;

    static readonly (string Name, string Type)[] Forms = [("CSV", "text/csv"), ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")];

    public static async Task<int> RunAsync(int responses, CancellationToken ct)
    {
        using var folder = new AppFolder();
        string key = await folder.CreateKeyAsync(ct);
        await using var app = await folder.StartAsync(ct);
        using var client = app.Client(key);
        await StoredAnswers.PublishAsync(client, ct);
        await using var database = Database.Of(folder);
        await StoredAnswers.FillAsync(database, responses * StoredAnswers.AnswersAResponse, ct);
        await database.RunAsync("vacuum analyze", ct);

        var table = new Table("export", "file MB", "seconds", "peak of a week MB", "peak of all MB", "difference MB");
        foreach (var (name, type) in Forms)
        {
            var small = await ExportAsync(app, client, "responses?from=2025-03-01&to=2025-03-08", type, ct);
            var all = await ExportAsync(app, client, "responses", type, ct);
            table.Add((FormattableString)$"{name}", all.Megabytes, all.Seconds, small.Peak, all.Peak, all.Peak - small.Peak);
            table.Promise(all.Peak - small.Peak < BoundMegabytes, $"{name}: {responses} responses take less than {BoundMegabytes:0} MB more than a week of them");
        }
        return table.Print();
    }

    static async Task<(double Megabytes, double Seconds, double Peak)> ExportAsync(AppProcess app, HttpClient client, string address, string type, CancellationToken ct)
    {
        app.ResetPeak();
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Accept = { new MediaTypeWithQualityHeaderValue(type) } } };
        long begin = Stopwatch.GetTimestamp(), bytes = 0;
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        await using var body = await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(ct);
        byte[] buffer = new byte[1 << 16];
        for (int read; (read = await body.ReadAsync(buffer, ct)) > 0;) bytes += read;
        return (bytes / 1e6, Stopwatch.GetElapsedTime(begin).TotalSeconds, app.PeakBytes() / 1e6);
    }
}
