using System.Text.Json.Nodes;

namespace CxSurveys.Web.Tests.Responses;

public sealed class ListResponsesTests(CxApp app) : IClassFixture<CxApp>, IAsyncLifetime
{
    readonly HttpClient admin = app.WithKey("admin");

    public async ValueTask InitializeAsync()
    {
        await admin.PublishSmallAsync();
        if (await app.ResponsesAsync() > 0) return;
        await StoreAsync("""{ "recommend": 0 }""", """ "submittedAt": "2026-02-15T23:59:59Z", "language": "en", "channel": "email", "segment": { "country": "ID" } """);
        await StoreAsync("""{ "recommend": 9 }""", """ "submittedAt": "2026-02-16T00:00:00Z", "language": "th" """);
        await StoreAsync("""{ "recommend": 10 }""", """ "submittedAt": "2026-02-16T00:00:00Z" """);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    async Task StoreAsync(string answers, string more) => await (await admin.PostTextAsync("/responses",
        $$"""{ "id": "{{Guid.CreateVersion7()}}", "survey": "after-delivery", "answers": {{answers}}, {{more}} }""")).ReadOkAsync();

    [Theory]
    [InlineData("", 3)]
    [InlineData("language=en", 1)]
    [InlineData("language=th&channel=email", 0)]
    [InlineData("channel=email", 1)]
    [InlineData("segment.country=ID", 1)]
    [InlineData("segment.country=TH", 0)]
    [InlineData("from=2026-02-16", 2)]
    [InlineData("to=2026-02-16", 1)]
    [InlineData("from=2026-02-15&to=2026-02-17", 3)]
    [InlineData("from=0001-01-01&to=9999-12-31", 3)]
    [InlineData("question=recommend&value=0,10", 2)]
    [InlineData("question=recommend&value=-1", 0)]
    public async Task Each_filter_keeps_what_it_names(string query, int rows)
    {
        Assert.Equal(rows, (await admin.ReadAsync($"/responses?{query}"))["rows"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("cursor=!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!", "cursor")]
    [InlineData("cursor=", "cursor")]
    [InlineData("limit=501", "limit")]
    [InlineData("limit=0", "limit")]
    [InlineData("question=recommend&value=nine", "value")]
    [InlineData("question=recommend&value=9.0", "value")]
    [InlineData("question=recommend&value=", "value")]
    [InlineData("value=9", "value")]
    public async Task What_cannot_be_meant_is_named(string query, string path)
    {
        using var answer = await admin.GetAsync($"{Api.Root}/responses?{query}", TestContext.Current.CancellationToken);
        Assert.Contains(path, (await answer.ReadErrorsAsync()).Keys);
    }

    [Fact]
    public async Task Pages_end_where_the_next_begins_also_between_answers_of_one_instant()
    {
        var paged = new List<JsonNode>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await admin.ReadAsync($"/responses?limit=1{cursor}");
            paged.AddRange(page["rows"]!.AsArray()!);
            cursor = page["next"] is { } next ? $"&cursor={next}" : null;
        }
        var all = (await admin.ReadAsync("/responses"))["rows"]!.AsArray();
        Assert.Equal(all.Select(r => (string)r!["id"]!), paged.Select(r => (string)r["id"]!));
        Assert.Equal(all.OrderByDescending(r => (DateTimeOffset)r!["submittedAt"]!).ThenBy(r => (string)r!["id"]!, StringComparer.Ordinal).Select(r => (string)r!["id"]!), all.Select(r => (string)r!["id"]!));
    }
}
