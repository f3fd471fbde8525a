using System.Text.Json;
using System.Text.Json.Nodes;

namespace CxSurveys.Web.Tests.Scores;

/// <summary>Answers that tests of scores start from.</summary>
internal static class Given
{
    public static string Line(string survey, object answers, object? segment = null, string at = "2026-02-16T09:00:00Z", string? customer = null, string? touchpoint = null, string? language = null) =>
        JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["id"] = Guid.CreateVersion7(),
            ["survey"] = survey,
            ["answers"] = answers,
            ["segment"] = segment,
            ["submittedAt"] = at,
            ["customer"] = customer is null ? null : new { id = customer },
            ["touchpoint"] = touchpoint,
            ["language"] = language,
        }.Where(member => member.Value is not null).ToDictionary());

    /// <summary>Imports the lines; all of them are good.</summary>
    public static async Task ImportAsync(this HttpClient admin, IReadOnlyCollection<string> lines)
    {
        var answer = await (await admin.PostTextAsync("/responses/import", string.Join('\n', lines), "application/x-ndjson")).ReadOkAsync();
        Assert.Equal(lines.Count, (int)answer["accepted"]!);
    }

    public static async Task SetAsync(this HttpClient admin, object settings) =>
        await (await admin.PutTextAsync("/settings", JsonSerializer.Serialize(settings))).ReadOkAsync();

    public static JsonObject Row(this JsonObject scores, string key) =>
        Assert.Single(scores["rows"]!.AsArray(), row => (string)row!["key"]! == key)!.AsObject();

    public static string[] Keys(this JsonObject scores) => [.. scores["rows"]!.AsArray().Select(row => (string)row!["key"]!)];

    public static bool Withheld(this JsonNode row) => (bool)row["withheld"]!;

    /// <summary>The worked cases of one file.</summary>
    public static IEnumerable<JsonObject> Cases(string file) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cases", file)))!["cases"]!.AsArray().Select(c => c!.AsObject());
}
