using System.Diagnostics;
using System.Globalization;

namespace CxSurveys.Benchmarks.Faults;

/// <summary>
/// Fifty senders, a journal on the disk and one fault after the other: every acknowledged response is stored, once, and counted once;
/// nobody sees anything but 2xx and 503; after each fault all is well again within ten seconds.
/// </summary>
internal static class FaultRun
{
    const double NormalAgainSeconds = 10;

    internal sealed record Fault(string Name, int Times, Func<World, Task<long>> InflictAsync);

    public static async Task<int> RunAsync(bool isLong, CancellationToken ct)
    {
        var table = new Table("fault", "times", "slowest back s");
        Fault[] faults =
        [
            new("kill -9 of the app", isLong ? 200 : 5, world => world.KillAppAsync(ct)),
            new("SIGTERM with requests in flight", isLong ? 100 : 2, world => world.RestartAppAsync(ct)),
            new("kill -9 of a backend", isLong ? 100 : 8, world => world.KillBackendAsync(ct)),
            new("kill -9 of the postmaster", isLong ? 50 : 3, world => world.KillPostmasterAsync()),
            new("immediate stop", isLong ? 50 : 3, world => world.StopImmediatelyAsync()),
            new("table locked", 1, world => world.LockAsync(TimeSpan.FromSeconds(isLong ? 60 : 4), ct)),
            new("connections stolen", 1, world => world.StealConnectionsAsync(TimeSpan.FromSeconds(isLong ? 20 : 3), ct)),
        ];
        using (var folder = new AppFolder())
        {
            await using var world = await World.CreateAsync(folder, ct);
            using var run = new Run(world, table);
            foreach (var fault in faults) await run.InflictAsync(fault, ct);
            await CutAsync(run, isLong ? 200 : 6, ct);
            await run.CheckAsync("all of these", ct);
            await SameLink.RunAsync(world, table, isLong, ct);
        }
        await DiskFull.RunAsync(table, ct);
        return table.Print();
    }

    /// <summary>One fault alone; for those who want to see it found.</summary>
    public static async Task<Verdict> SeededAsync(AppFolder folder, Func<World, Task> prepare, Func<World, Task<long>> inflict, int times, bool newIdEachTime, CancellationToken ct)
    {
        await using var world = await World.CreateAsync(folder, ct);
        await prepare(world);
        using var run = new Run(world, new Table("fault", "times", "slowest back s"), newIdEachTime);
        await run.InflictAsync(new Fault("seeded", times, inflict), ct);
        return await run.EndAsync(ct);
    }

    // A second app on the same database, its connections through the proxy.
    static async Task CutAsync(Run run, int times, CancellationToken ct)
    {
        var address = DatabaseAddress.Of(run.World.Folder);
        await using var proxy = new CuttingProxy(address.Port);
        await using var second = await run.World.Folder.StartAsync(ct, (address with { Port = proxy.Port }).ConnectionString + ";SSL Mode=Disable");
        run.Target = () => second;
        await run.InflictAsync(new Fault("cut at the commit", times, _ =>
        {
            proxy.Arm();
            return Task.FromResult(Stopwatch.GetTimestamp());
        }), ct);
        run.Target = () => run.World.App;
        await run.NormalAsync(ct);
        run.Table.Promise(proxy.Cuts >= times, $"{proxy.Cuts} commits were cut, half before and half after the server had them");
    }

    internal sealed class Run : IDisposable
    {
        // The same moments in every run, none of them at a round number of batches.
        readonly Random random = new(7);
        readonly Journal journal;
        readonly Senders senders;

        public Run(World world, Table table, bool newIdEachTime = false)
        {
            (World, Table) = (world, table);
            journal = new Journal(Path.Combine(world.Folder.Data, "..", "journal"), newIdEachTime);
            Target = () => world.App;
            senders = new Senders(() => Target(), world.Key, journal);
            senders.Start();
        }

        public World World { get; }

        public Table Table { get; }

        public Func<AppProcess?> Target { get; set; }

        public Journal Journal => journal;

        public Task<double> NormalAsync(CancellationToken ct) => senders.NormalAgainAsync(Stopwatch.GetTimestamp(), ct);

        public async Task InflictAsync(Fault fault, CancellationToken ct)
        {
            double slowest = 0;
            for (int i = 0; i < fault.Times; i++)
            {
                await NormalAsync(ct);
                await Task.Delay(random.Next(50, 400), ct);
                long over = await fault.InflictAsync(World);
                slowest = Math.Max(slowest, await senders.NormalAgainAsync(over, ct));
            }
            Table.Add(fault.Name, fault.Times, slowest);
            Table.Promise(slowest < NormalAgainSeconds, $"{fault.Name}: all is well within {NormalAgainSeconds:0} s");
        }

        public async Task<Verdict> EndAsync(CancellationToken ct)
        {
            await senders.StopAsync();
            journal.Dispose();
            return await Checker.CheckAsync(World, journal, ct);
        }

        public async Task CheckAsync(string name, CancellationToken ct)
        {
            var verdict = await EndAsync(ct);
            Table.Promise(verdict.IsClean, $"{name}: {verdict}");
            Table.Promise(journal.Unexpected.IsEmpty, $"{name}: only 2xx and 503 ({journal.Refused}) were seen, {journal.CutOff} got no answer, {journal.SentAgain} were sent again; the slowest refusal took {journal.SlowestRefusal.TotalSeconds:0.0} s{First(journal.Unexpected)}");
        }

        public void Dispose()
        {
            journal.Dispose();
            senders.Dispose();
        }

        static string First(IEnumerable<string> unexpected) => unexpected.FirstOrDefault() is { } one ? string.Create(CultureInfo.InvariantCulture, $"; unexpected: {unexpected.Count()}, such as {one}") : "";
    }
}
