using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Demo;

/// <summary><c>serve --demo</c>: an invented company to look around in. Knows every feature, and none knows it.</summary>
internal static class DemoFeature
{
    /// <summary>Tells the other features that this is a demo: mail then stays in the built-in mailbox.</summary>
    public static readonly string[] Settings = ["--CxSurveys:Demo=true"];

    public static IServiceCollection AddDemo(this IServiceCollection services) =>
        services.AddScoped<DemoAccounts>().AddScoped<DemoInvitations>().AddScoped<DemoStore>().AddScoped<DemoLoad>();

    /// <summary>Before the app listens, so that no page shows half a demo; the sign-in is printed once it does.</summary>
    public static async Task PrepareDemoAsync(this WebApplication app, bool wanted, CancellationToken ct)
    {
        if (await PrepareAsync(app.Services, wanted ? new() : null, Console.Out, Console.Error, ct) is not { } password || !wanted) return;
        app.Lifetime.ApplicationStarted.Register(() => Console.Out.WriteLine($"""

            Demo data of an invented company. Nothing in it was ever mailed.

              Sign in at  {app.Services.GetRequiredService<PublicAddress>().Of("/sign-in")}
              email       {DemoAccounts.Admin}   (or {DemoAccounts.Manager})
              password    {password}

            """));
    }

    /// <summary>Loads the demo when it is wanted and there is room for it, and marks the pages of an instance that holds it.</summary>
    /// <param name="load">Null = not wanted.</param>
    /// <returns>The demo's password; null where there is no demo.</returns>
    internal static async Task<string?> PrepareAsync(IServiceProvider services, DemoLoad.Options? load, TextWriter output, TextWriter progress, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        if (load is not null && !await scope.ServiceProvider.GetRequiredService<DemoLoad>().RunAsync(load, progress, ct))
            await output.WriteLineAsync("This database is in use. It was left as it is, without demo data.");

        var accounts = scope.ServiceProvider.GetRequiredService<DemoAccounts>();
        if (await accounts.StateAsync(ct) is not { Loaded: true }) return null;
        services.GetRequiredService<InstanceMark>().Text = "Demo data";
        return await accounts.PasswordAsync(ct);
    }
}
