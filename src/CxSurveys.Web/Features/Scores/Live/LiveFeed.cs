using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Scores.Live;

/// <summary>
/// <c>/live</c>: tells an open page that answers came in, by server-sent events. It carries no figure: the page reads itself again,
/// as whoever is signed in then. A stream ends after a minute and the browser opens it again, so that it lives no longer than the session.
/// </summary>
public sealed class LiveFeed(CountedMark mark, LiveStreams streams, IHostApplicationLifetime app, TimeProvider clock)
{
    public const string Path = "/live";

    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250), Beat = TimeSpan.FromSeconds(15), Longest = TimeSpan.FromMinutes(1);

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet(Path, (HttpContext http, LiveFeed feed) => feed.Open(http))
        .RequireAuthorization(Policies.Pages).ExcludeFromDescription();

    IResult Open(HttpContext http)
    {
        var viewer = http.User.FindFirstValue(ClaimTypes.NameIdentifier)!;
        if (!streams.TryEnter(viewer))
        {
            http.Response.Headers.RetryAfter = "60";
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
        http.Response.RegisterForDispose(new Leaving(streams, viewer));
        // A proxy that collects an answer before it passes it on would keep every event until the end.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        string? seen = http.Request.Headers["Last-Event-ID"];
        return TypedResults.ServerSentEvents(EventsAsync(seen ?? http.Request.Query["since"], CancellationToken.None));
    }

    /// <summary><c>counted</c> when answers came in, <c>beat</c> when none did for a while; both say until when that is known.</summary>
    async IAsyncEnumerable<SseItem<string>> EventsAsync(string? seen, [EnumeratorCancellation] CancellationToken ct)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct, app.ApplicationStopping);
        var (opened, told) = (clock.GetTimestamp(), (long?)null);
        while (clock.GetElapsedTime(opened) < Longest && !ending.IsCancellationRequested)
        {
            var now = await LookAsync(ending.Token);
            if (now is not null && now != seen)
            {
                seen = now;
                told = clock.GetTimestamp();
                yield return Event("counted", now);
            }
            else if (now is not null && (told is null || clock.GetElapsedTime(told.Value) >= Beat))
            {
                told = clock.GetTimestamp();
                yield return Event("beat", now);
            }
            await Task.Delay(Look, clock, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    SseItem<string> Event(string type, string id) =>
        new(clock.GetUtcNow().ToString("O"), type) { EventId = id, ReconnectionInterval = TimeSpan.FromSeconds(1) };

    /// <summary>Null while the database is away, or the page is: the page says how old its figures are.</summary>
    async Task<string?> LookAsync(CancellationToken ct)
    {
        try
        {
            return await mark.ReadAsync(ct);
        }
        catch (Exception e) when (e is OperationCanceledException || DatabaseFailure.MayPass(e))
        {
            return null;
        }
    }

    sealed class Leaving(LiveStreams streams, string viewer) : IDisposable
    {
        public void Dispose() => streams.Leave(viewer);
    }
}
