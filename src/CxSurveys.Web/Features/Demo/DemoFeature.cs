using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Hosting.Server;

namespace CxSurveys.Web.Features.Demo;

/// <summary><c>serve --demo</c>: an invented company to look around in. Knows every feature, and none knows it.</summary>
internal static class DemoFeature
{
    /// <summary>Tells the other features that this is a demo: mail then stays in the built-in mailbox.</summary>
    public static readonly string[] Settings = ["--CxSurveys:Demo=true"];

    public static IServiceCollection AddDemo(this IServiceCollection services) =>
        services.AddScoped<DemoAccounts>().AddScoped<DemoLoad>();

    /// <summary>Loads the demo when it is wanted and there is room for it; before the app listens, so that no page shows half of it.</summary>
    public static async Task PrepareDemoAsync(this WebApplication app, bool wanted, CancellationToken ct)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<DemoAccounts>();
        if (wanted && !await scope.ServiceProvider.GetRequiredService<DemoLoad>().RunAsync(new(), Console.Error, ct))
            await Console.Out.WriteLineAsync("This database is in use: it was left as it is, without demo data.");
        if (await accounts.StateAsync(ct) is not { Loaded: true }) return;

        app.Services.GetRequiredService<InstanceMark>().Text = "Demo data";
        if (!wanted) return;
        string password = await accounts.PasswordAsync(ct);
        app.Lifetime.ApplicationStarted.Register(() => Console.Out.WriteLine($"""

            Demo data of an invented company. Nothing here is ever mailed.

              Sign in at  {ServerAddress.Of(app.Services.GetRequiredService<IServer>(), app.Configuration)}/sign-in
              email       {DemoAccounts.Admin}   (or {DemoAccounts.Manager})
              password    {password}

            """));
    }
}
