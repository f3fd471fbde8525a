using System.Net;

namespace CxSurveys.Web.Platform;

/// <summary>The verb <c>health</c>: asks the app that runs here whether it is ready, for containers without other tools.</summary>
internal static class HealthCommand
{
    const int DefaultPort = 5000;

    /// <param name="urls">What the app listens on, as in <c>ASPNETCORE_URLS</c>; the first counts.</param>
    /// <returns>0 when it is ready, else 1 with the reason.</returns>
    public static async Task<int> RunAsync(string? urls, TextWriter error, CancellationToken ct)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = TimeSpan.FromSeconds(4) };
        try
        {
            using var answer = await client.GetAsync(Address(urls), ct);
            if (answer.StatusCode == HttpStatusCode.OK) return 0;
            await error.WriteLineAsync($"Not ready: {(int)answer.StatusCode}.");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            await error.WriteLineAsync($"No answer: {e.Message}");
        }
        return 1;
    }

    // "+" and "*" stand for every address; the loopback is one of them.
    internal static Uri Address(string? urls)
    {
        if (urls?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is not [var first, ..]) return new Uri($"http://127.0.0.1:{DefaultPort}/health/ready");
        var bound = BindingAddress.Parse(first);
        string host = bound.Host is "+" or "*" or "0.0.0.0" or "[::]" ? "127.0.0.1" : bound.Host;
        return new UriBuilder(bound.Scheme, host, bound.Port, "/health/ready").Uri;
    }
}
