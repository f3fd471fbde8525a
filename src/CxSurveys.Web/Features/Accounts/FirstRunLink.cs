using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>Once the server listens, prints the set-up link while there is no account: to the console, never to the log.</summary>
internal sealed class FirstRunLink(IServiceScopeFactory scopes, PublicAddress address) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<FirstRun>().IssueAsync(cancellationToken) is not { } secret) return;
        await Console.Out.WriteLineAsync($"""

            There is no account yet. Open this link once to make the first administrator:

              {address.Of($"/setup/{secret}")}

            """);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
