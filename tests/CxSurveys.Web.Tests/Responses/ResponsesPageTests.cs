using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Tests.Accounts;
using CxSurveys.Web.Tests.Scores;
using Given = CxSurveys.Web.Tests.Scores.Given;

namespace CxSurveys.Web.Tests.Responses;

public sealed partial class ResponsesPageTests(ResponsesPageTests.Company app) : IClassFixture<ResponsesPageTests.Company>
{
    static readonly string[] Both = ["a", "b"];

    readonly HttpClient admin = app.WithKey("admin");
    readonly People.Browser browser = app.Browser;

    /// <summary>Six answers around a midnight, and an analyst who signed in.</summary>
    public sealed class Company(TestPostgres postgres) : CxApp(postgres)
    {
        internal People.Browser Browser { get; private set; } = null!;

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            Browser = await this.BrowseAsAsync(Role.Analyst);
            var admin = WithKey("admin");
            await admin.SetAsync(new { timeZone = "Asia/Jakarta", minimumN = 1 });
            await admin.PublishSmallAsync();
            await admin.ImportAsync([
                // Jakarta is seven hours ahead: the first is still the 15th there, the second the 16th, the third the 17th.
                Given.Line("after-delivery", new { delivery = 1, why = "Came LATE & <b>wet</b>" }, new { country = "ID" }, "2026-02-15T16:59:59Z", language: "en"),
                Given.Line("after-delivery", new { delivery = 2, box = 1, why = "late" }, new { country = "ID" }, "2026-02-15T17:00:00Z", "C-1", "checkout", "th"),
                Given.Line("after-delivery", new { delivery = 1 }, new { country = "TH" }, "2026-02-16T17:00:00Z", "C-1"),
                Given.Line("after-delivery", new { delivery = 5, recommend = 9, easy = 1, how = "card", what = Both }, null, "2026-02-16T10:00:00Z"),
                Given.Line("after-delivery", new { recommend = 0 }, null, "2026-02-16T11:00:00Z"),
                Given.Line("after-delivery", new { box = 1 }, null, "2026-02-16T12:00:00Z", touchpoint: "delivery"),
            ]);
        }
    }

    [Theory]
    [InlineData("kind=csat&question=delivery&touchpoint=delivery")]
    [InlineData("kind=csat&question=delivery&touchpoint=delivery&from=2026-02-16&to=2026-02-17")]
    [InlineData("kind=csat&question=delivery&stage=purchase&to=2026-02-17")]
    [InlineData("kind=csat&question=delivery&segment.country=ID")]
    [InlineData("kind=csat&question=delivery&language=th")]
    [InlineData("kind=rating&question=box&touchpoint=delivery")]
    [InlineData("kind=rating&question=box")]
    [InlineData("kind=nps&question=recommend&asked=journey")]
    [InlineData("kind=nps&question=recommend&touchpoint=delivery")]
    [InlineData("kind=ces&question=easy&asked=stage&stage=purchase")]
    [InlineData("kind=ces&question=easy&stage=purchase")]
    public async Task A_bar_counts_what_its_list_shows(string selection)
    {
        var counts = (await admin.ReadAsync($"/scores?{selection}"))["total"]!["counts"]!;
        foreach (var (value, count) in counts.AsObject())
            Assert.Equal((int)count!, Matching(await browser.ReadAsync($"/responses?{selection}&value={value}")));
    }

    [Theory]
    [InlineData("", 6)]
    [InlineData("words=only", 2)]
    [InlineData("q=late", 2)]
    [InlineData("q=late%20wet", 1)]
    [InlineData("customer=C-1", 2)]
    [InlineData("definition=rating%3B-2..2%3Bhigher%3B%2B%3B-", 2)]
    [InlineData("survey=after-delivery&channel=none", 0)]
    public async Task Each_filter_keeps_what_it_names(string query, int rows) =>
        Assert.Equal(rows, Matching(await browser.ReadAsync($"/responses?{query}")));

    [Fact]
    public async Task Searched_words_are_marked_where_they_stand_and_texts_stay_texts()
    {
        var page = await browser.ReadAsync("/responses?q=late");
        Assert.Contains("Came <mark>LATE</mark> &amp; &lt;b&gt;wet&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>wet", page, StringComparison.Ordinal);
        Assert.Contains("value=\"late\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_tells_score_time_in_the_zone_touchpoint_language_and_customer()
    {
        var page = await browser.ReadAsync("/responses?customer=C-1&touchpoint=delivery&question=delivery");
        Assert.Contains("2 of 5, dissatisfied", page, StringComparison.Ordinal);
        Assert.Contains("16 Feb 2026, 00:00", page, StringComparison.Ordinal);
        Assert.Contains(">Thai<", page, StringComparison.Ordinal);
        Assert.Contains(">C-1<", page, StringComparison.Ordinal);
        Assert.Contains("customer: C-1", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/responses?question=delivery&amp;touchpoint=delivery\" aria-label=\"Remove customer: C-1\"", page, StringComparison.Ordinal);
        Assert.Contains("Anonymous", await browser.ReadAsync("/responses"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("q=&question=delivery&score=delivery%3A1%2C2&touchpoint=&words=", "?question=delivery&value=1,2")]
    [InlineData("question=box&score=delivery%3A1%2C2", "?question=box")]
    [InlineData("question=&score=delivery%3A1%2C2", "")]
    [InlineData("from=2026-02-01&until=2026-02-28", "?from=2026-02-01&to=2026-03-01")]
    [InlineData("period=all&from=2026-02-01&until=2026-02-28", "")]
    public async Task What_the_form_sends_becomes_an_address_without_defaults(string sent, string expected)
    {
        using var answer = await browser.GetAsync($"/responses?{sent}");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/responses" + expected, answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_preset_becomes_days_that_end_today()
    {
        using var answer = await browser.GetAsync("/responses?period=7&from=2020-01-01");
        var days = FromTo().Match(answer.Headers.Location!.ToString());
        Assert.Equal(7, DateOnly.Parse(days.Groups[2].Value, CultureInfo.InvariantCulture).DayNumber - DateOnly.Parse(days.Groups[1].Value, CultureInfo.InvariantCulture).DayNumber);
    }

    [Theory]
    [InlineData("from=2026-13-01", "from")]
    [InlineData("until=yesterday", "to")]
    [InlineData("period=soon", "period")]
    [InlineData("touchpoint=nowhere", "touchpoint")]
    [InlineData("value=3", "value")]
    [InlineData("cursor=x", "cursor")]
    [InlineData("words=some", "words")]
    [InlineData("definition=nps", "definition")]
    [InlineData("colour=red", "colour")]
    public async Task A_bad_filter_is_named_and_nothing_is_shown(string query, string name)
    {
        using var answer = await browser.GetAsync($"/responses?{query}");
        var named = answer.StatusCode == HttpStatusCode.Redirect ? await browser.GetAsync(answer.Headers.Location!.ToString()) : answer;
        Assert.Equal(HttpStatusCode.BadRequest, named.StatusCode);
        var page = await named.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"<li>{name}: ", page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"ri", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_match_the_way_out_is_shown()
    {
        var page = await browser.ReadAsync("/responses?segment.country=XX");
        Assert.Contains("No answers match these filters.", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/responses\">Remove filters</a>", page, StringComparison.Ordinal);
        Assert.Contains("country: XX", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_filter_of_the_export_is_named_by_the_page()
    {
        using var answer = await browser.GetAsync("/responses.csv?touchpoint=nowhere");
        Assert.Equal("/responses?touchpoint=nowhere", answer.Headers.Location?.ToString());
    }

    static int Matching(string page) => page.Contains("No answers match", StringComparison.Ordinal)
        ? 0
        : int.Parse(Counted().Match(page).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("<b>([0-9]+) responses?</b>")]
    private static partial Regex Counted();

    [GeneratedRegex("from=([0-9-]+)&to=([0-9-]+)")]
    private static partial Regex FromTo();
}
