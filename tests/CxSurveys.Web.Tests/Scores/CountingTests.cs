using System.Text.Json.Nodes;

namespace CxSurveys.Web.Tests.Scores;

/// <summary>The worked cases of both counting modes, and what the cases do not say.</summary>
public sealed class CountingTests(CxApp app) : IClassFixture<CxApp>
{
    readonly HttpClient admin = app.WithKey("admin");

    public static TheoryData<string> Names => [.. Given.Cases("counting.json").Select(c => (string)c["name"]!)];

    [Theory, MemberData(nameof(Names))]
    public async Task Each_mode_counts_as_worked_out_by_hand(string name)
    {
        var worked = Given.Cases("counting.json").Single(c => (string)c["name"]! == name);
        var survey = await PublishAsync();
        await admin.SetAsync(new { minimumN = 1 });
        await admin.ImportAsync([.. worked["input"]!["responses"]!.AsArray().Select(r =>
            Given.Line(survey, new { rate = (int)r!["value"]! }, at: (string)r["at"]!, customer: (string)r["customer"]!))]);

        var (from, to) = (((string)worked["input"]!["from"]!)[..10], ((string)worked["input"]!["to"]!)[..10]);
        foreach (var mode in new[] { "responses", "customers" })
        {
            var total = (await admin.ReadAsync($"/scores?kind=nps&survey={survey}&from={from}&to={to}&counting={mode}"))["total"]!;
            var expected = worked["expected"]![mode]!;
            Assert.Equal((long)expected["n"]!, (long)total["n"]!);
            Assert.True(JsonNode.DeepEquals(expected["counts"], total["counts"]), total["counts"]!.ToJsonString());
            Assert.Equal((double?)expected["value"], (double?)total["value"]);
        }
    }

    [Fact]
    public async Task Answers_without_a_customer_are_each_their_own_person_and_told_apart()
    {
        var survey = await PublishAsync();
        await admin.SetAsync(new { minimumN = 1 });
        await admin.ImportAsync([
            Given.Line(survey, new { rate = 10 }), Given.Line(survey, new { rate = 10 }), Given.Line(survey, new { }),
            Given.Line(survey, new { rate = 0 }, customer: "x"), Given.Line(survey, new { rate = 10 }, at: "2026-02-17T09:00:00Z", customer: "x")]);
        var total = (await admin.ReadAsync($"/scores?kind=nps&survey={survey}&counting=customers"))["total"]!;
        Assert.Equal((3, 2, 1, 100.0), ((int)total["n"]!, (int)total["anonymous"]!, (int)total["skipped"]!, (double)total["value"]!));
    }

    [Fact]
    public async Task Within_each_row_a_customer_counts_once_so_rows_need_not_add_up()
    {
        var survey = await PublishAsync();
        await admin.SetAsync(new { minimumN = 1 });
        await admin.ImportAsync([
            Given.Line(survey, new { rate = 0 }, at: "2026-02-16T09:00:00Z", customer: "y"),
            Given.Line(survey, new { rate = 9 }, at: "2026-02-16T10:00:00Z", customer: "y"),
            Given.Line(survey, new { rate = 7 }, at: "2026-02-17T09:00:00Z", customer: "y")]);
        var scores = await admin.ReadAsync($"/scores?kind=nps&survey={survey}&counting=customers&by=day");
        Assert.Equal(100.0, (double)scores.Row("2026-02-16")["value"]!);
        Assert.Equal(0.0, (double)scores.Row("2026-02-17")["value"]!);
        Assert.Equal((1, 0.0), ((int)scores["total"]!["n"]!, (double)scores["total"]!["value"]!));
    }

    [Fact]
    public async Task A_question_is_one_over_the_versions_of_its_line()
    {
        var survey = await PublishAsync();
        await admin.SetAsync(new { minimumN = 1 });
        await admin.ImportAsync([Given.Line(survey, new { rate = 2 }, customer: "z")]);
        await admin.PublishAsync(survey, """{ "name": "N", "languages": ["en"], "questions": [ { "key": "rate", "kind": "nps", "text": { "en": "Recommend us now?" } } ] }""", """{ "comparable": ["rate"] }""");
        await admin.ImportAsync([Given.Line(survey, new { rate = 10 }, at: "2026-02-18T09:00:00Z", customer: "z")]);
        Assert.Equal(1, (int)(await admin.ReadAsync($"/scores?kind=nps&survey={survey}&counting=customers"))["total"]!["n"]!);
        var scores = await admin.ReadAsync($"/scores?kind=nps&survey={survey}&by=question");
        Assert.Equal((2, "Recommend us now?"), ((int)scores.Row("rate")["n"]!, (string)scores.Row("rate")["name"]!));
    }

    async Task<string> PublishAsync()
    {
        var survey = "s" + Guid.NewGuid().ToString("N");
        await admin.PublishAsync(survey, """{ "name": "N", "languages": ["en"], "questions": [ { "key": "rate", "kind": "nps", "text": { "en": "Recommend?" } } ] }""");
        return survey;
    }
}
