using System.Text.Json.Nodes;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Tests.Accounts;

namespace CxSurveys.Web.Tests.Scores;

/// <summary>Other words are another line, unless somebody says that they measure the same; no number has two of them.</summary>
public sealed class LineTests(CxApp app) : IClassFixture<CxApp>, IAsyncLifetime
{
    const string January = "2026-01-10T09:00:00Z", February = "2026-02-10T09:00:00Z", March = "2026-03-10T09:00:00Z";

    readonly HttpClient admin = app.WithKey("admin");
    readonly string survey = "s" + Guid.NewGuid().ToString("n")[..12];

    public async ValueTask InitializeAsync()
    {
        await (await admin.PutTextAsync("/journey", Api.SmallJourney)).ReadOkAsync();
        await admin.SetAsync(new { minimumN = 5 });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    static string Worded(string text, string more = "") => $$"""{ "key": "rate", "kind": "csat", "text": { {{text}} }{{more}} }""";

    async Task<int> PublishAsync(string question, string body = "{}", string languages = "\"en\", \"th\"", string others = "")
    {
        await (await admin.PutTextAsync($"/surveys/{survey}", $$"""{ "name": "S", "languages": [{{languages}}], "questions": [ {{question}}{{others}} ] }""")).ReadOkAsync();
        return (int)(await (await admin.PostTextAsync($"/surveys/{survey}/publish", body)).ReadOkAsync())["version"]!;
    }

    Task AnswerAsync(int n, int value, string at, string? touchpoint = null) =>
        admin.ImportAsync([.. Enumerable.Range(0, n).Select(_ => Given.Line(survey, new { rate = value }, new { country = "ID" }, at, touchpoint: touchpoint))]);

    Task<JsonObject> ScoresAsync(string more = "") => admin.ReadAsync($"/scores?kind=csat&survey={survey}{more}");

    static JsonObject Other(JsonObject scores) => Assert.Single(scores["otherLines"]!.AsArray())!.AsObject();

    [Fact]
    public async Task Changed_words_begin_a_line_of_their_own_that_is_answered_alone()
    {
        await PublishAsync(Worded("\"en\": \"How was it?\""));
        await AnswerAsync(7, 1, January);
        await PublishAsync(Worded("\"en\": \"How did you like it?\""));
        var before = await ScoresAsync();
        Assert.Equal((7, "1", 0), ((int)before["total"]!["n"]!, (string)before["line"]!, before["otherLines"]!.AsArray().Count));

        await AnswerAsync(6, 5, February);
        var scores = await ScoresAsync("&by=month");
        Assert.Equal((6, 100, "2"), ((int)scores["total"]!["n"]!, (double)scores["total"]!["value"]!, (string)scores["line"]!));
        Assert.Equal(["2026-02"], scores.Keys());
        Assert.Equal($$"""{"question":"rate","survey":"{{survey}}","line":"1","versions":[1],"n":7}""", Other(scores).ToJsonString());
        Assert.Equal(7, (int)(await ScoresAsync("&to=2026-02-01"))["total"]!["n"]!);

        var lines = await ScoresAsync("&lines=all");
        Assert.Null(lines["total"]);
        Assert.Equal([("2", 6, 100.0, "How did you like it?"), ("1", 7, 0.0, "How was it?")], lines["rows"]!.AsArray().Select(r => ((string)r!["line"]!, (int)r["n"]!, (double)r["value"]!, (string)r["name"]!)));
        Assert.Equal([("2026-02", "2"), ("2026-01", "1")], (await ScoresAsync("&lines=all&by=month"))["rows"]!.AsArray().Select(r => ((string)r!["key"]!, (string)r["line"]!)));
    }

    [Fact]
    public async Task Spaces_case_punctuation_another_language_and_a_correction_before_the_first_answer_split_nothing()
    {
        await PublishAsync(Worded("\"en\": \"Hw was it?\""));
        await PublishAsync(Worded("\"en\": \"How was it?\""));
        await AnswerAsync(5, 1, January);
        await PublishAsync(Worded("\"en\": \"how  was it\", \"th\": \"เป็นอย่างไร\"", ", \"presentation\": \"stars\", \"required\": true"));
        await AnswerAsync(5, 5, February);
        await PublishAsync(Worded("\"en\": \"How was it?\""), languages: "\"en\"");
        await AnswerAsync(5, 5, February);
        var scores = await ScoresAsync();
        Assert.Equal((15, "1", 0), ((int)scores["total"]!["n"]!, (string)scores["line"]!, scores["otherLines"]!.AsArray().Count));

        await PublishAsync(Worded("\"en\": \"How was it?\", \"th\": \"ดีไหม\""));
        await AnswerAsync(5, 3, March);
        Assert.Equal((5, "5"), await LineAndNAsync());
    }

    async Task<(int N, string Line)> LineAndNAsync()
    {
        var scores = await ScoresAsync();
        return ((int)scores["total"]!["n"]!, (string)scores["line"]!);
    }

    [Fact]
    public async Task End_labels_are_words_and_other_standard_words_are_too()
    {
        await PublishAsync("""{ "key": "rate", "kind": "csat" }""", languages: "\"en\"");
        await AnswerAsync(5, 1, January);
        await PublishAsync("""{ "key": "rate", "kind": "csat", "labels": { "low": { "en": "Very dissatisfied" } } }""", languages: "\"en\"");
        await AnswerAsync(5, 1, January);
        Assert.Equal((10, "1"), await LineAndNAsync());
        await PublishAsync("""{ "key": "rate", "kind": "csat", "labels": { "low": { "en": "Awful" } } }""", languages: "\"en\"");
        await AnswerAsync(6, 1, January);
        Assert.Equal((6, "3"), await LineAndNAsync());
    }

    [Fact]
    public async Task Marked_as_the_same_measure_the_line_goes_on_and_taken_back_it_is_split_again_without_a_recount()
    {
        await PublishAsync(Worded("\"en\": \"How was it?\""));
        await AnswerAsync(7, 1, January);
        await PublishAsync(Worded("\"en\": \"How was it for you?\""), """{ "comparable": ["rate"], "reason": "Only friendlier" }""");
        await AnswerAsync(6, 5, February);
        Assert.Equal((13, "1"), await LineAndNAsync());
        var change = (await admin.ReadAsync($"/surveys/{survey}/versions"))["versions"]![0]!["wordings"]![0]!;
        Assert.Equal(("rate", "1", "test admin", "Only friendlier"), ((string)change["question"]!, (string)change["line"]!, (string)change["comparable"]!["by"]!, (string)change["comparable"]!["reason"]!));

        var cells = await CellsAsync();
        await (await admin.PutTextAsync($"/surveys/{survey}/versions/2/comparable", """{ "comparable": [] }""")).ReadOkAsync();
        Assert.Equal((6, "2"), await LineAndNAsync());
        await (await admin.PutTextAsync($"/surveys/{survey}/versions/2/comparable", """{ "comparable": ["rate"], "reason": "Checked" }""")).ReadOkAsync();
        await (await admin.PutTextAsync($"/surveys/{survey}/versions/2/comparable", """{ "comparable": ["rate"], "reason": "Checked" }""")).ReadOkAsync();
        Assert.Equal((13, "1"), await LineAndNAsync());
        Assert.Equal(cells, await CellsAsync());
        Assert.Equal(0, await app.VerifyAsync());
    }

    Task<string> CellsAsync() => app.WithDbAsync(db => Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.SingleAsync(
        Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.SqlQuery<string>(db.Database, $"select md5(string_agg(c::text, '|' order by c)) as \"Value\" from (select question_id, segment_id, day, place_id, value, sum(count) as count from cell_now group by 1, 2, 3, 4, 5) c"), TestContext.Current.CancellationToken));

    [Fact]
    public async Task An_unchanged_draft_marks_what_its_version_changed_and_keeps_its_number()
    {
        await PublishAsync(Worded("\"en\": \"How was it?\""));
        await AnswerAsync(7, 1, January);
        await PublishAsync(Worded("\"en\": \"Was it good?\""));
        await AnswerAsync(6, 5, February);
        Assert.Equal((6, "2"), await LineAndNAsync());
        Assert.Equal(2, await PublishAsync(Worded("\"en\": \"Was it good?\""), """{ "comparable": ["rate"] }"""));
        Assert.Equal((13, "1"), await LineAndNAsync());
    }

    [Theory]
    [InlineData("""{ "comparable": ["nothing"] }""", "comparable[0]")]
    [InlineData("""{ "comparable": ["rate", "Rate"] }""", "comparable[1]")]
    [InlineData("""{ "comparable": [null] }""", "comparable[0]")]
    [InlineData("""{ "comparable": ["rate"], "reason": "" }""", "reason")]
    public async Task An_unknown_comparable_question_is_refused_and_nothing_is_published(string body, string path)
    {
        await PublishAsync(Worded("\"en\": \"How was it?\""));
        await (await admin.PutTextAsync($"/surveys/{survey}", $$"""{ "name": "S", "languages": ["en"], "questions": [ {{Worded("\"en\": \"Else\"")}} ] }""")).ReadOkAsync();
        Assert.Equal([path], (await (await admin.PostTextAsync($"/surveys/{survey}/publish", body)).ReadErrorsAsync()).Keys);
        Assert.Equal(1, (int)(await admin.ReadAsync($"/surveys/{survey}"))["version"]!);
    }

    [Fact]
    public async Task A_version_published_again_goes_on_with_its_line()
    {
        await PublishAsync(Worded("\"en\": \"How was it?\""));
        await AnswerAsync(7, 1, January);
        await PublishAsync(Worded("\"en\": \"Was it good?\""));
        await AnswerAsync(6, 5, February);
        Assert.Equal(3, (int)(await (await admin.PostTextAsync($"/surveys/{survey}/versions/1/publish", "")).ReadOkAsync())["version"]!);
        Assert.Equal("How was it?", (string)(await admin.ReadAsync($"/surveys/{survey}"))["questions"]![0]!["text"]!["en"]!);
        await AnswerAsync(5, 1, March);
        var scores = await ScoresAsync();
        Assert.Equal((12, "1"), ((int)scores["total"]!["n"]!, (string)scores["line"]!));
        Assert.Equal(("2", 6), ((string)Other(scores)["line"]!, (int)Other(scores)["n"]!));
        Assert.Equal(3, (int)(await (await admin.PostTextAsync($"/surveys/{survey}/versions/1/publish", "")).ReadOkAsync())["version"]!);
        Assert.Equal(404, (int)(await admin.PostTextAsync($"/surveys/{survey}/versions/9/publish", "")).StatusCode);
    }

    [Fact]
    public async Task A_draft_with_changes_of_its_own_stays_when_a_version_is_published_again()
    {
        await PublishAsync(Worded("\"en\": \"How was it?\""));
        await PublishAsync(Worded("\"en\": \"Was it good?\""));
        await (await admin.PutTextAsync($"/surveys/{survey}", $$"""{ "name": "S", "languages": ["en"], "questions": [ {{Worded("\"en\": \"Half written\"")}} ] }""")).ReadOkAsync();
        await (await admin.PostTextAsync($"/surveys/{survey}/versions/1/publish", "")).ReadOkAsync();
        var stored = await admin.ReadAsync($"/surveys/{survey}");
        Assert.Equal((3, true, "Half written"), ((int)stored["version"]!, (bool)stored["draftChanged"]!, (string)stored["questions"]![0]!["text"]!["en"]!));
    }

    [Fact]
    public async Task Another_measure_is_another_definition_and_the_old_one_goes_on_with_its_line()
    {
        await PublishAsync(Worded("\"en\": \"How was it?\""));
        await AnswerAsync(7, 1, January);
        await PublishAsync(Worded("\"en\": \"How was it?\"", ", \"scale\": { \"min\": 1, \"max\": 5, \"positive\": [3, 4, 5] }"));
        await AnswerAsync(6, 3, February);
        using var refused = await admin.GetAsync($"{Api.Root}/scores?kind=csat&survey={survey}", TestContext.Current.CancellationToken);
        Assert.Equal(["definitions"], (await refused.ReadErrorsAsync()).Keys);
        await PublishAsync(Worded("\"en\": \"How was it?\""));
        await AnswerAsync(5, 1, March);
        await PublishAsync(Worded("\"en\": \"And now?\""));
        await AnswerAsync(9, 1, March);
        var blocks = (await ScoresAsync("&definitions=all"))["definitions"]!.AsArray();
        Assert.Equal([(9, "4"), (6, "2")], blocks.Select(b => ((int)b!["total"]!["n"]!, (string)b["line"]!)));
        Assert.Equal(("1", 12), ((string)blocks[0]!["otherLines"]![0]!["line"]!, (int)blocks[0]!["otherLines"]![0]!["n"]!));
        var every = (await ScoresAsync("&definitions=all&lines=all"))["definitions"]!.AsArray();
        Assert.Equal([("4", 9), ("1", 12), ("2", 6)], every.Select(b => ((string)b!["line"]!, (int)Assert.Single(b["rows"]!.AsArray())!["n"]!)));
        Assert.All(every, b => Assert.Null(b!["total"]));
    }

    [Fact]
    public async Task Of_two_questions_pooled_each_has_its_newest_line_and_the_block_has_none()
    {
        const string Second = """, { "key": "again", "kind": "csat", "text": { "en": "And again?" } }""";
        await PublishAsync(Worded("\"en\": \"How was it?\""), others: Second);
        await admin.ImportAsync([.. Enumerable.Range(0, 6).Select(_ => Given.Line(survey, new { rate = 1, again = 5 }, at: January))]);
        await PublishAsync(Worded("\"en\": \"Was it good?\""), others: Second);
        await admin.ImportAsync([.. Enumerable.Range(0, 8).Select(_ => Given.Line(survey, new { rate = 5, again = 5 }, at: February))]);
        var scores = await ScoresAsync("&by=question");
        Assert.Null(scores["line"]);
        Assert.Equal((22, 100), ((int)scores["total"]!["n"]!, (double)scores["total"]!["value"]!));
        Assert.Equal([("rate", 8, "2"), ("again", 14, "1")], scores["rows"]!.AsArray().Select(r => ((string)r!["key"]!, (int)r["n"]!, (string)r["line"]!)));
        Assert.Equal(("rate", 6), ((string)Other(scores)["question"]!, (int)Other(scores)["n"]!));
    }

    [Fact]
    public async Task A_small_line_stays_withheld_whatever_is_asked_beside_it()
    {
        const string Second = """, { "key": "again", "kind": "csat", "text": { "en": "And again?" } }""";
        await PublishAsync(Worded("\"en\": \"How was it?\""), others: Second);
        await admin.ImportAsync([.. Enumerable.Range(0, 3).Select(_ => Given.Line(survey, new { rate = 1, again = 5 }, at: January))]);
        await PublishAsync(Worded("\"en\": \"Was it good?\""), others: Second);
        await admin.ImportAsync([.. Enumerable.Range(0, 4).Select(_ => Given.Line(survey, new { rate = 5, again = 5 }, at: February))]);
        // rate 4 in its newest line, again 7: together 11, told; so again alone would give rate away.
        Assert.Equal(11, (int)(await ScoresAsync())["total"]!["n"]!);
        Assert.False((await ScoresAsync())["total"]!.Withheld());
        foreach (var query in new[] { "&lines=all", "&lines=all&by=question", "&lines=all&by=segment.country" })
            Assert.All((await ScoresAsync(query))["rows"]!.AsArray(), row => Assert.True(row!.Withheld(), $"{query}: {row}"));
        Assert.True((await ScoresAsync("&question=again&lines=all"))["rows"]![0]!.Withheld());
    }

    [Fact]
    public async Task Two_lines_are_compared_with_no_difference_and_one_line_with_itself()
    {
        await PublishAsync(Worded("\"en\": \"How was it?\""));
        await AnswerAsync(9, 1, January);
        await PublishAsync(Worded("\"en\": \"Was it good?\""));
        await AnswerAsync(8, 5, February);
        var path = $"/scores/compare?kind=csat&survey={survey}&a.from=2026-02-01&b.to=2026-02-01";
        var sides = await admin.ReadAsync(path);
        Assert.Null(sides["difference"]);
        Assert.Null(sides["verdict"]);
        Assert.Equal((8, 9), ((int)sides["a"]!["n"]!, (int)sides["b"]!["n"]!));
        Assert.Equal($$"""[{"question":"rate","survey":"{{survey}}","a":"2","b":"1"}]""", sides["linesDiffer"]!.ToJsonString());
        var why = await admin.ReadAsync(path.Replace("compare", "why", StringComparison.Ordinal) + "&by=segment.country");
        Assert.Null(why["difference"]);
        Assert.All(why["rows"]!.AsArray(), row => Assert.Null(row!["within"]));
        using var browser = await app.BrowseAsAsync(Role.Analyst);
        var page = $"/compare?kind=csat&survey={survey}&a.from=2026-02-01&a.to=2026-03-01&b.from=2026-01-01&b.to=2026-02-01";
        Assert.Contains("Wording changed, not comparable", await browser.ReadAsync(page), StringComparison.Ordinal);

        await (await admin.PutTextAsync($"/surveys/{survey}/versions/2/comparable", """{ "comparable": ["rate"] }""")).ReadOkAsync();
        Assert.Equal(100, (double)(await admin.ReadAsync(path))["difference"]!);
        Assert.DoesNotContain("not comparable", await browser.ReadAsync(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_latest_answer_of_a_customer_is_looked_for_within_a_line()
    {
        await PublishAsync(Worded("\"en\": \"How was it?\""));
        await admin.ImportAsync([.. Enumerable.Range(0, 6).Select(i => Given.Line(survey, new { rate = 1 }, at: January, customer: $"c{i}"))]);
        await PublishAsync(Worded("\"en\": \"Was it good?\""));
        await admin.ImportAsync([.. Enumerable.Range(0, 5).SelectMany(i => new[] { February, March }.Select(at => Given.Line(survey, new { rate = 5 }, at: at, customer: $"c{i}")))]);
        var scores = await ScoresAsync("&counting=customers");
        Assert.Equal((5, 6), ((int)scores["total"]!["n"]!, (int)Other(scores)["n"]!));
        Assert.Equal([5, 6], (await ScoresAsync("&counting=customers&lines=all"))["rows"]!.AsArray().Select(r => (int)r!["n"]!));
    }

    [Fact]
    public async Task A_list_of_responses_can_be_of_one_line()
    {
        await PublishAsync(Worded("\"en\": \"How was it?\""));
        await AnswerAsync(3, 4, January);
        await PublishAsync(Worded("\"en\": \"Was it good?\""));
        await AnswerAsync(2, 4, February);
        var list = $"/responses?survey={survey}&question=rate&value=4";
        Assert.Equal(5, (await admin.ReadAsync(list))["rows"]!.AsArray().Count);
        Assert.Equal(3, (await admin.ReadAsync(list + "&line=1"))["rows"]!.AsArray().Count);
        using var none = await admin.GetAsync(Api.Root + list + "&line=7", TestContext.Current.CancellationToken);
        Assert.Equal(["line"], (await none.ReadErrorsAsync()).Keys);
    }
}
