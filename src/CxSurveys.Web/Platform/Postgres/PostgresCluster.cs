using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace CxSurveys.Web.Platform.Postgres;

/// <summary>One data folder's cluster: made once, then started and stopped. Callers hold the folder's lock.</summary>
internal sealed class PostgresCluster(EmbeddedPostgresOptions options, PostgresBinaries binaries, ServerUser user, ILogger log)
{
    public const string DatabaseName = "cxsurveys";
    const string Owner = "cxsurveys";

    public static string ConnectionString(ClusterFile file, string database = DatabaseName) => new NpgsqlConnectionStringBuilder
    {
        Host = IPAddress.Loopback.ToString(),
        Port = file.Port,
        Username = Owner,
        Password = file.Password,
        Database = database,
        SslMode = SslMode.Disable,
        MaxPoolSize = 30,
        Timeout = 15,
        ApplicationName = "CxSurveys",
    }.ConnectionString;

    /// <summary>The cluster of this data folder, made when there is none yet.</summary>
    public async Task<ClusterFile> FindOrMakeAsync(CancellationToken ct)
    {
        if (ClusterFile.Read(options.DataFolder) is { } known && File.Exists(Path.Combine(known.Cluster, "PG_VERSION"))) return known;

        string cluster = await PlaceAsync(ct);
        if (File.Exists(Path.Combine(cluster, "PG_VERSION")))
            throw new InvalidOperationException($"{cluster} holds a database, but {options.DataFolder} no longer has its password (connection.json). Restore that file, or move the database away to start anew.");

        var file = ClusterFile.New(cluster, FreePort());
        await InitialiseAsync(cluster + ".new", file.Password, ct);
        file.Write(options.DataFolder);
        Directory.Move(cluster + ".new", cluster);
        return file;
    }

    /// <summary>Starts the server on its port; on another only when that is taken and nobody holds a connection string to it yet.</summary>
    public async Task<ClusterFile> StartAsync(ClusterFile file, bool keepPort, CancellationToken ct)
    {
        RefuseOtherVersion(file.Cluster);
        DateTimeOffset until = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(30);
        while (true)
        {
            if (!keepPort && !IsFree(file.Port)) (file = file with { Port = FreePort() }).Write(options.DataFolder);
            if (Postmaster.Find(file.Cluster) is null) File.Delete(Path.Combine(file.Cluster, "postmaster.pid"));

            var (exitCode, output) = await ControlAsync(file.Cluster,
                ["start", "-l", Path.Combine(file.Cluster, "server.log"), "-t", Seconds(options.StartLimit), "-o", Settings(file.Port)], ct);
            if (exitCode == 0) return file;
            // Children of a killed server keep its shared memory for a moment; a port may have been taken just now.
            if (TimeProvider.System.GetUtcNow() > until)
                throw new InvalidOperationException($"PostgreSQL did not start in {file.Cluster}: {output} See server.log there.");
            await Task.Delay(TimeSpan.FromMilliseconds(500), ct);
        }
    }

    public async Task StopAsync(string cluster, CancellationToken ct)
    {
        var (exitCode, output) = await ControlAsync(cluster, ["stop", "-m", "fast", "-t", "20"], ct);
        if (exitCode == 0 || Postmaster.Find(cluster) is null) return;

        log.LogWarning("PostgreSQL did not stop in time and is stopped at once; it recovers at the next start. {Output}", output);
        await ControlAsync(cluster, ["stop", "-m", "immediate", "-t", "10"], ct);
    }

    async Task<(int ExitCode, string Output)> ControlAsync(string cluster, string[] act, CancellationToken ct) =>
        await user.RunAsync(binaries.Control, [.. act, "-D", cluster, "-s", "-w"], ct);

    async Task InitialiseAsync(string cluster, string password, CancellationToken ct)
    {
        if (Directory.Exists(cluster)) Directory.Delete(cluster, recursive: true);
        PrivateFile.CreatePrivate(cluster);
        await user.GiveAsync(cluster, ct);

        string passwordFile = cluster + ".password";
        PrivateFile.Write(passwordFile, Encoding.ASCII.GetBytes(password));
        try
        {
            await user.GiveAsync(passwordFile, ct);
            var (exitCode, output) = await user.RunAsync(binaries.InitDb, ["-D", cluster, "-U", Owner, $"--pwfile={passwordFile}",
                "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", .. Collation(), "--text-search-config=simple"], ct);
            if (exitCode != 0) throw new InvalidOperationException($"PostgreSQL could not make a database in {cluster}: {output}");
        }
        finally
        {
            File.Delete(passwordFile);
        }
    }

    // Unicode rules without the machine's locales, which differ and change under an index.
    string[] Collation() => binaries.Major >= 17
        ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        : ["--locale-provider=icu", "--icu-locale=und"];

    // Messages of errors are kept out of the server's log: they may quote an answer or an address.
    static string Settings(int port) => string.Join(' ', ((string[])
    [
        string.Create(CultureInfo.InvariantCulture, $"port={port}"), "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=100",
        "shared_buffers=256MB", "effective_cache_size=1GB", "work_mem=16MB", "jit=off", "maintenance_work_mem=128MB", "max_wal_size=2GB", "password_encryption=scram-sha-256",
        "log_min_messages=log", "log_min_error_statement=panic", "log_error_verbosity=terse", "timezone=UTC", "log_timezone=UTC",
    ]).Select(setting => $"-c {setting}"));

    async Task<string> PlaceAsync(CancellationToken ct)
    {
        if (await user.CanEnterAsync(options.DataFolder, ct)) return Path.Combine(options.DataFolder, "postgres");

        PrivateFile.CreatePassage(options.SharedFolder);
        string id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Postmaster.RealPath(options.DataFolder))))[..12];
        string cluster = Path.Combine(options.SharedFolder, $"postgres-{id}");
        log.LogInformation("{Folder} is closed to {User}, who runs PostgreSQL; its data is in {Cluster}", options.DataFolder, user.Name, cluster);
        return cluster;
    }

    void RefuseOtherVersion(string cluster)
    {
        string made = File.ReadAllText(Path.Combine(cluster, "PG_VERSION")).Trim();
        if (made != binaries.Major.ToString(CultureInfo.InvariantCulture))
            throw new InvalidOperationException($"{cluster} was made by PostgreSQL {made}, but {binaries.BinFolder} is version {binaries.Major}. Bring version {made} back, or dump and load the data.");
    }

    // Below the ranges that systems hand to outgoing connections, so that it is still free after a pause.
    static int FreePort() => Enumerable.Range(0, 200).Select(_ => RandomNumberGenerator.GetInt32(15_000, 32_000)).FirstOrDefault(IsFree) is > 0 and var port
        ? port : throw new InvalidOperationException("No free port for PostgreSQL was found.");

    static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    static string Seconds(TimeSpan time) => ((int)time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
