using System.Globalization;
using Npgsql;

namespace CxSurveys.Web.Platform.Postgres;

/// <summary>A PostgreSQL of our own in a data folder, shared by every process that uses the folder: the first starts it, the last stops it.</summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    readonly EmbeddedPostgresOptions options;
    readonly PostgresCluster cluster;
    readonly ClusterFile file;
    readonly ILogger log;
    FolderLock? use;

    EmbeddedPostgres(EmbeddedPostgresOptions options, PostgresCluster cluster, ClusterFile file, FolderLock use, ILogger log) =>
        (this.options, this.cluster, this.file, this.use, this.log) = (options, cluster, file, use, log);

    /// <summary>Stays valid as long as this lives, also over a restart of the server. Holds the password: never log it.</summary>
    public string ConnectionString => PostgresCluster.ConnectionString(file);

    public string ClusterFolder => file.Cluster;

    public int Port => file.Port;

    /// <summary>The server's process now; <c>null</c> while it is dead.</summary>
    public int? ProcessId => Postmaster.Find(file.Cluster)?.ProcessId;

    /// <summary>Attaches to the server that lives on the data folder, or starts one.</summary>
    public static async Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options, ILogger log, CancellationToken ct)
    {
        options = options with { DataFolder = Path.GetFullPath(options.DataFolder) };
        PrivateFile.CreatePassage(options.DataFolder);
        using var starting = await FolderLock.ExclusiveAsync(StartLock(options), ct);

        var user = ServerUser.Current();
        if (user.IsOther) PrivateFile.CreatePassage(options.SharedFolder);
        var binaries = await PostgresBinaries.FindAsync(options, user, log, ct);
        var cluster = new PostgresCluster(options, binaries, user, log);
        var file = await cluster.FindOrMakeAsync(ct);
        file = await AttachOrStartAsync(options, cluster, file, log, ct);
        await MakeDatabaseAsync(file, ct);
        return new EmbeddedPostgres(options, cluster, file, FolderLock.Shared(UseLock(options)), log);
    }

    /// <summary>Starts the server again on its port when it has died. True when it had to.</summary>
    public async Task<bool> EnsureRunningAsync(CancellationToken ct)
    {
        if (ProcessId is not null) return false;
        using var starting = await FolderLock.ExclusiveAsync(StartLock(options), ct);
        if (ProcessId is not null) return true;

        log.LogError("PostgreSQL has died; starting it again");
        await cluster.StartAsync(file, keepPort: true, ct);
        log.LogInformation("PostgreSQL is back on port {Port}", file.Port);
        return true;
    }

    /// <summary>Lets go of the server, and stops it when no other process uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref use, null) is not { } held) return;
        using var starting = await FolderLock.ExclusiveAsync(StartLock(options), CancellationToken.None);
        held.Dispose();
        using var last = FolderLock.TryExclusive(UseLock(options));
        if (last is not null && ProcessId is not null) await cluster.StopAsync(file.Cluster, CancellationToken.None);
    }

    static async Task<ClusterFile> AttachOrStartAsync(EmbeddedPostgresOptions options, PostgresCluster cluster, ClusterFile file, ILogger log, CancellationToken ct)
    {
        if (Postmaster.Find(file.Cluster) is { } living)
        {
            if (living.Port != file.Port) (file = file with { Port = living.Port }).Write(options.DataFolder);
            if (await AnswersAsync(file, options.StartLimit, ct))
            {
                log.LogInformation("Using the PostgreSQL that runs in {Cluster} on port {Port}", file.Cluster, file.Port);
                return file;
            }
        }
        file = await cluster.StartAsync(file, keepPort: false, ct);
        log.LogInformation("PostgreSQL started in {Cluster} on port {Port}", file.Cluster, file.Port);
        return file;
    }

    /// <summary>Waits for a living server that is still starting or recovering; false when it died meanwhile.</summary>
    static async Task<bool> AnswersAsync(ClusterFile file, TimeSpan limit, CancellationToken ct)
    {
        long begin = TimeProvider.System.GetTimestamp();
        while (Postmaster.Find(file.Cluster) is not null)
        {
            try
            {
                await using var connection = await OpenAsync(file, ct);
                return true;
            }
            catch (NpgsqlException e) when (e.IsTransient && TimeProvider.System.GetElapsedTime(begin) < limit)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), ct);
            }
        }
        return false;
    }

    static async Task MakeDatabaseAsync(ClusterFile file, CancellationToken ct)
    {
        await using var connection = await OpenAsync(file, ct);
        await using var find = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection) { Parameters = { new() { Value = PostgresCluster.DatabaseName } } };
        if (await find.ExecuteScalarAsync(ct) is not null) return;
        await using var make = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture, $"create database {PostgresCluster.DatabaseName}"), connection);
        await make.ExecuteNonQueryAsync(ct);
    }

    static async Task<NpgsqlConnection> OpenAsync(ClusterFile file, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(PostgresCluster.ConnectionString(file, "postgres") + ";Pooling=false");
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    static string StartLock(EmbeddedPostgresOptions options) => Path.Combine(options.DataFolder, "start.lock");

    static string UseLock(EmbeddedPostgresOptions options) => Path.Combine(options.DataFolder, "use.lock");
}
