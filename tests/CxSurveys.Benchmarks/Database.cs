using System.Diagnostics;
using System.Text.Json;
using Npgsql;

namespace CxSurveys.Benchmarks;

/// <summary>How to reach the embedded PostgreSQL of a data folder past the app.</summary>
internal sealed record DatabaseAddress(string Host, int Port, string User, string Password, string Database)
{
    public static DatabaseAddress Of(AppFolder folder)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.Data, "connection.json")));
        return new DatabaseAddress("127.0.0.1", file.RootElement.GetProperty(nameof(Port)).GetInt32(), "cxsurveys", file.RootElement.GetProperty(nameof(Password)).GetString()!, "cxsurveys");
    }

    public string ConnectionString => new NpgsqlConnectionStringBuilder { Host = Host, Port = Port, Username = User, Password = Password, Database = Database, CommandTimeout = 0 }.ConnectionString;
}

/// <summary>A database reached past the app.</summary>
internal sealed class Database(DatabaseAddress address) : IAsyncDisposable
{
    readonly NpgsqlDataSource source = NpgsqlDataSource.Create(address.ConnectionString);

    public static Database Of(AppFolder folder) => new(DatabaseAddress.Of(folder));

    /// <summary>Waits for a server that is starting or recovering.</summary>
    public async Task ReadyAsync(CancellationToken ct)
    {
        for (long begin = Stopwatch.GetTimestamp(); ; await Task.Delay(100, ct))
        {
            try
            {
                await RunAsync("select 1", ct);
                return;
            }
            catch (NpgsqlException e) when (e.IsTransient && Stopwatch.GetElapsedTime(begin) < TimeSpan.FromMinutes(1))
            {
                // Not yet.
            }
        }
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

    public async Task ReadAsync(string sql, Action<NpgsqlDataReader> take, CancellationToken ct)
    {
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) take(reader);
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
