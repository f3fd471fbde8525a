using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CxSurveys.Browser.Tests;

/// <summary>One page of HTML on a free port.</summary>
internal sealed class LocalPage : IAsyncDisposable
{
    readonly WebApplication app;

    LocalPage(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single());

    public static async Task<LocalPage> StartAsync(string html, string? policy = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/", (HttpContext http) =>
        {
            if (policy is not null) http.Response.Headers.ContentSecurityPolicy = policy;
            return TypedResults.Content(html, "text/html; charset=utf-8");
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new LocalPage(app);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
