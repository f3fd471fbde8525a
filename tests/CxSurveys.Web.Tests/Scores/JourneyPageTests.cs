using System.Net;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Tests.Accounts;

namespace CxSurveys.Web.Tests.Scores;

public sealed class JourneyPageTests(CxApp app) : IClassFixture<CxApp>
{
    readonly HttpClient admin = app.WithKey("admin");

    [Fact]
    public async Task What_the_form_sends_becomes_an_address_without_defaults()
    {
        using var browser = await app.BrowseAsAsync(Role.Analyst);
        await admin.PublishSmallAsync();
        using var answer = await browser.GetAsync("/journey?metric=csat%3B1..5%3Bhigher%3B%2B4%2C5%3B-1%2C2&period=&vs=&from=2026-02-01&until=2026-02-28&channel=&segment.country=ID&counting=customers");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/journey?kind=csat&from=2026-02-01&to=2026-03-01&counting=customers&segment.country=ID", answer.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(answer.Headers.Location.ToString())).StatusCode);
    }

    [Theory]
    [InlineData("from=2026-13-01")]
    [InlineData("vs=2026-01-01")]
    [InlineData("colour=red")]
    [InlineData("touchpoint=nowhere")]
    [InlineData("definition=nps")]
    [InlineData("metric=nps")]
    [InlineData("period=0")]
    [InlineData("segment.a=%00")]
    public async Task A_bad_filter_is_named_and_nothing_is_shown(string query)
    {
        using var browser = await app.BrowseAsAsync(Role.Analyst);
        await admin.PublishSmallAsync();
        using var answer = await browser.GetAsync($"/journey?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(query.Split('=')[0], page, StringComparison.Ordinal);
        Assert.DoesNotContain("Journey map", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_page_is_the_journey()
    {
        using var browser = await app.BrowseAsAsync(Role.Analyst);
        using var answer = await browser.GetAsync("/");
        Assert.Equal("/journey", answer.Headers.Location!.ToString());
    }
}

/// <summary>On a database of its own: it begins with nothing.</summary>
public sealed class FirstPageTests(CxApp app) : IClassFixture<CxApp>
{
    readonly HttpClient admin = app.WithKey("admin");

    [Fact]
    public async Task Before_the_first_answer_the_first_page_is_set_up_for_those_who_can_do_it()
    {
        using var browser = await app.BrowseAsAsync(Role.Admin);
        await admin.PublishSmallAsync();
        Assert.Equal("/set-up", await HomeAsync(browser));
        using var analyst = await app.BrowseAsAsync(Role.Analyst);
        Assert.Equal("/journey", await HomeAsync(analyst));

        await admin.ImportAsync([Given.Line("after-delivery", new { delivery = 5 })]);
        Assert.Equal("/journey", await HomeAsync(browser));
    }

    static async Task<string> HomeAsync(People.Browser browser)
    {
        using var answer = await browser.GetAsync("/");
        return answer.Headers.Location!.ToString();
    }
}

/// <summary>On a database of its own: it begins with nothing.</summary>
public sealed class FirstScoreTests(CxApp app) : IClassFixture<CxApp>
{
    readonly HttpClient admin = app.WithKey("admin");

    [Fact]
    public async Task The_page_says_what_is_left_then_shows_scores_with_their_n_and_interval_and_withholds_small_ones()
    {
        using var browser = await app.BrowseAsAsync(Role.Analyst);
        var left = await browser.ReadAsync("/journey");
        Assert.Contains("What is left before the first score", left, StringComparison.Ordinal);
        Assert.Contains("An administrator does this", left, StringComparison.Ordinal);
        using var administrator = await app.BrowseAsAsync(Role.Admin);
        var start = await administrator.ReadAsync("/journey");
        foreach (var page in new[] { "/set-up/journey", "/surveys/new" }) Assert.Contains($"href=\"{page}\"", start, StringComparison.Ordinal);

        await admin.PublishSmallAsync();
        Assert.Contains("No answers yet.", await browser.ReadAsync("/journey"), StringComparison.Ordinal);

        await admin.ImportAsync([.. Enumerable.Range(0, 4).Select(_ => Given.Line("after-delivery", new { delivery = 5 }, at: "2018-05-20T09:00:00Z"))]);
        var few = await browser.ReadAsync("/journey");
        Assert.Contains("Too few answers", few, StringComparison.Ordinal);
        Assert.Contains("n 4 of 5", few, StringComparison.Ordinal);
        Assert.DoesNotContain("100.0", few, StringComparison.Ordinal);

        await admin.ImportAsync([Given.Line("after-delivery", new { delivery = 1, recommend = 0 }, at: "2018-05-21T09:00:00Z")]);
        var scored = await browser.ReadAsync("/journey");
        Assert.Contains("80.0", scored, StringComparison.Ordinal);
        Assert.Contains("n 5", scored, StringComparison.Ordinal);
        Assert.Contains("95 % interval 37.6 to 96.4", scored, StringComparison.Ordinal);   // Wilson, 4 of 5
        Assert.Contains("The last 90 days have no answers", scored, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", scored, StringComparison.Ordinal);
    }
}

/// <summary>More touchpoints than a map can show.</summary>
public sealed class FoldedJourneyTests(CxApp app) : IClassFixture<CxApp>
{
    readonly HttpClient admin = app.WithKey("admin");

    [Fact]
    public async Task A_stage_of_a_huge_journey_shows_its_lowest_and_leads_to_the_rest()
    {
        var touchpoints = string.Join(", ", Enumerable.Range(0, 42).Select(t => $$"""{ "key": "t{{t}}", "name": "Place {{t}}", "kind": "digital" }"""));
        await (await admin.PutTextAsync("/journey", $$"""{ "stages": [ { "key": "use", "name": "Use", "touchpoints": [ {{touchpoints}} ] } ] }""")).ReadOkAsync();
        await admin.PublishAsync("rate", """{ "name": "R", "languages": ["en"], "questions": [ { "key": "rate", "kind": "csat", "text": { "en": "How?" } } ] }""");
        await admin.ImportAsync([.. Enumerable.Range(0, 42).SelectMany(t => Enumerable.Range(0, 5).Select(i => Given.Line("rate", new { rate = t < 3 ? 1 : i == 0 ? 3 : 5 }, touchpoint: $"t{41 - t}")))]);

        using var browser = await app.BrowseAsAsync(Role.Analyst);
        var page = await browser.ReadAsync("/journey?kind=csat");
        Assert.Equal(6, page.Split("<article class=\"tp").Length - 1);
        foreach (var lowest in new[] { "t39", "t40", "t41" }) Assert.Contains($"href=\"/touchpoints/{lowest}?kind=csat\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/journey/use?kind=csat#split\">and 36 more</a>", page, StringComparison.Ordinal);
        var stage = await browser.ReadAsync("/journey/use?kind=csat");
        Assert.Equal(42, stage.Split("<a href=\"/touchpoints/t").Length - 1);

        var table = await browser.ReadAsync("/journey?kind=csat&view=table&sort=-score");
        Assert.Equal("3 of 42 can be told apart: Place 39, Place 40 and Place 41 are below.", Plain(table, "lead"));
        var names = NamesOf(table);
        Assert.Equal(43, names.Count);
        Assert.Equal(["Place 39", "Place 40", "Place 41", "All touchpoints"], [.. names[^4..^1].Order(), names[^1]]);
        Assert.Equal("Place 0", NamesOf(await browser.ReadAsync("/journey?kind=csat&view=table&sort=name"))[0]);
        Assert.Equal(["Use", "Place 41"], NamesOf(await browser.ReadAsync("/journey?kind=csat&view=table")) is { } byStage ? [byStage[0], byStage[1..4].Max()!] : []);
        Assert.Contains("One of stage, name", WebUtility.HtmlDecode(await browser.ReadAsync("/journey?kind=csat&view=table&sort=colour")), StringComparison.Ordinal);

        var file = (await browser.ReadAsync("/journey.csv?kind=csat")).TrimEnd().Split("\r\n").Select(line => line.Split(',')).ToList();
        var api = await admin.ReadAsync("/scores?kind=csat&by=touchpoint");
        Assert.Equal(45, file.Count);
        foreach (var row in file.Where(r => r[1].Length > 0).Skip(1))
            Assert.Equal((double)api.Row(row[1])["value"]!, double.Parse(row[5], System.Globalization.CultureInfo.InvariantCulture), 1e-12);

        var filtered = await browser.ReadAsync("/journey?kind=csat&segment.country=XX");
        Assert.Contains("No answers match</span>", filtered, StringComparison.Ordinal);
        Assert.DoesNotContain("No score question here", filtered, StringComparison.Ordinal);
    }

    static List<string> NamesOf(string page) => [.. System.Text.RegularExpressions.Regex.Matches(page, "<th scope=\"row\">(?:<a [^>]*>)?([^<]+)").Select(m => m.Groups[1].Value)];

    static string Plain(string page, string cls) =>
        System.Text.RegularExpressions.Regex.Replace(System.Text.RegularExpressions.Regex.Match(page, $"class=\"{cls}\">(.*?)</p>", System.Text.RegularExpressions.RegexOptions.Singleline).Groups[1].Value, "<[^>]+>", "").Trim();
}
