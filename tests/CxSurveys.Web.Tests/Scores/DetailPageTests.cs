using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CxSurveys.Scoring;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Tests.Accounts;

namespace CxSurveys.Web.Tests.Scores;

/// <summary>Half a year of answers at one touchpoint: two questions of one definition, another definition, comments, and a small country.</summary>
public sealed class DetailApp(TestPostgres postgres) : CxApp(postgres)
{
    public const string Survey = """
        { "name": "After delivery", "languages": ["en"], "questions": [
            { "key": "delivery", "kind": "csat", "text": { "en": "How was the delivery?" }, "touchpoint": "delivery" },
            { "key": "courier", "kind": "csat", "text": { "en": "How was the courier?" }, "touchpoint": "delivery" },
            { "key": "easy", "kind": "ces", "text": { "en": "We made it easy." }, "touchpoint": "delivery" },
            { "key": "whole", "kind": "csat", "text": { "en": "How was buying?" }, "stage": "purchase" },
            { "key": "why", "kind": "text", "text": { "en": "Why?" }, "touchpoint": "delivery" },
            { "key": "pay", "kind": "csat", "text": { "en": "How was paying?" }, "touchpoint": "checkout" },
            { "key": "paywhy", "kind": "text", "text": { "en": "Why?" }, "touchpoint": "checkout" } ] }
        """;

    static readonly DateTimeOffset First = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Signed in once: that takes most of a page's time here.</summary>
    internal People.Browser Analyst { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Analyst = await this.BrowseAsAsync(Role.Analyst);
        var admin = WithKey("admin");
        await (await admin.PutTextAsync("/journey", Api.SmallJourney)).ReadOkAsync();
        await admin.PublishAsync("after-delivery", Survey);
        await admin.PublishAsync("other", """{ "name": "Other", "languages": ["en"], "questions": [ { "key": "delivery", "kind": "csat", "text": { "en": "And the delivery?" }, "touchpoint": "delivery" } ] }""");
        await admin.ImportAsync([.. Enumerable.Range(0, 182).SelectMany(Day)]);
    }

    // Every country has its own level, so that one of them differs from the rest beyond chance.
    static IEnumerable<string> Day(int day)
    {
        var at = First.AddDays(day).ToString("O");
        var thai = day % 2 == 1;
        yield return Given.Line("after-delivery", new { delivery = thai ? 1 + (day % 3) : 5 - (day % 3), courier = 1 + (day % 5), easy = 1 + (day % 7), whole = 1 + (day % 4) },
            new { country = thai ? "TH" : "ID" }, at, customer: "c" + (day % 40), language: thai ? "th" : "id");
        if (day % 6 == 0) yield return Given.Line("other", new { delivery = 4 }, new { country = "ID" }, at);
        if (day % 9 == 4) yield return Given.Line("after-delivery", new { delivery = 3 }, new { country = "VN" }, at);
        if (day % 60 == 7) yield return Given.Line("after-delivery", new { delivery = 1 }, new { country = "MY" }, at);
        // Enough at the other touchpoint of the stage too: with few there neither could be told, nor the stage.
        if (day % 7 == 2) yield return Given.Line("after-delivery", new { pay = 4 }, new { country = day % 2 == 0 ? "ID" : "TH" }, at, language: day % 2 == 0 ? "id" : "th");
        if (day % 26 == 3) yield return Given.Line("after-delivery", new { delivery = 2, why = $"The parcel of day {day} came late.", pay = 5, paywhy = "Paying was easy." }, new { country = "ID" }, at, language: "en");
    }
}

public sealed partial class DetailPageTests(DetailApp app) : IClassFixture<DetailApp>
{
    const string Days = "from=2026-06-01&to=2026-08-31&vs=2026-03-02..2026-06-01";

    readonly HttpClient admin = app.WithKey("admin");

    public static TheoryData<string, string> Pages => new()
    {
        { "/touchpoints/delivery?kind=csat", "touchpoint=delivery" },
        { "/touchpoints/delivery?kind=ces", "touchpoint=delivery" },
        { "/touchpoints/delivery?kind=csat&counting=customers", "touchpoint=delivery&counting=customers" },
        { "/touchpoints/delivery?kind=csat&segment.country=ID&language=id", "touchpoint=delivery&segment.country=ID&language=id" },
        { "/journey/purchase?kind=csat", "stage=purchase" },
        { "/journey/purchase?kind=csat&asked=stage", "stage=purchase&asked=stage" },
    };

    [Theory, MemberData(nameof(Pages))]
    public async Task Its_figures_are_those_of_the_API(string page, string filters)
    {
        var text = Plain(await ReadAsync($"{page}&{Days}"));
        var kind = page.Contains("ces", StringComparison.Ordinal) ? "ces" : "csat";
        var scores = await admin.ReadAsync($"/scores?kind={kind}&{filters}&from=2026-06-01&to=2026-08-31&by=week");
        var total = scores["total"]!;
        Assert.Contains($"n {total["n"]}", text, StringComparison.Ordinal);
        Assert.Contains(Number(total["value"]!, kind), text, StringComparison.Ordinal);
        Assert.Contains($"{Number(total["low"]!, kind)} to {Number(total["high"]!, kind)}", text, StringComparison.Ordinal);

        var change = await admin.ReadAsync($"/scores/compare?kind={kind}&{filters}&a.from=2026-06-01&a.to=2026-08-31&b.from=2026-03-02&b.to=2026-06-01");
        Assert.Contains($"p {(double)change["pValue"]!:0.000}", text, StringComparison.Ordinal);
        Assert.Contains($"a change of {Number(change["smallestDetectable"]!, kind)} or more", text, StringComparison.Ordinal);
        Assert.Contains((string)change["verdict"]!, text, StringComparison.Ordinal);

        var weeks = scores["rows"]!.AsArray();
        Assert.True(weeks.Count >= 13);
        foreach (var week in weeks.Where(w => !w!.Withheld()))
            Assert.Contains($"{Number(week!["value"]!, kind)}{(kind == "ces" ? " of 7" : " %")} {Number(week["low"]!, kind)} to {Number(week["high"]!, kind)} {week["n"]}", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/touchpoints/delivery?kind=csat", "touchpoint=delivery")]
    [InlineData("/touchpoints/delivery?kind=csat&question=delivery", "touchpoint=delivery&question=delivery")]
    [InlineData("/touchpoints/delivery?kind=csat&segment.country=ID&language=id", "touchpoint=delivery&segment.country=ID&language=id")]
    [InlineData("/touchpoints/delivery?kind=csat&counting=customers", "touchpoint=delivery")]
    [InlineData("/journey/purchase?kind=csat", "stage=purchase")]
    [InlineData("/journey/purchase?kind=csat&asked=stage", "stage=purchase&asked=stage")]
    public async Task The_list_behind_a_bar_has_as_many_responses_as_the_bar_says(string page, string filters)
    {
        var links = Bars(await ReadAsync($"{page}&{Days}"));
        var questions = (await admin.ReadAsync($"/scores?kind=csat&{filters}&from=2026-06-01&to=2026-08-31&by=question"))["rows"]!.AsArray();
        Assert.Equal(questions.Where(q => !q!.Withheld()).Sum(q => (int)q!["n"]!), links.Sum(l => l.Count));
        foreach (var (link, count) in links)
        {
            var list = await admin.ReadAsync($"{link}&limit=500");
            Assert.True(count == list["rows"]!.AsArray().Count, $"{link} says {count}, has {list["rows"]!.AsArray().Count}");
        }
    }

    [Fact]
    public async Task The_bars_of_one_question_are_the_counts_of_the_API_and_each_is_the_link()
    {
        var counts = (await admin.ReadAsync("/scores?kind=ces&touchpoint=delivery&from=2026-06-01&to=2026-08-31"))["total"]!["counts"]!.AsObject();
        var page = await ReadAsync($"/touchpoints/delivery?kind=ces&{Days}");
        Assert.DoesNotContain("<summary class=\"b\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/responses.csv?kind=ces&amp;from=2026-06-01&amp;to=2026-08-31&amp;touchpoint=delivery\"", page, StringComparison.Ordinal);
        Assert.Contains("data-copy-address hidden>", page, StringComparison.Ordinal);
        Assert.Contains("Strongly agree</span>", page, StringComparison.Ordinal);
        var bars = Bars(page).ToDictionary(b => Value().Match(b.Link).Groups[1].Value, b => (long)b.Count);
        Assert.Equal(counts.ToDictionary(c => c.Key, c => (long)c.Value!), bars);
    }

    [Fact]
    public async Task A_split_shows_each_part_with_its_interval_and_a_verdict_only_where_it_is_earned()
    {
        var text = Plain(await ReadAsync($"/touchpoints/delivery?kind=csat&question=delivery&survey=after-delivery&{Days}&by=segment.country"));
        var rows = await admin.ReadAsync("/scores?kind=csat&touchpoint=delivery&question=delivery&survey=after-delivery&from=2026-06-01&to=2026-08-31&by=segment.country");
        Assert.False(rows.Row("TH").Withheld());
        Assert.Matches($"Thailand {Number(rows.Row("TH")["value"]!, "csat")} {rows.Row("TH")["n"]} −[0-9.]+, lower", text);
        Assert.True(rows.Row("MY").Withheld());
        Assert.Matches($"Malaysia – {rows.Row("MY")["n"]} too few", text);

        var questions = Plain(await ReadAsync($"/touchpoints/delivery?kind=csat&{Days}&by=question"));
        Assert.Contains("How was the courier?", questions, StringComparison.Ordinal);
        Assert.Contains("not distinguishable", questions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comments_are_those_of_the_selection_newest_first_each_with_its_response()
    {
        var page = await ReadAsync($"/touchpoints/delivery?kind=csat&{Days}");
        var said = Said().Matches(page).Select(m => int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal([159, 133, 107], said);
        Assert.DoesNotContain("Paying was easy.", page, StringComparison.Ordinal);
        var list = await admin.ReadAsync("/responses?touchpoint=delivery&q=day+159+");
        Assert.Contains($"href=\"/responses/{list["rows"]![0]!["id"]}\"", page, StringComparison.Ordinal);

        Assert.DoesNotContain("The parcel", await ReadAsync($"/touchpoints/delivery?kind=csat&segment.country=TH&{Days}"), StringComparison.Ordinal);
        Assert.Contains("Paying was easy.", await ReadAsync($"/journey/purchase?kind=csat&{Days}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_are_carried_along_the_way_up_and_down()
    {
        var page = await ReadAsync($"/journey?kind=csat&segment.country=ID&{Days}");
        Assert.Contains("/touchpoints/delivery?kind=csat&amp;from=2026-06-01&amp;to=2026-08-31&amp;vs=2026-03-02..2026-06-01&amp;segment.country=ID", page, StringComparison.Ordinal);
        Assert.Contains("/touchpoints/delivery?kind=ces&amp;", page, StringComparison.Ordinal);
        Assert.Contains("/journey/purchase?kind=csat&amp;from=2026-06-01", page, StringComparison.Ordinal);

        var touchpoint = await ReadAsync($"/touchpoints/delivery?kind=csat&segment.country=ID&{Days}");
        Assert.Contains("href=\"/journey/purchase?kind=csat&amp;from=2026-06-01&amp;to=2026-08-31&amp;vs=2026-03-02..2026-06-01&amp;segment.country=ID\"", touchpoint, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", touchpoint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_few_answers_show_how_many_there_are_and_nothing_else()
    {
        var filters = "segment.country=MY&from=2026-06-01&to=2026-08-31&vs=2026-03-02..2026-06-01";
        Assert.True((await admin.ReadAsync("/scores?kind=csat&touchpoint=delivery&segment.country=MY&from=2026-06-01&to=2026-08-31"))["total"]!.Withheld());
        var page = await ReadAsync($"/touchpoints/delivery?kind=csat&{filters}");
        Assert.Contains("Too few answers", page, StringComparison.Ordinal);
        Assert.Matches("n [1-4] of 5", Plain(page));
        Assert.Contains("Comments appear with the score.", page, StringComparison.Ordinal);
        Assert.Empty(Bars(page));
        Assert.DoesNotContain(" to ", Plain(page).Split("Satisfied (CSAT)")[1].Split(" By ")[0], StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"plot", page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"pt\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_answers_are_a_dash_and_a_way_back()
    {
        var page = await ReadAsync($"/touchpoints/delivery?kind=csat&segment.country=XX&{Days}");
        Assert.Contains("No answers match.", page, StringComparison.Ordinal);
        Assert.Contains("<a class=\"reach\" href=\"/touchpoints/delivery\">Remove filters</a>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"pt\"", page, StringComparison.Ordinal);
        Assert.Contains("No answers match.", await ReadAsync($"/touchpoints/support?kind=nps&{Days}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/touchpoints/nowhere")]
    [InlineData("/journey/nowhere")]
    public async Task What_is_unknown_is_not_found(string path)
    {
        using var answer = await app.Analyst.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/touchpoints/delivery?from=2026-13-01", "from")]
    [InlineData("/touchpoints/delivery?touchpoint=delivery", "touchpoint")]
    [InlineData("/touchpoints/delivery?by=day", "by")]
    [InlineData("/touchpoints/delivery?question=nothing", "question")]
    [InlineData("/journey/purchase?stage=purchase", "stage")]
    [InlineData("/journey/purchase?colour=red", "colour")]
    [InlineData("/journey?by=touchpoint", "by")]
    public async Task A_bad_filter_is_named(string path, string named)
    {
        using var answer = await app.Analyst.GetAsync(path);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"<li>{named}: ", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from=0001-01-01")]
    [InlineData("to=0001-01-05")]
    [InlineData("from=9999-12-31")]
    [InlineData("from=0001-01-01&to=9999-12-31")]
    [InlineData("from=2026-06-01&to=2026-06-01")]
    public async Task Any_days_of_the_calendar_can_be_asked_for(string days)
    {
        foreach (var path in new[] { "/touchpoints/delivery", "/journey/purchase", "/journey" })
        {
            using var answer = await app.Analyst.GetAsync($"{path}?{days}");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_form_leads_back_to_the_same_page()
    {
        using var answer = await app.Analyst.GetAsync("/touchpoints/delivery?metric=csat%3B1..5%3Bhigher%3B%2B4%2C5%3B-1%2C2&vs=&until=2026-08-30&from=2026-06-01&channel=&by=question");
        Assert.Equal("/touchpoints/delivery?kind=csat&from=2026-06-01&to=2026-08-31&by=question", answer.Headers.Location!.ToString());
    }

    async Task<string> ReadAsync(string path)
    {
        using var answer = await app.Analyst.GetAsync(path);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, page);
        return page;
    }

    /// <summary>The links behind the bars with the number each says.</summary>
    internal static List<(string Link, int Count)> Bars(string page) =>
    [
        .. WholeBar().Matches(page).Concat(PartBar().Matches(page))
            .Select(m => (WebUtility.HtmlDecode(m.Groups[1].Value), int.Parse(m.Groups[2].Value, System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture)))
    ];

    static string Plain(string page) => Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(page[page.IndexOf("<main", StringComparison.Ordinal)..], " ")), " ");

    static string Number(JsonNode value, string kind) => Display.Text((double)value, kind == "ces" ? 2 : 1).Replace('-', '−');

    [GeneratedRegex("""<a href="(/responses\?[^"]*value=[^"]*)">\s*<span class="lb .*?<b>([0-9,]+)</b>""", RegexOptions.Singleline)]
    private static partial Regex WholeBar();

    [GeneratedRegex("""<li><a href="(/responses\?[^"]*value=[^"]*)">[^<]*</a><span class="cap">([0-9,]+) responses?</span>""")]
    private static partial Regex PartBar();

    [GeneratedRegex("value=([0-9]+)")]
    private static partial Regex Value();

    [GeneratedRegex("The parcel of day ([0-9]+) came late")]
    private static partial Regex Said();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}

/// <summary>On a database of its own: a second scale changes the addresses of every page.</summary>
public sealed class RescaledTests(CxApp app) : IClassFixture<CxApp>
{
    [Fact]
    public async Task The_list_behind_a_bar_leaves_out_the_same_value_of_another_scale()
    {
        var admin = app.WithKey("admin");
        await (await admin.PutTextAsync("/journey", Api.SmallJourney)).ReadOkAsync();
        foreach (var (max, positive, answers) in new[] { (5, "[4, 5]", 6), (7, "[6, 7]", 8) })
        {
            await admin.PublishAsync("support", $$"""{ "name": "S", "languages": ["en"], "questions": [ { "key": "solved", "kind": "csat", "scale": { "min": 1, "max": {{max}}, "positive": {{positive}} }, "touchpoint": "support" } ] }""");
            await admin.ImportAsync([.. Enumerable.Range(0, answers).Select(_ => Given.Line("support", new { solved = 4 }))]);
        }
        using var browser = await app.BrowseAsAsync(Role.Analyst);
        foreach (var (definition, answers) in new[] { ("csat;1..5;higher;+4,5;-1,2", 6), ("csat;1..7;higher;+6,7;-1,2", 8) })
        {
            var page = await browser.ReadAsync($"/touchpoints/support?definition={Uri.EscapeDataString(definition)}&from=2026-02-01&to=2026-03-01");
            var (link, count) = Assert.Single(DetailPageTests.Bars(page));
            Assert.Equal((answers, answers), (count, (await admin.ReadAsync($"{link}&limit=500"))["rows"]!.AsArray().Count));
        }
    }
}
