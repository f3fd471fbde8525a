using CxSurveys.Web.Platform.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CxSurveys.Web.Tests.Platform;

/// <summary>A data folder of its own, gone at the end with every server started in it.</summary>
public sealed class ServerFolder : IAsyncDisposable
{
    readonly List<EmbeddedPostgres> started = [];
    readonly string top;

    public ServerFolder(bool closed = false)
    {
        top = Directory.CreateTempSubdirectory("cxsurveys-test-").FullName;
        if (!closed && !OperatingSystem.IsWindows()) File.SetUnixFileMode(top, File.GetUnixFileMode(top) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        DataFolder = Path.Combine(top, "data");
        SharedFolder = Directory.CreateTempSubdirectory("cxsurveys-shared-").FullName;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(SharedFolder, File.GetUnixFileMode(SharedFolder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    public string DataFolder { get; }

    public string SharedFolder { get; }

    /// <summary>The app's own folder, whose node_modules holds the server.</summary>
    public static string WebFolder { get; } = FindWebFolder();

    public async Task<EmbeddedPostgres> StartAsync()
    {
        var options = new EmbeddedPostgresOptions { DataFolder = DataFolder, BinaryRoots = [WebFolder], SharedFolder = SharedFolder };
        var server = await EmbeddedPostgres.StartAsync(options, NullLogger.Instance, TestContext.Current.CancellationToken);
        lock (started) started.Add(server);
        return server;
    }

    public static async Task<T> AskAsync<T>(EmbeddedPostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public static async Task DoAsync(EmbeddedPostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in started) await server.DisposeAsync();
        Directory.Delete(top, recursive: true);
        Directory.Delete(SharedFolder, recursive: true);
    }

    static string FindWebFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CxSurveys.sln"))) return Path.Combine(folder.FullName, "src", "CxSurveys.Web");
        }
        throw new InvalidOperationException("The tests run outside the source tree.");
    }
}
