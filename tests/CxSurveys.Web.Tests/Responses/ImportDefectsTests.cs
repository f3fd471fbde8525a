using System.Text;
using System.Text.Json.Nodes;

namespace CxSurveys.Web.Tests.Responses;

/// <summary>Ten thousand lines of which a thousand are wrong, in twenty-five ways: exactly those are refused, each by its line and field.</summary>
public sealed class ImportDefectsTests(CxApp app) : IClassFixture<CxApp>, IAsyncLifetime
{
    const int Lines = 10_000, BadEvery = 10;

    public async ValueTask InitializeAsync() => await app.WithKey("admin").PublishSmallAsync();

    public async ValueTask DisposeAsync() => Assert.Equal(0, await app.VerifyAsync());

    /// <summary>What is done to a good line, and the field that is then named.</summary>
    static readonly (Action<JsonObject> Spoil, string Field)[] Defects =
    [
        (r => r.Remove("id"), "id"),
        (r => r["id"] = "17", "id"),
        (r => r["id"] = Guid.Empty.ToString(), "id"),
        (r => r.Remove("survey"), "survey"),
        (r => r["survey"] = "another", "survey"),
        (r => r["touchpoint"] = "nowhere", "touchpoint"),
        (r => r.Remove("answers"), "answers"),
        (r => r["colour"] = "red", "colour"),
        (r => r["answers"]!["recommend"] = 11, "answers.recommend"),
        (r => r["answers"]!["recommend"] = -1, "answers.recommend"),
        (r => r["answers"]!["recommend"] = "9", "answers.recommend"),
        (r => r["answers"]!["recommend"] = 8.5, "answers.recommend"),
        (r => r["answers"]!["recommend"] = true, "answers.recommend"),
        (r => r["answers"]!["nobody-asked"] = 1, "answers.nobody-asked"),
        (r => r["answers"]!["why"] = new string('x', 4001), "answers.why"),
        (r => r["answers"]!["why"] = "a\0b", "answers.why"),
        (r => r["answers"]!["how"] = "barter", "answers.how"),
        (r => r["answers"]!["what"] = "a", "answers.what"),
        (r => r["answers"]!["what"] = new JsonArray("a", "a"), "answers.what[1]"),
        (r => r["submittedAt"] = "2026-01-01T10:00:00", "submittedAt"),
        (r => r["submittedAt"] = "1999-12-31T10:00:00Z", "submittedAt"),
        (r => r["segment"]!["country"] = "", "segment.country"),
        (r => r["customer"] = new JsonObject { ["id"] = "c", ["email"] = "nobody" }, "customer.email"),
        (r => r["customer"] = new JsonObject { ["name"] = "Nobody" }, "customer.id"),
        (r => r["language"] = "not a language", "language"),
    ];

    static JsonObject Good(int line) => new()
    {
        ["id"] = Guid.CreateVersion7().ToString(),
        ["survey"] = "after-delivery",
        ["submittedAt"] = $"2025-{1 + (line % 12):00}-{1 + (line % 28):00}T10:00:00+07:00",
        ["segment"] = new JsonObject { ["country"] = line % 2 == 0 ? "ID" : "TH" },
        ["answers"] = new JsonObject { ["recommend"] = line % 11, ["delivery"] = 1 + (line % 5), ["how"] = "cash" },
    };

    [Fact]
    public async Task Exactly_the_wrong_lines_are_refused_each_by_its_line_and_field_and_run_again_nothing_is_added()
    {
        var (file, expected) = (new StringBuilder(), new List<(long, string)>());
        for (int line = 1; line <= Lines; line++)
        {
            var response = Good(line);
            if (line % BadEvery == 0)
            {
                var (spoil, field) = Defects[line / BadEvery % Defects.Length];
                spoil(response);
                expected.Add((line, field));
            }
            file.Append(response.ToJsonString()).Append('\n');
        }

        var first = await ImportAsync(file.ToString());
        Assert.Equal((9000, 0), ((int)first["accepted"]!, (int)first["duplicates"]!));
        Assert.Equal(expected, first["rejected"]!.AsArray().Select(r => ((long)r!["line"]!, string.Join(',', r["errors"]!.AsObject().Select(e => e.Key)))));
        Assert.Equal(9000, await app.ResponsesAsync());

        var again = await ImportAsync(file.ToString());
        Assert.Equal((0, 9000, 1000), ((int)again["accepted"]!, (int)again["duplicates"]!, again["rejected"]!.AsArray().Count));
        Assert.Equal(9000, await app.ResponsesAsync());
    }

    async Task<JsonObject> ImportAsync(string lines) => await (await app.WithKey("ingest").PostTextAsync("/responses/import", lines, "application/x-ndjson")).ReadOkAsync();
}
