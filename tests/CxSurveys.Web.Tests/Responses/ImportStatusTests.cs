using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace CxSurveys.Web.Tests.Responses;

/// <summary>What an import says of itself while it runs and afterwards.</summary>
public sealed class ImportStatusTests(CxApp app) : IClassFixture<CxApp>, IAsyncLifetime
{
    static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    readonly HttpClient ingest = app.WithKey("ingest");

    public async ValueTask InitializeAsync() => await app.WithKey("admin").PublishSmallAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    static string Lines(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $$$"""{"id":"{{{Guid.CreateVersion7()}}}","survey":"after-delivery","answers":{"recommend":{{{i % 12}}}}}""" + "\n"));

    async Task<JsonObject?> StatusAsync(Guid id)
    {
        using var answer = await ingest.GetAsync($"{Api.Root}/responses/imports/{id}", Ct);
        return answer.StatusCode == HttpStatusCode.NotFound ? null : await answer.ReadOkAsync();
    }

    async Task<JsonObject> WaitAsync(Guid id, Func<JsonObject, bool> until)
    {
        while (true)
        {
            if (await StatusAsync(id) is { } status && until(status)) return status;
            await Task.Delay(50, Ct);
        }
    }

    [Fact]
    public async Task Its_progress_can_be_read_while_it_runs_and_its_outcome_afterwards()
    {
        var id = Guid.CreateVersion7();
        var file = new Pipe();
        using var content = new StreamContent(file.Reader.AsStream()) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") } };
        var sending = ingest.PostAsync($"{Api.Root}/responses/import?id={id}", content, Ct);
        await file.Writer.WriteAsync(Encoding.UTF8.GetBytes(Lines(1200)), Ct);

        var half = await WaitAsync(id, status => (long)status["lines"]! >= 1000);
        Assert.Equal("running", (string?)half["state"]);
        Assert.True((long)half["accepted"]! > 900 && (long)half["rejectedLines"]! > 0 && (long)half["bytes"]! > 10_000, half.ToJsonString());

        await file.Writer.WriteAsync(Encoding.UTF8.GetBytes(Lines(12)), Ct);
        await file.Writer.CompleteAsync();
        var result = await (await sending).ReadOkAsync();
        var done = (await StatusAsync(id))!;
        Assert.Equal("done", (string?)done["state"]);
        Assert.Equal((1212L, (long)result["accepted"]!, 101L), ((long)done["lines"]!, (long)done["accepted"]!, (long)done["rejectedLines"]!));
        Assert.Equal("test ingest", (string?)done["startedBy"]);
        using var list = await ingest.GetAsync($"{Api.Root}/responses/imports", Ct);
        Assert.Contains(id.ToString(), await list.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_whose_sender_goes_away_is_told_as_broken_off_and_what_was_stored_stays()
    {
        var id = Guid.CreateVersion7();
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var file = new Pipe();
        using var content = new StreamContent(file.Reader.AsStream()) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") } };
        var sending = ingest.PostAsync($"{Api.Root}/responses/import?id={id}", content, gone.Token);
        await file.Writer.WriteAsync(Encoding.UTF8.GetBytes(Lines(600)), Ct);
        await WaitAsync(id, status => (long)status["lines"]! >= 500);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);

        var ended = await WaitAsync(id, status => (string?)status["state"] != "running");
        Assert.Equal("brokenOff", (string?)ended["state"]);
        Assert.True((long)ended["accepted"]! > 400);
        Assert.Equal(0, await app.VerifyAsync());
    }

    [Fact]
    public async Task An_id_is_a_UUID_that_was_not_used_before_and_a_refused_file_says_why()
    {
        Assert.Contains("id", await (await ingest.PostTextAsync("/responses/import?id=1", "", "application/x-ndjson")).ReadErrorsAsync());
        var id = Guid.CreateVersion7();
        await (await ingest.PostTextAsync($"/responses/import?id={id}", "a,b\n", "text/csv")).ReadErrorsAsync();
        var refused = (await StatusAsync(id))!;
        Assert.Equal("refused", (string?)refused["state"]);
        Assert.NotNull(refused["errors"]!["survey"]);
        using var again = await ingest.PostTextAsync($"/responses/import?id={id}", Lines(1), "application/x-ndjson");
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Null(await StatusAsync(Guid.CreateVersion7()));
    }
}
