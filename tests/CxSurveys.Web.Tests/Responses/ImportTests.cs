using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using CxSurveys.Web.Platform.Import;

namespace CxSurveys.Web.Tests.Responses;

public sealed class ImportTests(CxApp app) : IClassFixture<CxApp>, IAsyncLifetime
{
    readonly HttpClient admin = app.WithKey("admin"), ingest = app.WithKey("ingest");

    public async ValueTask InitializeAsync() => await admin.PublishSmallAsync();

    public async ValueTask DisposeAsync() => Assert.Equal(0, await app.VerifyAsync());

    static string Line(string answers) => $$"""{"id":"{{Guid.CreateVersion7()}}","survey":"after-delivery","answers":{{answers}}}""";

    async Task<JsonObject> ImportAsync(string lines) => await (await ingest.PostTextAsync("/responses/import", lines, "application/x-ndjson")).ReadOkAsync();

    [Fact]
    public async Task Good_lines_are_stored_bad_ones_named_and_running_it_again_adds_nothing()
    {
        long before = await app.ResponsesAsync();
        string twice = Line("""{"recommend":1}""");
        var lines = new List<string>();
        for (int i = 0; i < 600; i++) lines.Add(Line($"{{\"recommend\":{i % 11}}}"));
        lines[9] = Line("""{"recommend":11}""");
        lines[299] = "not json";
        lines[400] = "";
        lines[500] = Line("{\"why\":\"" + new string('x', 300_000) + "\"}");
        lines.AddRange([twice, twice]);
        string text = "\uFEFF" + string.Join("\r\n", lines);

        var first = await ImportAsync(text);
        Assert.Equal(597, (long)first["accepted"]!);
        Assert.Equal(1, (long)first["duplicates"]!);
        Assert.Equal([10L, 300L, 501L], first["rejected"]!.AsArray().Select(r => (long)r!["line"]!));
        Assert.NotNull(first["rejected"]![0]!["errors"]!["answers.recommend"]);
        Assert.Equal(before + 597, await app.ResponsesAsync());

        var again = await ImportAsync(text);
        Assert.Equal(0, (long)again["accepted"]!);
        Assert.Equal(598, (long)again["duplicates"]!);
        Assert.Equal(before + 597, await app.ResponsesAsync());
    }

    [Fact]
    public async Task A_known_id_with_other_content_is_a_rejected_line()
    {
        string line = Line("""{"recommend":5}""");
        await ImportAsync(line);
        var result = await ImportAsync(line.Replace(":5}", ":6}", StringComparison.Ordinal));
        Assert.NotNull(result["rejected"]![0]!["errors"]!["id"]);
    }

    [Fact]
    public async Task Other_media_types_and_nothing_at_all_store_nothing()
    {
        Assert.Equal(415, (int)(await ingest.PostTextAsync("/responses/import", "a,b", "image/png")).StatusCode);
        Assert.Equal(0, (long)(await ImportAsync(""))["accepted"]!);
    }

    [Fact]
    public async Task A_last_line_without_a_line_end_counts_and_one_beyond_the_limit_is_one_rejected_line()
    {
        var result = await ImportAsync(new StringBuilder().Append('x', 900_000).Append('\n').Append(Line("""{"recommend":0}""")).ToString());
        Assert.Equal(1, (long)result["accepted"]!);
        Assert.Equal(1L, (long)result["rejected"]!.AsArray().Single()!["line"]!);
    }

    [Fact]
    public async Task The_stream_is_given_back_at_its_end_so_that_the_connection_lives_on()
    {
        var stream = new Pipe();
        await stream.Writer.WriteAsync("a\n\nb"u8.ToArray(), TestContext.Current.CancellationToken);
        await stream.Writer.CompleteAsync();
        var numbers = new List<long>();
        await foreach (var line in LineReader.ReadAsync(stream.Reader, TestContext.Current.CancellationToken)) numbers.Add(line.Number);
        Assert.Equal([1L, 2L, 3L], numbers);
        Assert.True(stream.Reader.TryRead(out var rest));
        Assert.True(rest.IsCompleted && rest.Buffer.IsEmpty);
    }
}
