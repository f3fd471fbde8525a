using System.Globalization;

namespace CxSurveys.Benchmarks;

/// <summary>What managers read, over ever more answers in the same cells: what a score costs must not grow with the answers.</summary>
internal static class Dashboards
{
    const double Milliseconds = 100, CustomersMilliseconds = 500, GrowthOfScores = 1.3;
    const int CustomersUpTo = 1_000_000;

    enum Kind { Scores, Customers, List }

    sealed record Question(string Name, Kind Kind, string Address);

    const string Year = "from=2025-01-01&to=2026-01-01";

    /// <summary>Another one each time.</summary>
    const string AnySegment = "segment.country=C{country}&segment.plan=P{plan}&language={language}";

    static readonly string[] Languages = ["id", "th", "ms", "ar", "en"];

    static readonly Question[] All =
    [
        new("scores by touchpoint", Kind.Scores, $"api/v1/scores?kind=csat&by=touchpoint&{Year}"),
        new("scores by stage", Kind.Scores, $"api/v1/scores?kind=csat&by=stage&{Year}"),
        new("scores by week", Kind.Scores, $"api/v1/scores?kind=csat&touchpoint=touchpoint-3&by=week&{Year}"),
        new("scores, any of 200 segments", Kind.Scores, $"api/v1/scores?kind=csat&by=touchpoint&{Year}&{AnySegment}"),
        new("scores by week, any of 200", Kind.Scores, $"api/v1/scores?kind=csat&touchpoint=touchpoint-3&by=week&{Year}&{AnySegment}"),
        new("scores by segment", Kind.Scores, $"api/v1/scores?kind=csat&touchpoint=touchpoint-3&by=segment.country&{Year}"),
        new("compare two halves", Kind.Scores, "api/v1/scores/compare?kind=csat&touchpoint=touchpoint-3&a.from=2025-07-01&a.to=2026-01-01&b.from=2025-01-01&b.to=2025-07-01"),
        new("compare, any of 200 segments", Kind.Scores, $"api/v1/scores/compare?kind=csat&a.from=2025-07-01&a.to=2026-01-01&b.from=2025-01-01&b.to=2025-07-01&{AnySegment}"),
        new("why, by country", Kind.Scores, "api/v1/scores/why?kind=csat&touchpoint=touchpoint-3&by=segment.country&a.from=2025-07-01&a.to=2026-01-01&b.from=2025-01-01&b.to=2025-07-01"),
        new("page Journey", Kind.Scores, $"journey?kind=csat&{Year}"),
        new("page Journey, one country", Kind.Scores, $"journey?kind=csat&{Year}&segment.country=C3"),
        new("page Journey, any of 200", Kind.Scores, $"journey?kind=csat&{Year}&{AnySegment}"),
        new("page Stage", Kind.Scores, $"journey/stage-1?kind=csat&{Year}"),
        new("page Touchpoint, one country", Kind.Scores, $"touchpoints/touchpoint-3?kind=csat&{Year}&segment.country=C3"),
        new("page Touchpoint", Kind.Scores, $"touchpoints/touchpoint-3?kind=csat&{Year}"),
        new("customers, one touchpoint", Kind.Customers, $"api/v1/scores?kind=csat&touchpoint=touchpoint-3&{Year}&counting=customers"),
        new("customers, by touchpoint", Kind.Customers, $"api/v1/scores?kind=csat&by=touchpoint&{Year}&counting=customers"),
        new("customers, a quarter by month", Kind.Customers, "api/v1/scores?kind=csat&by=month&from=2025-04-01&to=2025-07-01&counting=customers"),
        new("customers, one segment", Kind.Customers, $"api/v1/scores?kind=csat&by=touchpoint&{Year}&segment.country=C3&segment.plan=P1&counting=customers"),
        new("customers, compare two halves", Kind.Customers, "api/v1/scores/compare?kind=csat&touchpoint=touchpoint-3&a.from=2025-07-01&a.to=2026-01-01&b.from=2025-01-01&b.to=2025-07-01&counting=customers"),
        new("customers, page Journey", Kind.Customers, $"journey?kind=csat&{Year}&counting=customers"),
        new("customers, page Journey, a country", Kind.Customers, $"journey?kind=csat&{Year}&segment.country=C3&counting=customers"),
        new("customers, page Stage", Kind.Customers, $"journey/stage-1?kind=csat&{Year}&counting=customers"),
        new("customers, page Touchpoint", Kind.Customers, $"touchpoints/touchpoint-3?kind=csat&{Year}&counting=customers"),
        new("customers, page Touchpoint, a country", Kind.Customers, $"touchpoints/touchpoint-3?kind=csat&{Year}&segment.country=C3&counting=customers"),
        new("responses, newest", Kind.List, "api/v1/responses"),
        new("responses behind a bar", Kind.List, "api/v1/responses?question=q3&value=1,2"),
        new("responses behind a bar, a country", Kind.List, "api/v1/responses?question=q3&value=1&segment.country=C3"),
        new("responses of a stage, a month", Kind.List, "api/v1/responses?stage=stage-1&from=2025-03-01&to=2025-04-01"),
        new("responses of a survey", Kind.List, "api/v1/responses?survey=survey-2"),
        new("responses of a segment", Kind.List, "api/v1/responses?segment.country=C3&segment.plan=P1&language=th"),
        new("words: frequent", Kind.List, $"api/v1/responses?q={StoredAnswers.FrequentWord}"),
        new("words: seldom", Kind.List, $"api/v1/responses?q={StoredAnswers.SeldomWord}"),
        new("words: rare", Kind.List, $"api/v1/responses?q={StoredAnswers.RareWord}"),
        new("words: none", Kind.List, "api/v1/responses?q=xylophone"),
        new("words behind a bar", Kind.List, $"api/v1/responses?question=q3&value=1&q={StoredAnswers.SeldomWord}"),
        new("page Responses behind a bar", Kind.List, "responses?question=q3&value=1,2"),
        new("page Responses, words", Kind.List, $"responses?q={StoredAnswers.SeldomWord}"),
    ];

    /// <summary>At each of the sizes, which are numbers of answers and ascend.</summary>
    /// <param name="sizes">Of a kept folder that holds more already, it is measured as it is.</param>
    /// <param name="times">How often each is read.</param>
    /// <param name="keptAt">Where the answers stay for the next run; null = nowhere.</param>
    /// <param name="only">What the names of those to be read contain; null = all are.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<int> RunAsync(int[] sizes, int times, string? keptAt, string? only, CancellationToken ct)
    {
        using var folder = AppFolder.KeptAt(keptAt);
        string key = await folder.PrepareOnceAsync(async made =>
        {
            await Manager.MakeAsync(folder, ct);
            await using var app = await folder.StartAsync(ct);
            using var admin = app.Client(made);
            await StoredAnswers.PublishAsync(admin, ct);
        }, ct);
        Question[] questions = [.. All.Where(q => only is null || q.Name.Contains(only, StringComparison.OrdinalIgnoreCase))];
        var taken = new List<Cost[]>();
        foreach (int size in sizes) taken.Add(await AtAsync(folder, key, size, questions, times, ct));
        int exitCode = Tell(sizes, questions, taken, times);
        Console.WriteLine($"How the lists are read at {sizes[^1]:N0} answers:");
        await Plans.PrintAsync(folder, key, [.. questions.Where(q => q.Kind == Kind.List).Select(q => (q.Name, q.Address))], ct);
        return exitCode;
    }

    static string Filled(string address, int round)
    {
        int n = 7 * (round + 1000) % StoredAnswers.Segments;
        string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
        return address.Replace("{country}", Text(n % 10), StringComparison.Ordinal).Replace("{plan}", Text(n / 10 % 4), StringComparison.Ordinal).Replace("{language}", Languages[n / 40], StringComparison.Ordinal);
    }

    /// <param name="Wall">95 of 100 take less, in milliseconds.</param>
    /// <param name="App">Of its processor, in milliseconds: what one costs however busy the machine is.</param>
    /// <param name="Postgres">Likewise.</param>
    sealed record Cost(double Wall, double App, double Postgres);

    static async Task<Cost[]> AtAsync(AppFolder folder, string key, int size, Question[] questions, int times, CancellationToken ct)
    {
        await using var server = await folder.StartAsync(ct);
        await using var database = Database.Of(folder);
        if (await StoredAnswers.FillAsync(database, size, ct))
        {
            if ((await folder.RunAsync(["rebuild-scores"], ct)).ExitCode != 0) throw new InvalidOperationException("The cells were not counted.");
            await database.RunAsync("vacuum analyze", ct);
        }

        using var manager = await Manager.SignInAsync(server, ct);
        using var client = server.Client(key);
        var taken = new Cost[questions.Length];
        for (int i = 0; i < questions.Length; i++)
        {
            string address = questions[i].Address;
            var (byApp, byPostgres) = Used();
            double[] wall = await Reading.MeasureAsync(address.StartsWith("api/", StringComparison.Ordinal) ? client : manager, round => Filled(address, round), times, ct);
            var (app, postgres) = Used();
            double Of(double seconds) => 1000 * seconds / (times + Reading.WarmUps);
            taken[i] = new(Percentile.Of(wall, 0.95), Of(app - byApp), Of(postgres - byPostgres));
        }
        await Console.Error.WriteLineAsync($"{size} answers, {await database.ReadAsync<long>("select count(*) from cell", ct)} cells");
        return taken;

        (double App, double Postgres) Used() => (Processor.Seconds(server.Id), Processor.SecondsWithChildren(folder.DatabaseProcess()));
    }

    static int Tell(int[] sizes, Question[] questions, List<Cost[]> taken, int times)
    {
        var table = new Table(["p95 in ms, by answers stored", .. sizes.Select(s => s.ToString("N0", CultureInfo.InvariantCulture)), "last : first", "app", "PostgreSQL"]);
        for (int i = 0; i < questions.Length; i++)
        {
            double[] row = [.. taken.Select(t => t[i].Wall)];
            table.Add([(FormattableString)$"{questions[i].Name}", .. row.Select(t => (IFormattable)t), row[^1] / row[0], taken[^1][i].App, taken[^1][i].Postgres]);
            Promise(table, questions[i], sizes, row);
        }
        table.Promise(true, $"each {times} times, over HTTP on the same machine, client included; app and PostgreSQL: processor time of one at the last size, in ms");
        return table.Print();
    }

    static void Promise(Table table, Question question, int[] sizes, double[] row)
    {
        double slowest = question.Kind == Kind.Customers ? row.Where((_, i) => sizes[i] <= CustomersUpTo).DefaultIfEmpty(0).Max() : row.Max();
        double bound = question.Kind == Kind.Customers ? CustomersMilliseconds : Milliseconds;
        if (slowest >= bound) table.Promise(false, $"{question.Name}: {slowest:0} ms, less than {bound:0} ms was wanted");
        if (question.Kind == Kind.Scores && row[^1] > GrowthOfScores * row[0]) table.Promise(false, $"{question.Name}: grows {row[^1] / row[0]:0.0} times, at most {GrowthOfScores:0.0} was wanted");
    }
}
