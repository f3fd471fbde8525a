using System.Globalization;

namespace CxSurveys.Benchmarks.Intake;

/// <summary>
/// Everyone answers about the same touchpoint, from the same segment, on the same day: that must cost no more than answers spread over many cells,
/// and leave no bloat behind.
/// </summary>
internal static class HotCells
{
    const double OfSpread = 0.9, LargestMegabytes = 64;
    const int Connections = 64;
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(int rounds, int seconds, int answers, string? webFolder, CancellationToken ct)
    {
        using var folder = new AppFolder(webFolder: webFolder);
        string key = await folder.CreateKeyAsync(ct);
        await using var app = await folder.StartAsync(ct);
        using (var client = app.Client(key)) await TwoAnswers.PublishAsync(client, ct);
        await using var database = Database.Of(folder);
        var time = TimeSpan.FromSeconds(seconds);
        Load spread = new(app.Address("api/v1/responses"), key, TwoAnswers.Spread), hot = new(app.Address("api/v1/responses"), key, TwoAnswers.Hot);
        var costs = new Costs(app, folder.DatabaseProcess());
        await spread.FullAsync(Connections, WarmUp, ct);

        var all = new List<(double Spread, double Hot, Cost SpreadCost, Cost HotCost)>();
        for (int round = 0; round < rounds; round++)
        {
            var (one, oneCost) = await costs.OfAsync(() => spread.FullAsync(Connections, time, ct));
            var (two, twoCost) = await costs.OfAsync(() => hot.FullAsync(Connections, time, ct));
            all.Add((one.PerSecond, two.PerSecond, oneCost, twoCost));
        }
        while (await database.ReadAsync<long>("select count(*) from answer", ct) < answers) await hot.FullAsync(Connections, time, ct);

        var table = new Table("cells hit", "responses /s", "us client", "us app", "us PostgreSQL");
        var (cheap, dear) = (all.Select(r => r.SpreadCost).OrderBy(c => c.Database).ElementAt(all.Count / 2), all.Select(r => r.HotCost).OrderBy(c => c.Database).ElementAt(all.Count / 2));
        table.Add("many", Median(all.Select(r => r.Spread)), cheap.Client, cheap.App, cheap.Database);
        table.Add("the same", Median(all.Select(r => r.Hot)), dear.Client, dear.App, dear.Database);
        double ratio = Median(all.Select(r => r.Hot / r.Spread));
        table.Promise(ratio >= OfSpread, $"answers into the same cells come in at {ratio:0.00} times the rate of spread ones, {OfSpread} at least");
        await BloatAsync(table, database, ct);
        var (exitCode, differences) = await folder.RunAsync(["verify"], ct);
        table.Promise(exitCode == 0, $"verify: {differences}");
        return table.Print();
    }

    static async Task BloatAsync(Table table, Database database, CancellationToken ct)
    {
        // The counters come a moment after what they count.
        await Task.Delay(TimeSpan.FromSeconds(2), ct);
        long answers = await database.ReadAsync<long>("select count(*) from answer", ct), cells = await database.ReadAsync<long>("select count(*) from cell", ct);
        double megabytes = 0;
        await database.ReadAsync("""
            select relname::text, n_tup_upd, n_tup_hot_upd, n_dead_tup, pg_total_relation_size(relid) / 1e6 from pg_stat_user_tables where relname in ('cell', 'cell_delta') order by 1
            """, row =>
        {
            megabytes += Convert.ToDouble(row.GetValue(4), CultureInfo.InvariantCulture);
            string hot = row.GetInt64(1) == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {100.0 * row.GetInt64(2) / row.GetInt64(1):0} % of {row.GetInt64(1)} updates in place (HOT)");
            table.Promise(true, $"{row.GetString(0)}: {row.GetInt64(3)} dead rows{hot}, {row.GetValue(4):0.0} MB");
        }, ct);
        table.Promise(megabytes < LargestMegabytes, $"after {answers} answers in {cells} cells these tables take {megabytes:0.0} MB with their indexes, less than {LargestMegabytes}");
    }

    static double Median(IEnumerable<double> figures) => Percentile.Of([.. figures.Order()], 0.5);
}
