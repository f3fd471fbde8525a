namespace CxSurveys.Web.Tests.Scores;

/// <summary>What the doors of scores refuse, by the name of the parameter; and how rows come.</summary>
public sealed class ScoreRequestTests(CxApp app) : IClassFixture<CxApp>, IAsyncLifetime
{
    readonly HttpClient admin = app.WithKey("admin");

    public async ValueTask InitializeAsync()
    {
        await admin.PublishSmallAsync();
        await admin.SetAsync(new { minimumN = 1 });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("", "kind")]
    [InlineData("kind=choice", "kind")]
    [InlineData("kind=NPS", "kind")]
    [InlineData("kind=nps&kind=nps", "kind")]
    [InlineData("kind=nps&colour=red", "colour")]
    [InlineData("kind=nps&From=2026-01-01", "From")]
    [InlineData("kind=nps&segment.=x", "segment.")]
    [InlineData("kind=nps&segment.plan=a&segment.plan=b", "segment.plan")]
    [InlineData("kind=nps&segment.plan=%00", "segment.plan")]
    [InlineData("kind=nps&survey=nowhere", "survey")]
    [InlineData("kind=nps&survey=No%20Key", "survey")]
    [InlineData("kind=nps&question=nothing", "question")]
    [InlineData("kind=nps&question=delivery", "question")]
    [InlineData("kind=nps&touchpoint=nowhere", "touchpoint")]
    [InlineData("kind=nps&stage=nowhere", "stage")]
    [InlineData("kind=nps&asked=survey", "asked")]
    [InlineData("kind=nps&from=2026-02-30", "from")]
    [InlineData("kind=nps&from=2026-2-3", "from")]
    [InlineData("kind=nps&from=2026-03-01&to=2026-02-01", "from")]
    [InlineData("kind=nps&language=", "language")]
    [InlineData("kind=nps&by=year", "by")]
    [InlineData("kind=nps&by=segment.", "by")]
    [InlineData("kind=nps&counting=people", "counting")]
    [InlineData("kind=nps&level=1", "level")]
    [InlineData("kind=nps&level=0.49", "level")]
    [InlineData("kind=nps&level=0,95", "level")]
    [InlineData("kind=nps&level=NaN", "level")]
    [InlineData("kind=nps&definitions=some", "definitions")]
    public async Task A_bad_parameter_is_refused_by_its_name(string query, string name)
    {
        using var answer = await admin.GetAsync($"{Api.Root}/scores?{query}", TestContext.Current.CancellationToken);
        Assert.Equal([name], (await answer.ReadErrorsAsync()).Keys);
    }

    [Theory]
    [InlineData("a.touchpoint=delivery", "kind")]
    [InlineData("kind=csat&a.kind=nps", "a.kind")]
    [InlineData("kind=csat&a.level=0.9", "a.level")]
    [InlineData("kind=csat&b.counting=customers", "b.counting")]
    [InlineData("kind=csat&by=day", "by")]
    [InlineData("kind=csat&a.touchpoint=nowhere", "a.touchpoint")]
    [InlineData("kind=csat&touchpoint=nowhere&a.touchpoint=delivery", "touchpoint")]
    [InlineData("kind=csat&a.from=2026-03-01&to=2026-02-01", "a.from")]
    [InlineData("kind=csat&c.touchpoint=delivery", "c.touchpoint")]
    public async Task A_bad_parameter_of_a_comparison_is_refused_by_its_name(string query, string name)
    {
        using var answer = await admin.GetAsync($"{Api.Root}/scores/compare?{query}", TestContext.Current.CancellationToken);
        Assert.Equal([name], (await answer.ReadErrorsAsync()).Keys);
    }

    [Fact]
    public async Task Places_that_are_asked_about_are_rows_before_the_first_answer()
    {
        var scores = await admin.ReadAsync("/scores?kind=csat&by=touchpoint&survey=after-delivery&from=2030-01-01");
        Assert.Equal(["delivery"], scores.Keys());
        Assert.Equal(0, (int)scores.Row("delivery")["n"]!);
        Assert.Null(scores.Row("delivery")["value"]);
        Assert.Equal(["purchase"], (await admin.ReadAsync("/scores?kind=ces&by=stage&asked=stage&survey=after-delivery&from=2030-01-01")).Keys());
    }

    [Fact]
    public async Task What_is_asked_about_a_stage_or_the_journey_is_never_in_the_touchpoints_pool()
    {
        await admin.ImportAsync([
            Given.Line("after-delivery", new { recommend = 9, delivery = 4, easy = 7, box = -2 }, new { about = "place" }, touchpoint: "support"),
            Given.Line("after-delivery", new { recommend = 0, delivery = 1, easy = 1, box = 2 }, new { about = "place" })]);
        Assert.Equal(2, (int)(await admin.ReadAsync("/scores?kind=nps&survey=after-delivery&segment.about=place&asked=journey"))["total"]!["n"]!);
        Assert.Equal(0, (int)(await admin.ReadAsync("/scores?kind=nps&survey=after-delivery&segment.about=place&by=touchpoint"))["total"]!["n"]!);
        Assert.Equal(0, (int)(await admin.ReadAsync("/scores?kind=ces&survey=after-delivery&segment.about=place&stage=purchase"))["total"]!["n"]!);
        Assert.Equal(4.0, (double)(await admin.ReadAsync("/scores?kind=ces&survey=after-delivery&segment.about=place&by=stage&asked=stage")).Row("purchase")["value"]!);

        // The box is asked wherever the response was: once at support, once nowhere.
        Assert.Equal(-2.0, (double)(await admin.ReadAsync("/scores?kind=rating&survey=after-delivery&segment.about=place&by=touchpoint")).Row("support")["value"]!);
        Assert.Equal(2, (int)(await admin.ReadAsync("/scores?kind=rating&survey=after-delivery&segment.about=place&by=question")).Row("box")["n"]!);
    }

    [Fact]
    public async Task Two_definitions_are_never_added()
    {
        const string Survey = """{ "name": "N", "languages": ["en"], "questions": [ { "key": "five", "kind": "csat", "text": { "en": "5?" } }, { "key": "seven", "kind": "csat", "text": { "en": "7?" }, "scale": { "min": 1, "max": 7 } } ] }""";
        await admin.PublishAsync("two-scales", Survey);
        await admin.ImportAsync([Given.Line("two-scales", new { five = 5, seven = 7 })]);
        using var refused = await admin.GetAsync($"{Api.Root}/scores?kind=csat&survey=two-scales", TestContext.Current.CancellationToken);
        var message = Assert.Single((await refused.ReadErrorsAsync())["definitions"]);
        Assert.Contains("csat;1..5;", message, StringComparison.Ordinal);
        Assert.Contains("csat;1..7;", message, StringComparison.Ordinal);

        var all = await admin.ReadAsync("/scores?kind=csat&survey=two-scales&definitions=all&by=question");
        var blocks = all["definitions"]!.AsArray().Select(b => b!.AsObject()).ToList();
        Assert.Equal([5, 7], blocks.Select(b => (int)b["definition"]!["max"]!));
        Assert.Equal(["five"], blocks[0].Keys());
        Assert.All(blocks, b => Assert.Equal("1", (string)b["line"]!));
        Assert.Equal(1, (int)(await admin.ReadAsync("/scores?kind=csat&survey=two-scales&question=seven"))["total"]!["n"]!);
    }

    [Fact]
    public async Task Language_is_the_responses_own_and_not_an_attribute_of_that_name()
    {
        await admin.ImportAsync([
            Given.Line("after-delivery", new { delivery = 5 }, segment: new { language = "th", only = "here" }, language: "en"),
            Given.Line("after-delivery", new { delivery = 1 }, segment: new { only = "here" }, language: "th")]);
        async Task<double?> ValueAsync(string filter) => (double?)(await admin.ReadAsync($"/scores?kind=csat&survey=after-delivery&segment.only=here&{filter}"))["total"]!["value"];
        Assert.Equal(0, await ValueAsync("language=th"));
        Assert.Equal(100, await ValueAsync("segment.language=th"));
        var rows = await admin.ReadAsync("/scores?kind=csat&survey=after-delivery&segment.only=here&by=segment.language");
        Assert.Equal(["th", ""], rows.Keys());
        Assert.True((bool)rows.Row("")["segmentAbsent"]!);
    }

    [Fact]
    public async Task Weeks_start_on_monday_and_months_are_named_by_year_and_month()
    {
        await admin.ImportAsync([Given.Line("after-delivery", new { box = 1 }, segment: new { time = "rows" }, at: "2026-02-22T23:00:00Z"), Given.Line("after-delivery", new { box = 1 }, segment: new { time = "rows" }, at: "2026-03-01T00:00:00Z")]);
        Assert.Equal(["2026-02-16", "2026-02-23"], (await admin.ReadAsync("/scores?kind=rating&segment.time=rows&by=week")).Keys());
        Assert.Equal(["2026-02", "2026-03"], (await admin.ReadAsync("/scores?kind=rating&segment.time=rows&by=month")).Keys());
        Assert.Equal(1, (int)(await admin.ReadAsync("/scores?kind=rating&segment.time=rows&from=2026-02-22&to=2026-03-01"))["total"]!["n"]!);
    }
}
