using System.Text.Json;
using Npgsql;

namespace CxSurveys.Benchmarks;

/// <summary>The embedded PostgreSQL of a data folder, reached past the app.</summary>
internal sealed class Database : IAsyncDisposable
{
    readonly NpgsqlDataSource source;

    Database(NpgsqlDataSource source) => this.source = source;

    public static Database Of(AppFolder folder)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.Data, "connection.json")));
        return new Database(NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = file.RootElement.GetProperty("Port").GetInt32(),
            Username = "cxsurveys",
            Password = file.RootElement.GetProperty("Password").GetString(),
            Database = "cxsurveys",
            CommandTimeout = 0,
        }));
    }

    public async Task RunAsync(string sql, CancellationToken ct)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<T> ReadAsync<T>(string sql, CancellationToken ct)
    {
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(ct))!;
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
