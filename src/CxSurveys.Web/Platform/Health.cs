using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace CxSurveys.Web.Platform;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: an answer could be stored now.</summary>
internal static class Health
{
    const string Ready = "ready";

    public static void AddHealth(this IServiceCollection services) =>
        services.AddHealthChecks().AddCheck<WritePath>("database", tags: [Ready], timeout: TimeSpan.FromSeconds(3));

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) }).AllowAnonymous();
    }

    sealed class WritePath(CxDatabase database, IHostApplicationLifetime life) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            if (life.ApplicationStopping.IsCancellationRequested) return HealthCheckResult.Unhealthy("stopping");
            try
            {
                // The message goes through the write-ahead log to the disk like an answer, and leaves no row behind.
                await using var command = database.DataSource.CreateCommand("select pg_logical_emit_message(true, 'health', ''), current_setting('transaction_read_only')::boolean");
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                await reader.ReadAsync(cancellationToken);
                return reader.GetBoolean(1) ? HealthCheckResult.Unhealthy("read only") : HealthCheckResult.Healthy();
            }
            catch (NpgsqlException e)
            {
                return HealthCheckResult.Unhealthy("no writing", e);
            }
        }
    }
}
