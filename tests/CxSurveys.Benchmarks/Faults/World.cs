using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace CxSurveys.Benchmarks.Faults;

/// <summary>An app with its database, and what can happen to them.</summary>
internal sealed class World(AppFolder folder, string key) : IAsyncDisposable
{
    public AppFolder Folder => folder;

    public string Key => key;

    /// <summary>Null while it is down.</summary>
    public AppProcess? App { get; private set; }

    public static async Task<World> CreateAsync(AppFolder folder, CancellationToken ct)
    {
        var world = new World(folder, await folder.CreateKeyAsync(ct));
        await world.StartAsync(ct);
        using var client = world.App!.Client(world.Key);
        await SmallSurvey.PublishAsync(client, ct);
        return world;
    }

    public async Task StartAsync(CancellationToken ct) => App = await folder.StartAsync(ct);

    // Each tells when the fault was over and the app could begin to be well again.

    public async Task<long> KillAppAsync(CancellationToken ct)
    {
        var app = App!;
        await app.KillAsync(ct);
        long over = Stopwatch.GetTimestamp();
        App = null;
        await app.DisposeAsync();
        await StartAsync(ct);
        return over;
    }

    /// <summary>As a service manager does it, with requests in flight.</summary>
    public async Task<long> RestartAppAsync(CancellationToken ct)
    {
        await App!.DisposeAsync();
        long over = Stopwatch.GetTimestamp();
        App = null;
        await StartAsync(ct);
        return over;
    }

    /// <summary>Kill -9 of one of the app's backends: PostgreSQL ends all others and recovers.</summary>
    public async Task<long> KillBackendAsync(CancellationToken ct)
    {
        int pid;
        await using (var database = Database.Of(folder))
            pid = await database.ReadAsync<int>("select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() and state is not null order by random() limit 1", ct);
        return Signal("-KILL", pid);
    }

    public Task<long> KillPostmasterAsync() => Task.FromResult(Signal("-KILL", folder.DatabaseProcess()));

    /// <summary>What <c>pg_ctl -m immediate</c> sends.</summary>
    public Task<long> StopImmediatelyAsync() => Task.FromResult(Signal("-QUIT", folder.DatabaseProcess()));

    public async Task<long> LockAsync(TimeSpan time, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(DatabaseAddress.Of(folder).ConnectionString);
        await connection.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var take = new NpgsqlCommand("lock table response in access exclusive mode", connection, transaction);
        await take.ExecuteNonQueryAsync(ct);
        await Task.Delay(time, ct);
        await transaction.RollbackAsync(ct);
        return Stopwatch.GetTimestamp();
    }

    /// <summary>Takes every connection the server still has.</summary>
    public async Task<long> StealConnectionsAsync(TimeSpan time, CancellationToken ct)
    {
        var stolen = new List<NpgsqlConnection>();
        try
        {
            while (true)
            {
                var connection = new NpgsqlConnection(DatabaseAddress.Of(folder).ConnectionString + ";Pooling=false");
                stolen.Add(connection);
                await connection.OpenAsync(ct);
            }
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            await Task.Delay(time, ct);
        }
        foreach (var connection in stolen) await connection.DisposeAsync();
        return Stopwatch.GetTimestamp();
    }

    public async ValueTask DisposeAsync()
    {
        if (App is { } app) await app.DisposeAsync();
    }

    static long Signal(string signal, int pid)
    {
        using var kill = Process.Start("kill", [signal, pid.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        return Stopwatch.GetTimestamp();
    }
}
