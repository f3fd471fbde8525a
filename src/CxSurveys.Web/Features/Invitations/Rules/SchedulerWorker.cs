namespace CxSurveys.Web.Features.Invitations.Rules;

/// <summary>Plans schedules and decides what is due, as long as the app runs.</summary>
internal sealed class SchedulerWorker(IServiceScopeFactory scopes, ILogger<SchedulerWorker> log) : BackgroundService
{
    static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(1), AfterFailure = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            bool fine = await TryAsync(stoppingToken);
            // Not the app's clock: a test that stands still still wants to see it work.
            await Task.Delay(fine ? LooksEvery : AfterFailure, TimeProvider.System, stoppingToken);
        }
    }

    async Task<bool> TryAsync(CancellationToken ct)
    {
        try
        {
            await TickAsync(ct);
            return true;
        }
        catch (Exception problem) when (!ct.IsCancellationRequested)
        {
            log.LogError(problem, "Deciding whom to ask failed; it is tried again");
            return false;
        }
    }

    async Task TickAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var schedules = scope.ServiceProvider.GetRequiredService<ScheduleRound>();
        var planned = scope.ServiceProvider.GetRequiredService<PlannedRound>();
        while (await schedules.RunAsync(ct)) { }
        while (await planned.RunAsync(PlannedRound.UsualPeople, ct) > 0) { }
    }
}
