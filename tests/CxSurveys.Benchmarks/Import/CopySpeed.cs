using System.Diagnostics;
using Npgsql;

namespace CxSurveys.Benchmarks.Import;

/// <summary>What PostgreSQL itself needs for the same rows: COPY into tables like those of responses and answers, with all their indexes, one transaction, no cells.</summary>
internal sealed class CopySpeed(string connectionString)
{
    static readonly (string Table, string Id)[] Tables = [("response", "id"), ("answer", "response_id")];

    public static Task PrepareAsync(Database database, CancellationToken ct) => database.RunAsync(
        "create schema copied; create table copied.response (like public.response including all); create table copied.answer (like public.answer including all)", ct);

    /// <param name="since">Rows that came in from then on, in the order they are stored.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Seconds, and how many responses.</returns>
    public async Task<(double Seconds, long Responses)> RunAsync(DateTime since, CancellationToken ct)
    {
        var files = new List<string>();
        try
        {
            foreach (var (table, id) in Tables)
            {
                files.Add(Path.GetTempFileName());
                await ReadAsync(table, id, since, files[^1], ct);
            }
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(ct);
            long begin = Stopwatch.GetTimestamp();
            await using (var transaction = await connection.BeginTransactionAsync(ct))
            {
                for (int i = 0; i < Tables.Length; i++) await WriteAsync(connection, Tables[i].Table, files[i], ct);
                await transaction.CommitAsync(ct);
            }
            double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            await using var count = new NpgsqlCommand("select count(*) from copied.response where received_at >= $1", connection) { Parameters = { new() { Value = since } } };
            return (seconds, (long)(await count.ExecuteScalarAsync(ct))!);
        }
        finally
        {
            files.ForEach(File.Delete);
        }
    }

    async Task ReadAsync(string table, string id, DateTime since, string file, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var from = await connection.BeginRawBinaryCopyAsync($"copy (select * from public.{table} where {id} in (select id from public.response where received_at >= '{since:O}')) to stdout (format binary)", ct);
        await using var to = File.Create(file);
        await from.CopyToAsync(to, ct);
    }

    static async Task WriteAsync(NpgsqlConnection connection, string table, string file, CancellationToken ct)
    {
        await using var from = File.OpenRead(file);
        await using var to = await connection.BeginRawBinaryCopyAsync($"copy copied.{table} from stdin (format binary)", ct);
        await from.CopyToAsync(to, 1 << 16, ct);
    }
}
