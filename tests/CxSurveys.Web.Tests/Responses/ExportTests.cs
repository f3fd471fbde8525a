using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MiniExcelLibs;

namespace CxSurveys.Web.Tests.Responses;

/// <summary>An export, brought in again: nothing new where it came from, everything in an empty instance.</summary>
public sealed class ExportTests(CxApp app, TestPostgres postgres) : IClassFixture<CxApp>, IAsyncLifetime
{
    const string Survey = """
        { "name": "All kinds", "languages": ["en"], "questions": [
            { "key": "recommend", "kind": "nps", "journey": true },
            { "key": "pay", "kind": "choice", "text": { "en": "How did you pay?" }, "options": [ { "key": "card", "text": { "en": "Card" } }, { "key": "cash", "text": { "en": "Cash" } } ] },
            { "key": "used", "kind": "multi", "text": { "en": "What did you use?" }, "options": [ { "key": "app", "text": { "en": "App" } }, { "key": "web", "text": { "en": "Web" } } ] },
            { "key": "why", "kind": "text", "text": { "en": "Why?" } } ] }
        """;

    static readonly string[] Texts = ["=1+1", "'quoted", "''=twice", "'=once", "plain, with \"quotes\"", "two\r\nlines\nand one", " - a list", "＝wide", "\ttab", "‏مرحبا", "a;b", "_x0041_ <&> \u000b", "0", "no, thanks"];

    static readonly string[] Used = ["web", "app"];

    readonly HttpClient admin = app.WithKey("admin");

    public async ValueTask InitializeAsync()
    {
        await PublishAsync(admin);
        if (await app.ResponsesAsync() > 0) return;
        var lines = Texts.Select((text, i) => JsonSerializer.Serialize(new
        {
            id = Guid.CreateVersion7(),
            survey = "all-kinds",
            touchpoint = i % 2 == 0 ? "delivery" : null,
            submittedAt = $"2026-02-{i + 1:00}T10:20:30.123456+07:00",
            language = i % 3 == 0 ? "th" : null,
            channel = i % 3 == 1 ? "=email" : null,
            customer = i % 4 == 0 ? new { id = $"-c{i % 8}", email = $"c{i % 8}@larkfield.example", name = "Siti" } : null,
            segment = i % 2 == 0 ? new Dictionary<string, string> { ["country"] = "ID", ["=plan"] = "+plus" } : [],
            answers = new Dictionary<string, object> { ["recommend"] = i % 11, ["pay"] = "card", ["used"] = Used, ["why"] = text },
        })).Append($$"""{ "id": "{{Guid.CreateVersion7()}}", "survey": "all-kinds", "submittedAt": "2026-02-20T00:00:00Z", "answers": { } }""");
        var imported = await (await admin.PostTextAsync("/responses/import", string.Join('\n', lines.Select(l => l.ReplaceLineEndings(""))), "application/x-ndjson")).ReadOkAsync();
        Assert.Equal(Texts.Length + 1, (int)imported["accepted"]!);
    }

    public async ValueTask DisposeAsync() => Assert.Equal(0, await app.VerifyAsync());

    static async Task PublishAsync(HttpClient admin)
    {
        await (await admin.PutTextAsync("/journey", Api.SmallJourney)).ReadOkAsync();
        await admin.PublishAsync("all-kinds", Survey);
    }

    static async Task<string> ExportAsync(HttpClient admin) => Encoding.UTF8.GetString(await ExportAsync(admin, "text/csv"));

    static async Task<byte[]> ExportAsync(HttpClient admin, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/responses") { Headers = { Accept = { new MediaTypeWithQualityHeaderValue(type) } } };
        using var answer = await admin.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(type, answer.EnsureSuccessStatusCode().Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    static async Task<JsonObject> ImportAsync(HttpClient client, string csv) => await (await client.PostTextAsync("/responses/import", csv, "text/csv")).ReadOkAsync();

    [Fact]
    public async Task Where_it_came_from_nothing_is_new()
    {
        var again = await ImportAsync(app.WithKey("ingest"), await ExportAsync(admin));
        Assert.Equal((0, Texts.Length + 1, 0), ((int)again["accepted"]!, (int)again["duplicates"]!, again["rejected"]!.AsArray().Count));
    }

    [Fact]
    public async Task In_an_empty_instance_everything_comes_back_with_the_same_scores()
    {
        await using var empty = new CxApp(postgres);
        await empty.InitializeAsync();
        var other = empty.WithKey("admin");
        await PublishAsync(other);
        string exported = await ExportAsync(admin);

        var imported = await ImportAsync(other, exported);
        Assert.Equal((Texts.Length + 1, 0, 0), ((int)imported["accepted"]!, (int)imported["duplicates"]!, imported["rejected"]!.AsArray().Count));
        Assert.Equal(exported, await ExportAsync(other));
        foreach (string scores in (string[])["/scores?kind=nps&by=day", "/scores?kind=nps&by=segment.country&counting=customers"])
            Assert.Equal((await admin.ReadAsync(scores)).ToJsonString(), (await other.ReadAsync(scores)).ToJsonString());
        Assert.Equal(0, await empty.VerifyAsync());
    }

    [Fact]
    public async Task A_line_that_was_changed_is_refused_and_the_stored_one_stays()
    {
        string exported = await ExportAsync(admin), changed = exported.Replace("no, thanks", "yes, thanks", StringComparison.Ordinal);
        var result = await ImportAsync(admin, changed);
        Assert.Equal((0, Texts.Length), ((int)result["accepted"]!, (int)result["duplicates"]!));
        Assert.NotNull(result["rejected"]!.AsArray().Single()!["errors"]!["id"]);
        Assert.Equal(exported, await ExportAsync(admin));
    }

    [Fact]
    public async Task A_workbook_has_the_same_cells_and_no_formula()
    {
        using var workbook = new MemoryStream(await ExportAsync(admin, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"));
        // Cells that a reader of workbooks takes for nothing are empty in a CSV.
        var rows = workbook.Query().Select(row => ((IDictionary<string, object?>)row).Values.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture)!).ToArray()).ToList();
        string[] why = [.. rows.Skip(1).Select(row => row[^1]).Where(text => text.Length > 0)];
        Assert.Equal(Texts.Order(StringComparer.Ordinal), why.Order(StringComparer.Ordinal));
        Assert.Equal(["id", "survey", "version"], rows[0][..3]);
        Assert.Equal("=plan", rows[0].Single(head => head.EndsWith("plan", StringComparison.Ordinal))["segment.".Length..]);
        Assert.Equal("1", rows[1][2]);

        workbook.Position = 0;
        using var zip = new ZipArchive(workbook);
        using var sheet = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        string xml = await sheet.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("<f>", xml, StringComparison.Ordinal);
        Assert.Contains("<c s=\"1\" t=\"inlineStr\"><is><t xml:space=\"preserve\">=1+1</t>", xml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "header")]
    [InlineData("id,why\n", "survey")]
    [InlineData("id,survey,colour\n", "colour")]
    [InlineData("id,survey,id\n", "id")]
    public async Task A_wrong_header_is_named_and_nothing_stored(string csv, string field)
    {
        long before = await app.ResponsesAsync();
        var errors = await (await admin.PostTextAsync("/responses/import", csv, "text/csv")).ReadErrorsAsync();
        Assert.NotNull(errors[field]);
        Assert.Equal(before, await app.ResponsesAsync());
    }

    [Fact]
    public async Task A_bad_cell_is_named_by_line_and_field()
    {
        string id = Guid.CreateVersion7().ToString();
        var result = await ImportAsync(admin, $"id,survey,version,answer.recommend\n{id},all-kinds,1,eleven\nnone,all-kinds,1,1\n{id},all-kinds,first,1\n{id},all-kinds,1\n{Guid.CreateVersion7()},nowhere,1,1\n");
        var rejected = result["rejected"]!.AsArray();
        Assert.Equal([2L, 3L, 4L, 5L, 6L], rejected.Select(r => (long)r!["line"]!));
        Assert.Equal(["answers.recommend", "id", "version", "", "survey"], rejected.Select(r => r!["errors"]!.AsObject().First().Key));
    }
}
