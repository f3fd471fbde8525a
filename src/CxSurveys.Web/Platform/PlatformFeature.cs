using System.Globalization;
using System.Net;
using CxSurveys.Web.Data;
using CxSurveys.Web.Platform.Postgres;
using CxSurveys.Web.Platform.Telemetry;
using Microsoft.AspNetCore.HttpOverrides;

namespace CxSurveys.Web.Platform;

/// <summary>What every feature stands on: database, clock, log, keys, errors, health, limits.</summary>
internal static class PlatformFeature
{
    /// <summary>
    /// Bytes of a request body on the wire, where the frames of a chunked one count too: twice what <see cref="JsonBody.MaxBytes"/>
    /// lets in. An endpoint that takes files lifts it for itself.
    /// </summary>
    const long LargestBody = 2 * JsonBody.MaxBytes;

    public static WebApplicationBuilder AddPlatform(this WebApplicationBuilder builder)
    {
        builder.AddLogging();
        builder.AddTracing();
        builder.AddKeyRing();
        builder.AddServer();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<InstanceMark>();
        builder.Services.AddSingleton<PublicAddress>();
        builder.Services.AddDatabase();
        builder.Services.AddHealth();
        builder.Services.AddErrorPages().AddSecurityHeaders().AddRateLimits();
        return builder;
    }

    /// <summary>First in the pipeline: what comes after is logged, and its errors are answered.</summary>
    public static WebApplication UsePlatform(this WebApplication app)
    {
        if (Proxies(app.Configuration).Length > 0) app.UseForwardedHeaders();
        else if (IsHttps(app.Configuration["CxSurveys:PublicUrl"]) && !IsHttps(app.Configuration["URLS"]))
            app.Logger.LogWarning("CxSurveys__PublicUrl is https, but the app serves http and believes no proxy (CxSurveys__Proxies): nobody can sign in or answer");
        app.UseRouteTemplate();
        app.UseRequestLog();
        app.UseSecurityHeaders();
        app.UsePageLanguage();
        app.UseErrorPages();
        app.MapHealth();
        return app;
    }

    /// <summary>Opens and migrates the database: before the host starts, because its services read from it at once.</summary>
    public static async Task PrepareDatabaseAsync(this IHost app, CancellationToken ct)
    {
        var database = app.Services.GetRequiredService<CxDatabase>();
        await database.OpenAsync(ct);
        await database.MigrateAsync(ct);
    }

    /// <summary>The API speaks English, whoever asks; so do, as a whole, pages whose texts are not in the files of <see cref="PageTexts"/>: in two languages at once nobody reads them out right.</summary>
    static readonly PathString[] AlwaysEnglish = ["/api", "/surveys", "/sending", "/people", "/set-up", "/timeline", "/responses/import", "/dev"];

    static void UsePageLanguage(this WebApplication app) => app.Use((http, next) =>
    {
        CultureInfo.CurrentUICulture = AlwaysEnglish.Any(path => http.Request.Path.StartsWithSegments(path)) ? CultureInfo.InvariantCulture : PageTexts.Of(http.Request);
        return next(http);
    });

    static void AddDatabase(this IServiceCollection services)
    {
        services.AddSingleton<CxDatabase>();
        services.AddSingleton(provider => provider.GetRequiredService<CxDatabase>().DataSource);
        services.AddDbContext<CxDbContext>((provider, options) => CxDatabase.Options(options, provider.GetRequiredService<CxDatabase>().DataSource));
        services.AddHostedService<EmbeddedPostgresWatch>();
    }

    static void AddServer(this WebApplicationBuilder builder)
    {
        // Also outside Development: `dotnet run -c Release` serves the bundle from the build's folders.
        builder.WebHost.UseStaticWebAssets();
        // An endpoint that takes files lifts it for itself.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = LargestBody);
        builder.Services.Configure<ForwardedHeadersOptions>(options => Trust(options, Proxies(builder.Configuration)));
    }

    static void Trust(ForwardedHeadersOptions options, string[] proxies)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        options.ForwardLimit = null;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (string proxy in proxies)
        {
            if (System.Net.IPNetwork.TryParse(proxy, out var network)) options.KnownIPNetworks.Add(network);
            else if (IPAddress.TryParse(proxy, out var address)) options.KnownProxies.Add(address);
            else throw new InvalidOperationException($"CxSurveys:Proxies holds '{proxy}', which is neither an address nor a network such as 10.0.0.0/8.");
        }
    }

    static bool IsHttps(string? addresses) => addresses?.Contains("https://", StringComparison.OrdinalIgnoreCase) == true;

    static string[] Proxies(IConfiguration configuration) =>
        (configuration["CxSurveys:Proxies"] ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
