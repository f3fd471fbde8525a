using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace CxSurveys.Benchmarks;

/// <summary>The pages of scores over a year of answers, as a signed-in manager's browser asks for them.</summary>
internal static class JourneyPages
{
    const double BoundMilliseconds = 300;
    const int WarmUps = 5;

    static readonly string[] Pages =
    [
        "journey?kind=csat&from=2025-01-01&to=2026-01-01",
        "journey?kind=csat&from=2025-07-01&to=2026-01-01",
        "journey?kind=csat&from=2025-01-01&to=2026-01-01&segment.country=ID",
        "journey/stage-0?kind=csat&from=2025-01-01&to=2026-01-01",
        "touchpoints/touchpoint-0?kind=csat&from=2025-01-01&to=2026-01-01",
    ];

    public static async Task<int> RunAsync(int answers, int times, CancellationToken ct)
    {
        using var folder = new AppFolder();
        string key = await folder.CreateKeyAsync(ct);
        await Manager.MakeAsync(folder, ct);
        await using var app = await folder.StartAsync(ct);
        using var client = app.Client(key);
        long stored = await YearOfAnswers.LoadAsync(client, answers, ct);

        using var manager = await Manager.SignInAsync(app, ct);
        var table = new Table("page", "median ms", "p95 ms", "slowest ms");
        for (int i = 0; i < Pages.Length; i++)
        {
            double[] taken = await MeasureAsync(manager, Pages[i], times, ct);
            table.Add(i + 1, Percentile.Of(taken, 0.5), Percentile.Of(taken, 0.95), taken[^1]);
            table.Promise(Percentile.Of(taken, 0.95) < BoundMilliseconds, $"{i + 1} is /{Pages[i]}: 95 of 100 take less than {BoundMilliseconds:0} ms");
        }
        table.Promise(stored >= answers, $"{stored} answers at {YearOfAnswers.Touchpoints} touchpoints in 12 months, each page {times} times");
        return table.Print();
    }

    static async Task<double[]> MeasureAsync(HttpClient manager, string page, int times, CancellationToken ct)
    {
        var taken = new List<double>();
        for (int i = -WarmUps; i < times; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            using var answer = await manager.GetAsync(new Uri(page, UriKind.Relative), ct);
            string text = await answer.Content.ReadAsStringAsync(ct);
            if (answer.StatusCode != HttpStatusCode.OK || !text.Contains("satisfied", StringComparison.Ordinal)) throw new InvalidOperationException($"/{page} answered {(int)answer.StatusCode}.");
            if (i >= 0) taken.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }
        return [.. taken.Order()];
    }
}

/// <summary>Answers of the year 2025 at 20 touchpoints, in segments as a company has them. The same number gives the same answers.</summary>
internal static class YearOfAnswers
{
    public const int Touchpoints = 20;
    const int Stages = 5, AnswersAResponse = 4, ChunkLines = 5_000;
    const string Survey = "year";

    static readonly string[] Countries = ["ID", "TH", "MY", "AE", "SG", "VN"], Plans = ["basic", "plus", "business"], Languages = ["id", "th", "ms", "ar", "en"], Channels = ["web", "email", "sms"];
    static readonly DateTimeOffset First = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task<long> LoadAsync(HttpClient admin, int answers, CancellationToken ct)
    {
        await SmallSurvey.SendAsync(admin, HttpMethod.Put, "journey", Journey(), ct);
        await SmallSurvey.SendAsync(admin, HttpMethod.Put, $"surveys/{Survey}", Definition(), ct);
        await SmallSurvey.SendAsync(admin, HttpMethod.Post, $"surveys/{Survey}/publish", "{}", ct);
        var random = new Random(20_250_101);
        int responses = (answers + AnswersAResponse - 1) / AnswersAResponse;
        for (int from = 0; from < responses; from += ChunkLines)
        {
            var lines = new StringBuilder();
            for (int i = from; i < Math.Min(responses, from + ChunkLines); i++) lines.Append(Line(random)).Append('\n');
            await SmallSurvey.SendAsync(admin, HttpMethod.Post, "responses/import", lines.ToString(), ct, "application/x-ndjson");
        }
        return (long)responses * AnswersAResponse;
    }

    static string Journey()
    {
        var stages = Enumerable.Range(0, Stages).Select(s => $$"""{ "key": "stage-{{s}}", "name": "Stage {{s}}", "touchpoints": [ {{string.Join(", ", Enumerable.Range(0, Touchpoints).Where(t => t % Stages == s)
            .Select(t => $$"""{ "key": "touchpoint-{{t}}", "name": "Touchpoint {{t}}", "kind": "digital", "weight": {{1 + (t % 3)}} }"""))}} ] }""");
        return $$"""{ "stages": [ {{string.Join(", ", stages)}} ] }""";
    }

    // A question a touchpoint, and one about the reason: a response answers four of the first.
    static string Definition()
    {
        var questions = Enumerable.Range(0, Touchpoints).Select(t => $$"""{ "key": "q{{t}}", "kind": "csat", "text": { "en": "How satisfied are you with {{t}}?" }, "touchpoint": "touchpoint-{{t}}" }""")
            .Append("""{ "key": "why", "kind": "text", "text": { "en": "Why?" } }""");
        return $$"""{ "name": "Year", "languages": ["en"], "questions": [ {{string.Join(", ", questions)}} ] }""";
    }

    static string Line(Random random)
    {
        var id = new byte[16];
        random.NextBytes(id);
        var at = First.AddSeconds(random.Next(365 * 86_400)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var asked = Enumerable.Range(0, AnswersAResponse).Select(i => (random.Next(Touchpoints / AnswersAResponse) * AnswersAResponse) + i).Select(t => $"\"q{t}\":{random.Next(1, 6)}");
        string why = random.Next(4) == 0 ? ",\"why\":\"Nobody called before delivery.\"" : "";
        return $$$"""{"id":"{{{new Guid(id)}}}","survey":"{{{Survey}}}","submittedAt":"{{{at}}}","language":"{{{Pick(Languages)}}}","channel":"{{{Pick(Channels)}}}","segment":{"country":"{{{Pick(Countries)}}}","plan":"{{{Pick(Plans)}}}"},"answers":{{{{string.Join(",", asked)}}}{{{why}}}}}""";

        string Pick(string[] among) => among[random.Next(among.Length)];
    }
}
