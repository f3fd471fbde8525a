namespace CxSurveys.Web.Features.Invitations;

/// <summary>Sends mail as long as the app runs; nothing ends it but the app.</summary>
internal sealed class MailWorker(SendRound round, MailSignal signal, MailSettings settings, ILogger<MailWorker> log) : BackgroundService
{
    /// <summary>Messages of other processes, and those whose time has come, ring no bell here.</summary>
    static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Route == MailRoute.None)
        {
            log.LogWarning("No mail server is set up (CxSurveys__Mail__Host): invitations wait until there is one");
            return;
        }
        while (!stoppingToken.IsCancellationRequested)
        {
            await TryAsync(stoppingToken);
            await signal.WaitAsync(LooksEvery, stoppingToken);
        }
    }

    async Task TryAsync(CancellationToken ct)
    {
        try
        {
            await round.RunAsync(ct);
        }
        catch (Exception problem) when (!ct.IsCancellationRequested)
        {
            log.LogError(problem, "Sending mail failed; it is tried again");
        }
    }
}
