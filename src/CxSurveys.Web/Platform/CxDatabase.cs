using CxSurveys.Web.Data;
using CxSurveys.Web.Platform.Postgres;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CxSurveys.Web.Platform;

/// <summary>The one database: <c>ConnectionStrings:CxSurveys</c>, or an embedded PostgreSQL when there is none. Opened once, before the host starts.</summary>
public sealed class CxDatabase(IConfiguration configuration, IHostEnvironment environment, ILoggerFactory logs) : IAsyncDisposable
{
    // Any fixed number, the same in every version: all processes that migrate queue on it.
    const long MigrationLock = 0x4378_5375_7276_6579;

    readonly ILogger log = logs.CreateLogger<CxDatabase>();
    NpgsqlDataSource? dataSource;

    public NpgsqlDataSource DataSource => dataSource ?? throw new InvalidOperationException("The database is not open yet: await CxDatabase.OpenAsync first.");

    /// <summary><c>null</c> with a given connection string.</summary>
    public EmbeddedPostgres? Embedded { get; private set; }

    public async Task OpenAsync(CancellationToken ct)
    {
        if (dataSource is not null) return;
        string? given = configuration.GetConnectionString("CxSurveys");
        if (string.IsNullOrWhiteSpace(given)) Embedded = await EmbeddedPostgres.StartAsync(EmbeddedOptions(), logs.CreateLogger<EmbeddedPostgres>(), ct);

        var builder = new NpgsqlDataSourceBuilder(Embedded?.ConnectionString ?? WithPoolLimit(given!));
        builder.UseLoggerFactory(logs);
        dataSource = builder.Build();
        await DurabilityCheck.WarnAsync(dataSource, log, ct);
    }

    /// <summary>Applies migrations; of several processes that start at once, one after the other.</summary>
    public async Task MigrateAsync(CancellationToken ct)
    {
        await using var queue = await DataSource.OpenConnectionAsync(ct);
        await ExecuteAsync(queue, "select pg_advisory_lock($1)", ct);
        try
        {
            await using var db = new CxDbContext(Options(new DbContextOptionsBuilder<CxDbContext>(), DataSource).Options);
            // One may go over all that is stored.
            db.Database.SetCommandTimeout(TimeSpan.FromHours(2));
            await db.Database.MigrateAsync(ct);
        }
        finally
        {
            // A pooled connection would keep the lock.
            await ExecuteAsync(queue, "select pg_advisory_unlock($1)", CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (dataSource is not null) await dataSource.DisposeAsync();
        if (Embedded is not null) await Embedded.DisposeAsync();
    }

    internal static TBuilder Options<TBuilder>(TBuilder options, NpgsqlDataSource dataSource) where TBuilder : DbContextOptionsBuilder
    {
        options.UseNpgsql(dataSource).UseSnakeCaseNamingConvention();
        return options;
    }

    EmbeddedPostgresOptions EmbeddedOptions() => new()
    {
        DataFolder = DataFolder.Path(configuration, environment),
        BinaryRoots = [environment.ContentRootPath, AppContext.BaseDirectory],
    };

    // Npgsql's own limit equals PostgreSQL's: two processes would starve each other.
    internal static string WithPoolLimit(string given)
    {
        var settings = new NpgsqlConnectionStringBuilder(given);
        // Not ContainsKey: that says whether Npgsql knows the word, not whether it was given.
        if (!settings.ShouldSerialize("Maximum Pool Size")) settings.MaxPoolSize = 30;
        return settings.ConnectionString;
    }

    static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0, Parameters = { new() { Value = MigrationLock } } };
        await command.ExecuteNonQueryAsync(ct);
    }
}
