using System.Net;
using System.Net.ServerSentEvents;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Features.Scores.Live;
using CxSurveys.Web.Tests.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CxSurveys.Web.Tests.Scores;

public sealed class LiveTests(CxApp app) : IClassFixture<CxApp>
{
    [Fact]
    public async Task An_answer_stored_by_another_process_is_told_and_by_a_database_that_was_away()
    {
        await using var other = app.StartAnother();
        using var there = other.CreateClient();
        there.DefaultRequestHeaders.Authorization = app.WithKey("admin").DefaultRequestHeaders.Authorization;
        await there.PublishSmallAsync();
        using var viewer = await app.BrowseAsAsync(Role.Analyst);
        await using var stream = await Stream.OpenAsync(viewer.Client, $"{LiveFeed.Path}?since={await MarkAsync(viewer)}");
        Assert.Equal("beat", (await stream.NextAsync()).EventType);

        await PostAsync(there);
        var told = await stream.NextAsync();
        Assert.Equal("counted", told.EventType);
        Assert.Equal(told.EventId, await MarkAsync(viewer));

        await app.WithDbAsync(db => db.Database.ExecuteSqlAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"));
        await PostAsync(there);
        Assert.Equal("counted", (await stream.NextAsync()).EventType);
    }

    [Fact]
    public async Task What_came_in_after_the_page_was_read_and_before_the_stream_was_opened_is_told()
    {
        var admin = app.WithKey("admin");
        await admin.PublishSmallAsync();
        using var viewer = await app.BrowseAsAsync(Role.Analyst);
        var before = await MarkAsync(viewer);
        await PostAsync(admin);
        await using var stream = await Stream.OpenAsync(viewer.Client, $"{LiveFeed.Path}?since={before}");
        var told = await stream.NextAsync();
        // What is known is up to a second old: until then the stream only says that it is there.
        if (told.EventType == "beat") told = await stream.NextAsync();
        Assert.Equal("counted", told.EventType);
    }

    [Fact]
    public async Task What_is_kept_apart_released_or_counted_anew_is_told()
    {
        var admin = app.WithKey("admin");
        await admin.PublishSmallAsync();
        var id = await PostAsync(admin);
        using var viewer = await app.BrowseAsAsync(Role.Manager);
        await using var stream = await Stream.OpenAsync(viewer.Client, LiveFeed.Path);
        foreach (var state in new[] { "quarantine", "counted" })
        {
            var before = await NowAsync();
            await (await admin.PutTextAsync($"/responses/{id}/state", $$"""{ "state": "{{state}}" }""")).ReadOkAsync();
            var after = await NowAsync();
            Assert.NotEqual(before, after);
            await ToldAsync(stream, after);
        }

        // Nobody is told to read again for an answer that only moved into the cells.
        var unfolded = await NowAsync();
        await app.Services.GetRequiredService<CellFolder>().FoldAsync(TestContext.Current.CancellationToken);
        Assert.Equal(unfolded, await NowAsync());

        await admin.SetAsync(new { timeZone = "Asia/Tokyo" });
        string told;
        do told = (await stream.NextAsync()).EventId!;
        while (told == unfolded);
        await ToldAsync(stream, await NowAsync(), told);
    }

    /// <summary>As of this moment: what pages and streams share is up to a second old.</summary>
    async Task<string> NowAsync() => await new CountedMark(app.Services.GetRequiredService<IServiceScopeFactory>(), TimeProvider.System).ReadAsync(TestContext.Current.CancellationToken);

    static async Task ToldAsync(Stream stream, string mark, string? told = null)
    {
        while (told != mark) told = (await stream.NextAsync()).EventId;
    }

    [Fact]
    public async Task One_viewer_has_so_many_streams_and_closing_one_makes_room()
    {
        using var viewer = await app.BrowseAsAsync(Role.Manager);
        var streams = new List<Stream>();
        for (var i = 0; i < LiveStreams.MostOfOne; i++) streams.Add(await Stream.OpenAsync(viewer.Client, LiveFeed.Path));
        using (var refused = await viewer.GetAsync(LiveFeed.Path))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
        }
        await streams[0].DisposeAsync();
        HttpStatusCode again;
        do
        {
            using var answer = await viewer.Client.GetAsync(LiveFeed.Path, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            again = answer.StatusCode;
        }
        while (again == HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, again);
        foreach (var stream in streams) await stream.DisposeAsync();
    }

    [Fact]
    public async Task A_proxy_is_told_to_pass_events_on_and_who_signed_out_gets_no_more()
    {
        using var viewer = await app.BrowseAsAsync(Role.Analyst);
        await using (var stream = await Stream.OpenAsync(viewer.Client, LiveFeed.Path))
        {
            Assert.Equal("text/event-stream", stream.Answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal("no", Assert.Single(stream.Answer.Headers.GetValues("X-Accel-Buffering")));
            Assert.True(stream.Answer.Headers.CacheControl?.NoStore);
        }
        using var over = await viewer.PostFormAsync("/sign-out", []);
        using var refused = await viewer.GetAsync(LiveFeed.Path);
        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);
    }

    /// <summary>As a page has it.</summary>
    static async Task<string> MarkAsync(People.Browser viewer)
    {
        var page = await viewer.ReadAsync("/compare");
        var start = page.IndexOf("data-mark=\"", StringComparison.Ordinal) + "data-mark=\"".Length;
        return page[start..page.IndexOf('"', start)];
    }

    /// <summary>Sends it again while the database is away, as the contract says.</summary>
    static async Task<Guid> PostAsync(HttpClient client)
    {
        var id = Guid.CreateVersion7();
        var answer = $$"""{ "id": "{{id}}", "survey": "after-delivery", "answers": { "delivery": 5 } }""";
        while (true)
        {
            using var sent = await client.PostTextAsync("/responses", answer);
            if (sent.IsSuccessStatusCode) return id;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, sent.StatusCode);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        }
    }

    sealed class Stream(HttpResponseMessage answer, IAsyncEnumerator<SseItem<string>> events) : IAsyncDisposable
    {
        public HttpResponseMessage Answer => answer;

        public static async Task<Stream> OpenAsync(HttpClient client, string address)
        {
            var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            return new(answer, SseParser.Create(body).EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken));
        }

        public async Task<SseItem<string>> NextAsync()
        {
            Assert.True(await events.MoveNextAsync());
            return events.Current;
        }

        public async ValueTask DisposeAsync()
        {
            await events.DisposeAsync();
            answer.Dispose();
        }
    }
}
