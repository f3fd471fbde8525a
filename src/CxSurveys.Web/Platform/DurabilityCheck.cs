using Npgsql;

namespace CxSurveys.Web.Platform;

/// <summary>Says loudly when the server may lose answers that it has acknowledged.</summary>
public static class DurabilityCheck
{
    /// <summary>The settings that are not on, as <c>name = value</c>; none when a commit is safe.</summary>
    public static async Task<IReadOnlyList<string>> FindWeakAsync(NpgsqlDataSource dataSource, CancellationToken ct)
    {
        // remote_write, remote_apply and local are stronger than or equal to on for this server's own disk.
        await using var command = dataSource.CreateCommand("""
            select name || ' = ' || setting from pg_settings
            where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'
            order by name
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var weak = new List<string>();
        while (await reader.ReadAsync(ct)) weak.Add(reader.GetString(0));
        return weak;
    }

    public static async Task WarnAsync(NpgsqlDataSource dataSource, ILogger log, CancellationToken ct)
    {
        foreach (string setting in await FindWeakAsync(dataSource, ct))
        {
            log.LogCritical("PostgreSQL runs with {Setting}: a crash or power cut can LOSE ACKNOWLEDGED ANSWERS. Turn it on", setting);
        }
    }
}
