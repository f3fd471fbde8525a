using CxSurveys.Web.Data;
using CxSurveys.Web.Platform.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace CxSurveys.Testing;

/// <summary>
/// One PostgreSQL for all tests of an assembly: the server that <c>CXSURVEYS_TEST_POSTGRES</c> names, else an embedded one of
/// its own. Each class gets a fresh database, copied from a template that was migrated once.
/// </summary>
public sealed class TestPostgres : IAsyncLifetime
{
    const string Template = "cx_template";

    readonly SemaphoreSlim oneCopyAtATime = new(1);
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cxsurveys-test-");
    EmbeddedPostgres? embedded;
    string server = "";
    int databases;

    public async ValueTask InitializeAsync()
    {
        server = Environment.GetEnvironmentVariable("CXSURVEYS_TEST_POSTGRES") ?? await StartAsync();
        await ExecuteAsync($"drop database if exists {Template} with (force)");
        await ExecuteAsync($"create database {Template}");
        await using var db = new CxDbContext(new DbContextOptionsBuilder<CxDbContext>().UseNpgsql(ConnectionString(Template)).UseSnakeCaseNamingConvention().Options);
        await db.Database.MigrateAsync();
        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>A connection string to a new, migrated, empty database.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        // The name holds the process: two assemblies may share one server.
        string name = $"cx_test_{Environment.ProcessId}_{Interlocked.Increment(ref databases)}";
        await oneCopyAtATime.WaitAsync();
        try
        {
            await ExecuteAsync($"create database {name} template {Template}");
        }
        finally
        {
            oneCopyAtATime.Release();
        }
        return ConnectionString(name);
    }

    public async Task DropAsync(string connectionString)
    {
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync($"drop database if exists {new NpgsqlConnectionStringBuilder(connectionString).Database} with (force)");
    }

    public async ValueTask DisposeAsync()
    {
        if (embedded is not null) await embedded.DisposeAsync();
        folder.Delete(recursive: true);
    }

    async Task<string> StartAsync()
    {
        embedded = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = folder.FullName, BinaryRoots = [.. WebProjects()] }, NullLogger.Instance, TestContext.Current.CancellationToken);
        return embedded.ConnectionString;
    }

    /// <summary>The server that the app itself brings: another major version refuses with other codes.</summary>
    static IEnumerable<string> WebProjects()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            yield return Path.Combine(at.FullName, "src", "CxSurveys.Web");
    }

    string ConnectionString(string database) => new NpgsqlConnectionStringBuilder(server) { Database = database, MaxPoolSize = 20 }.ConnectionString;

    async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
