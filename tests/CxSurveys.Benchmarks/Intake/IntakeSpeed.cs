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

    public static async Task<int> RunAsync(int rounds, int seconds, CancellationToken ct)
    {
        using var folder = new AppFolder();
        string key = await folder.CreateKeyAsync(ct);
        await using var app = await folder.StartAsync(ct);
        using (var client = app.Client(key)) await TwoAnswers.PublishAsync(client, ct);
        await using var plain = await AppProcess.StartAsync(url => PlainServer.StartInfo(url, DatabaseAddress.Of(folder)), ct);
        using var pgbench = await Pgbench.CreateAsync(folder, ct);
        var time = TimeSpan.FromSeconds(seconds);

        await Load.FullAsync(app.Address("api/v1/responses"), key, 64, WarmUp, TwoAnswers.Spread, ct);
        await Load.FullAsync(plain.Address("plain"), key, 64, WarmUp, TwoAnswers.Spread, ct);

        var table = new Table("connections", "CxSurveys /s", "pgbench /s", "EF Core /s", "nothing /s", "to pgbench", "to EF Core", "p99 ms");
        double peak = 0;
        foreach (int connections in Connections)
        {
            var all = new List<(LoadResult Ours, double Pgbench, double Plain, double Nothing)>();
            for (int round = 0; round < rounds; round++)
            {
                all.Add((await Load.FullAsync(app.Address("api/v1/responses"), key, connections, time, TwoAnswers.Spread, ct),
                    pgbench is null ? double.NaN : await pgbench.RunAsync(connections, time, ct),
                    (await Load.FullAsync(plain.Address("plain"), key, connections, time, TwoAnswers.Spread, ct)).PerSecond,
                    (await Load.FullAsync(plain.Address("nothing"), key, connections, time, TwoAnswers.Spread, ct)).PerSecond));
            }
            double ours = Median(all.Select(r => r.Ours.PerSecond)), them = Median(all.Select(r => r.Pgbench)), ef = Median(all.Select(r => r.Plain));
            peak = Math.Max(peak, ours);
            table.Add(connections, ours, them, ef, Median(all.Select(r => r.Nothing)), ours / them, ours / ef, Median(all.Select(r => r.Ours.P99)));
            if (pgbench is null) table.Promise(true, $"pgbench is not installed: not compared with it");
            else table.Promise(ours >= OverPgbench * them, $"{connections} connections: at least {OverPgbench} times pgbench");
            table.Promise(ours >= OverPlain * ef, $"{connections} connections: at least {OverPlain} times a plain SaveChanges per request");
        }

        var paced = await Load.PacedAsync(app.Address("api/v1/responses"), key, 64, 2 * time, PeakShare * peak, TwoAnswers.Spread, ct);
        table.Promise(paced.P99 < P99Milliseconds, $"at 70 % of the peak, {paced.PerSecond:0} /s, 99 of 100 take less than {P99Milliseconds} ms: {paced.P99:0.0} ms, half {Percentile.Of(paced.Milliseconds, 0.5):0.0} ms");
        var (exitCode, differences) = await folder.RunAsync(["verify"], ct);
        table.Promise(exitCode == 0, $"verify: {differences}");
        return table.Print();
    }

    static double Median(IEnumerable<double> figures) => Percentile.Of([.. figures.Order()], 0.5);
}
