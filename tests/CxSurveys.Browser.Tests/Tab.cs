using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace CxSurveys.Browser.Tests;

/// <summary>A page that remembers what it asked of other hosts, and what its own policy or scripts refused.</summary>
public sealed class Tab : IAsyncDisposable
{
    readonly IBrowserContext context;
    readonly ConcurrentQueue<string> troubles = [];

    Tab(IBrowserContext context, IPage page) => (this.context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>Document, styles, scripts and the rest, in the order they were asked for.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    internal static async Task<Tab> OpenAsync(IBrowserContext context, Uri address)
    {
        var tab = new Tab(context, await context.NewPageAsync());
        context.Request += (_, request) => tab.Note(request.Url, address);
        context.Response += (_, response) => tab.Note(response);
        tab.Page.WebSocket += (_, socket) => tab.Note(socket.Url, address);
        tab.Page.PageError += (_, error) => tab.troubles.Enqueue($"script error: {error}");
        tab.Page.Console += (_, message) => tab.Note(message);
        // Nothing leaves the machine, even where a page asks for it.
        await context.RouteAsync(url => IsForeign(url, address), route => route.AbortAsync());
        return tab;
    }

    /// <summary>No request to another host, no part missing, nothing refused by the page's own content policy, no script error.</summary>
    public void AssertKeptToItself(string description) =>
        Assert.True(troubles.IsEmpty, $"{description}:\n  {string.Join("\n  ", troubles)}");

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    void Note(string url, Uri address)
    {
        Requests.Enqueue(url);
        if (IsForeign(url, address)) troubles.Enqueue($"asks another host: {url}");
    }

    void Note(IResponse response)
    {
        if (response.Status >= 400 && response.Request.ResourceType is "stylesheet" or "script" or "image" or "font") troubles.Enqueue($"a part is missing: {response.Status} {response.Url}");
    }

    void Note(IConsoleMessage message)
    {
        if (message.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase)) troubles.Enqueue(message.Text);
    }

    static bool IsForeign(string url, Uri address) =>
        new Uri(url) is var asked && asked.Scheme is not ("data" or "blob" or "about") && asked.Authority != address.Authority;
}
