namespace CxSurveys.Web.Platform.Postgres;

/// <summary>Starts a dead embedded server again under the living app.</summary>
internal sealed class EmbeddedPostgresWatch(CxDatabase database, TimeProvider clock, ILogger<EmbeddedPostgresWatch> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database.Embedded is not { } server) return;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await CheckAsync(server, stoppingToken);
    }

    async Task CheckAsync(EmbeddedPostgres server, CancellationToken ct)
    {
        try
        {
            // Connections to the dead server would each fail one request more.
            if (await server.EnsureRunningAsync(ct)) database.DataSource.Clear();
        }
        // Whatever it is: an exception that leaves a background service ends the app, and the app can still say "busy".
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "PostgreSQL could not be started again; trying on");
        }
    }
}
