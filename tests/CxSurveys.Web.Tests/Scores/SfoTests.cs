using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Extensions;

namespace CxSurveys.Web.Tests.Scores;

/// <summary>The app with a real airport survey of 2,809 people in it, loaded over HTTP as an operator would.</summary>
public sealed class SfoApp(TestPostgres postgres) : CxApp(postgres)
{
    public JsonObject? Expected { get; private set; }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        if (Folder() is not { } folder) return;

        string Text(string file) => File.ReadAllText(Path.Combine(folder, file));
        var admin = WithKey("admin");
        await (await admin.PutTextAsync("/journey", Text("journey.json"))).ReadOkAsync();
        await admin.PublishAsync("sfo-2018", Text("survey.json"));
        var import = await (await admin.PostTextAsync("/responses/import", Text("responses.ndjson"), "application/x-ndjson")).ReadOkAsync();
        Assert.Equal(2809, (int)import["accepted"]!);
        Expected = JsonNode.Parse(Text("expected.json"))!.AsObject();
    }

    static string? Folder()
    {
        var shared = Environment.GetEnvironmentVariable("CxSurveys__SharedData") ?? Path.Combine(Root(), "..", "shared");
        var folder = Path.Combine(shared, "data", "sfo_2018");
        return Directory.Exists(folder) ? folder : null;
    }

    static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CxSurveys.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}

/// <summary>Every score and comparison of the survey against numbers computed outside the product.</summary>
public sealed class SfoTests(SfoApp app) : IClassFixture<SfoApp>
{
    const double Tolerance = 1e-9;

    /// <summary>Not in the contract: the expanded counts, and marks for the reader of the file.</summary>
    static readonly string[] LeftAside = ["responses", "positiveCount", "negativeCount", "belowMinimum", "method", "df", "query", "timeZone"];

    readonly HttpClient analyst = app.WithKey("analyst"), admin = app.WithKey("admin");

    JsonObject Expected()
    {
        if (app.Expected is { } expected) return expected;
        const string Missing = "The shared survey data is not there; CxSurveys__SharedData names its folder.";
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(Missing);
        Assert.Skip(Missing);
        return [];
    }

    [Theory]
    [InlineData("America/Los_Angeles")]
    [InlineData("UTC")]
    public async Task Every_score_is_the_expected_one(string zone)
    {
        var scores = Expected()["scores"]!.AsArray().Select(s => s!.AsObject())
            .Where(s => s["timeZone"] is { } own ? (string)own! == zone : zone == "America/Los_Angeles").ToList();
        Assert.NotEmpty(scores);
        await admin.SetAsync(new { timeZone = zone, minimumN = 1 });
        foreach (var score in scores)
        {
            var (query, actual) = (Query(score), await analyst.ReadAsync("/scores" + Query(score)));
            Same(query, score["definition"]!, actual["definition"]!);
            Same($"{query} total", score["total"]!, actual["total"]!);
            SameRows(query, score, actual);
        }
        Assert.Equal(0, await app.VerifyAsync());
    }

    [Fact]
    public async Task Every_comparison_is_the_expected_one()
    {
        var comparisons = Expected()["compare"]!.AsArray();
        Assert.NotEmpty(comparisons);
        await admin.SetAsync(new { timeZone = "America/Los_Angeles", minimumN = 1 });
        foreach (var comparison in comparisons.Select(c => c!.AsObject()))
            Same(Query(comparison), comparison, await analyst.ReadAsync("/scores/compare" + Query(comparison)));
    }

    [Fact]
    public async Task With_a_minimum_of_five_small_rows_are_withheld_and_give_nothing_away()
    {
        var scores = Expected()["scores"]!.AsArray().Select(s => s!.AsObject()).Where(s => s["timeZone"] is null).ToList();
        await admin.SetAsync(new { timeZone = "America/Los_Angeles", minimumN = 5 });
        var small = 0;
        foreach (var score in scores)
        {
            var actual = await analyst.ReadAsync("/scores" + Query(score));
            var below = score["rows"]!.AsArray().Where(r => r!["belowMinimum"] is not null).Select(r => (string)r!["key"]!).ToHashSet();
            var withheld = actual["rows"]!.AsArray().Where(r => r!.Withheld()).ToList();
            small += below.Count;
            Assert.Subset(withheld.Select(r => (string)r!["key"]!).ToHashSet(), below);
            Assert.True(withheld.Count != 1, Query(score));
            Assert.All(withheld, row => Assert.All(row!.AsObject(), member =>
                Assert.True(member.Value is null || member.Key is "key" or "name" or "n" or "withheld" or "segmentAbsent" or "survey", member.Key)));
        }
        Assert.True(small > 0);
    }

    static string Query(JsonObject entry)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in entry["query"]!.AsObject()) query.Add(name, (string)value!);
        return query.ToQueryString().Value!;
    }

    static void SameRows(string query, JsonObject expected, JsonObject actual)
    {
        // Time, questions and places come in their own order; of segments the file does not follow ours.
        var ordered = !query.Contains("by=segment", StringComparison.Ordinal);
        string[] keys = [.. expected["rows"]!.AsArray().Select(r => (string)r!["key"]!)];
        Assert.Equal(Sorted(keys), Sorted(actual.Keys()));
        foreach (var row in expected["rows"]!.AsArray()) Same($"{query} {row!["key"]}", row!, actual.Row((string)row!["key"]!));

        string[] Sorted(string[] all) => ordered ? all : [.. all.Order(StringComparer.Ordinal)];
    }

    static void Same(string where, JsonNode expected, JsonNode actual)
    {
        foreach (var (name, value) in expected.AsObject().Where(member => !LeftAside.Contains(member.Key)))
        {
            Assert.True(actual.AsObject().ContainsKey(name), $"{where}: {name} is missing");
            var given = actual[name];
            if (value is JsonObject) Same($"{where}.{name}", value, given!);
            else if (value?.GetValueKind() == System.Text.Json.JsonValueKind.Number) Near($"{where}.{name}", (double)value, (double?)given);
            else Assert.True(JsonNode.DeepEquals(value, given), $"{where}.{name}: expected {value?.ToJsonString()}, got {given?.ToJsonString()}");
        }
    }

    static void Near(string where, double expected, double? actual) =>
        Assert.True(actual is { } got && Math.Abs(got - expected) <= Tolerance * Math.Max(1, Math.Abs(expected)), $"{where}: expected {expected:R}, got {actual:R}");
}
