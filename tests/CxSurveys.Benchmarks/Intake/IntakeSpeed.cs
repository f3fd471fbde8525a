namespace CxSurveys.Benchmarks.Intake;

/// <summary>
/// Acknowledged responses a second beside pgbench, plain EF Core and a request that does nothing: one cluster, alternating rounds, medians.
/// </summary>
internal static class IntakeSpeed
{
    const double OverPgbench = 1.5, OverPlain = 5, PeakShare = 0.7, P99Milliseconds = 25;
    // .NET compiles what runs often a second time, with what it has seen.
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);
    static readonly int[] Connections = [16, 64];

    public static async Task<int> RunAsync(int rounds, int seconds, string? webFolder, CancellationToken ct)
    {
        using var folder = new AppFolder(webFolder: webFolder);
        string key = await folder.CreateKeyAsync(ct);
        await using var app = await folder.StartAsync(ct);
        using (var client = app.Client(key)) await TwoAnswers.PublishAsync(client, ct);
        await using var plain = await AppProcess.StartAsync(url => PlainServer.StartInfo(url, DatabaseAddress.Of(folder)), ct);
        using var pgbench = await Pgbench.CreateAsync(folder, ct);
        var time = TimeSpan.FromSeconds(seconds);
        Load ours = new(app.Address("api/v1/responses"), key, TwoAnswers.Spread), ef = new(plain.Address("plain"), key, TwoAnswers.Spread), nothing = new(plain.Address("nothing"), key, TwoAnswers.Spread);
        var costs = new Costs(app, folder.DatabaseProcess());

        // One first: 64 who find nothing in memory would all connect, and pgbench needs connections too.
        await ours.FullAsync(1, TimeSpan.FromSeconds(1), ct);
        await ours.FullAsync(64, WarmUp, ct);
        await ef.FullAsync(64, WarmUp, ct);

        var table = new Table("connections", "CxSurveys /s", "pgbench /s", "EF Core /s", "nothing /s", "to pgbench", "to EF Core", "p99 ms");
        double peak = 0;
        foreach (int connections in Connections)
        {
            var all = new List<(LoadResult Ours, Cost Cost, double Pgbench, double Plain, double Nothing)>();
            for (int round = 0; round < rounds; round++)
            {
                var (result, cost) = await costs.OfAsync(() => ours.FullAsync(connections, time, ct));
                all.Add((result, cost, pgbench is null ? double.NaN : await pgbench.RunAsync(connections, time, ct),
                    (await ef.FullAsync(connections, time, ct)).PerSecond, (await nothing.FullAsync(connections, time, ct)).PerSecond));
            }
            double perSecond = Median(all.Select(r => r.Ours.PerSecond)), them = Median(all.Select(r => r.Pgbench)), plainly = Median(all.Select(r => r.Plain));
            double toPgbench = Median(all.Select(r => r.Ours.PerSecond / r.Pgbench)), toPlain = Median(all.Select(r => r.Ours.PerSecond / r.Plain));
            peak = Math.Max(peak, perSecond);
            table.Add(connections, perSecond, them, plainly, Median(all.Select(r => r.Nothing)), toPgbench, toPlain, Median(all.Select(r => r.Ours.P99)));
            if (pgbench is null) table.Promise(true, $"pgbench is not installed: not compared with it");
            else table.Promise(toPgbench >= OverPgbench, $"{connections} connections: at least {OverPgbench} times pgbench: {toPgbench:0.00}");
            table.Promise(toPlain >= OverPlain, $"{connections} connections: at least {OverPlain} times a plain SaveChanges per request: {toPlain:0.0}");
            table.Promise(true, $"{connections} connections: a response costs {all[^1].Cost}");
        }

        var paced = await ours.PacedAsync(64, 2 * time, PeakShare * peak, ct);
        table.Promise(paced.P99 < P99Milliseconds, $"at 70 % of the peak, {paced.PerSecond:0} /s, 99 of 100 take less than {P99Milliseconds} ms: {paced.P99:0.0} ms, half {Percentile.Of(paced.Milliseconds, 0.5):0.0} ms");
        var (exitCode, differences) = await folder.RunAsync(["verify"], ct);
        table.Promise(exitCode == 0, $"verify: {differences}");
        return table.Print();
    }

    static double Median(IEnumerable<double> figures) => Percentile.Of([.. figures.Order()], 0.5);
}
