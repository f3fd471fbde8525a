using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CxSurveys.Scoring;

namespace CxSurveys.Web.Tests.Scores;

public sealed partial class ComparePageTests(DetailApp app) : IClassFixture<DetailApp>
{
    const string A = "a.from=2026-06-01&a.to=2026-08-31", B = "b.from=2026-03-02&b.to=2026-06-01";

    readonly HttpClient admin = app.WithKey("admin");

    public static TheoryData<string> Comparisons =>
    [
        $"kind=csat&touchpoint=delivery&{A}&{B}",
        $"kind=ces&touchpoint=delivery&{A}&{B}",
        $"kind=csat&touchpoint=delivery&{A}&{B}&counting=customers",
        "kind=csat&touchpoint=delivery&from=2026-03-02&to=2026-08-31&a.segment.country=TH&b.segment.country=ID",
        "kind=csat&from=2026-03-02&to=2026-08-31&a.touchpoint=checkout&b.touchpoint=delivery",
        $"kind=csat&stage=purchase&asked=stage&{A}&{B}&language=th",
        "kind=csat&touchpoint=delivery&from=2026-03-02&to=2026-08-31&a.question=courier&b.question=delivery",
    ];

    [Theory, MemberData(nameof(Comparisons))]
    public async Task Its_figures_are_those_of_the_API(string query)
    {
        var compared = await admin.ReadAsync($"/scores/compare?{query}");
        var page = Plain(await ReadAsync($"/compare?{query}"));
        var definition = query.Contains("ces", StringComparison.Ordinal) ? 2 : 1;
        foreach (var side in new[] { compared["a"]!, compared["b"]! })
        {
            Assert.False(side.Withheld());
            Assert.Contains($"n {side["n"]} · {Number(side["low"]!, definition)} to {Number(side["high"]!, definition)}", page, StringComparison.Ordinal);
        }
        Assert.Contains(Signed(compared["difference"]!, definition), page, StringComparison.Ordinal);
        Assert.Contains($"95 % interval {Signed(compared["low"]!, definition)} to {Signed(compared["high"]!, definition)} ", page, StringComparison.Ordinal);
        Assert.Contains($"Smallest difference these samples could show {Number(compared["smallestDetectable"]!, definition)}", page, StringComparison.Ordinal);
        Assert.Contains($"A is {compared["verdict"]}", page, StringComparison.Ordinal);
        var told = (string)compared["verdict"]! == "not distinguishable" ? "cannot be told apart" : $"is {compared["verdict"]} by {Number(compared["difference"]!, definition).TrimStart('−')}";
        Assert.Contains(told, page, StringComparison.Ordinal);
        foreach (var (value, count) in compared["a"]!["counts"]!.AsObject())
            Assert.Contains($" {value} {Share(count!, compared["a"]!)}", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("touchpoint=delivery", "segment.country")]
    [InlineData("touchpoint=delivery", "language")]
    [InlineData("stage=purchase", "touchpoint")]
    public async Task Inside_and_mix_are_those_of_the_API_and_add_up_to_the_difference(string filters, string by)
    {
        var query = $"kind=csat&{filters}&{A}&{B}&by={by}";
        var why = await admin.ReadAsync($"/scores/why?{query}");
        Assert.Equal((double)why["difference"]!, (double)why["within"]! + (double)why["mix"]!, 1e-9);

        var rows = Rows(await ReadAsync($"/compare?{query}"));
        Assert.Equal(why["rows"]!.AsArray().Count(r => r!["within"] is not null) + 1, rows.Count(r => r[^1] != "–" && r[^2] != "–"));
        Assert.Equal([Signed(why["within"]!, 1), Signed(why["mix"]!, 1)], rows.Single(r => r[0] == "All")[^2..]);
        foreach (var row in why["rows"]!.AsArray().Where(r => r!["within"] is not null))
            Assert.Contains(rows, r => r[3] == $"{row!["nA"]}, {row["nB"]}" && r[^2] == Signed(row["within"]!, 1) && r[^1] == Signed(row["mix"]!, 1));
    }

    [Fact]
    public async Task The_file_has_the_figures_of_the_page_unrounded_and_nothing_that_is_withheld()
    {
        var query = $"kind=csat&touchpoint=delivery&{A}&{B}&by=segment.country";
        using var answer = await app.Analyst.GetAsync($"/compare.csv?{query}");
        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimStart('\uFEFF').TrimEnd().Split("\r\n");
        var header = lines[0].Split(',');
        var rows = lines.Skip(1).Select(l => header.Zip(l.Split(',')).ToDictionary(c => c.First, c => c.Second)).ToList();

        var compared = await admin.ReadAsync($"/scores/compare?kind=csat&touchpoint=delivery&{A}&{B}");
        var total = rows.Single(r => r["row"] == "total");
        Assert.Equal((double)compared["difference"]!, double.Parse(total["difference"], CultureInfo.InvariantCulture), 1e-12);
        Assert.Equal((int)compared["a"]!["counts"]!["5"]!, int.Parse(total["a.count.5"], CultureInfo.InvariantCulture));
        Assert.Equal((double)compared["difference"]!, double.Parse(total["within"], CultureInfo.InvariantCulture) + double.Parse(total["mix"], CultureInfo.InvariantCulture), 1e-9);

        var side = await admin.ReadAsync($"/scores?kind=csat&touchpoint=delivery&from=2026-06-01&to=2026-08-31&by=segment.country");
        Assert.True(side.Row("MY").Withheld());
        var few = rows.Single(r => r["name"] == "Malaysia");
        Assert.Equal((string)side.Row("MY")["n"]!.ToString(), few["a.n"]);
        Assert.All(few.Where(c => c.Key.StartsWith("a.", StringComparison.Ordinal) && c.Key != "a.n" || c.Key is "difference" or "low" or "pValue"), c => Assert.Equal("", c.Value));
    }

    [Theory]
    [InlineData("a.place=touchpoint%3Ddelivery&b.place=%3Da&a.period=quarter&b.period=before", "/compare?touchpoint=delivery&a.from=*&a.to=*&b.from=*&b.to=*")]
    [InlineData("a.place=touchpoint%3Ddelivery&b.place=%3Da&b.period=before&a.segment.country=&b.segment.country=%3Da", "/compare?touchpoint=delivery")]
    [InlineData("a.from=2026-03-02&a.until=2026-08-30&b.period=%3Da&a.segment.country=TH&b.segment.country=ID", "/compare?from=2026-03-02&to=2026-08-31&a.segment.country=TH&b.segment.country=ID")]
    [InlineData("a.place=touchpoint%3Dcheckout&b.place=touchpoint%3Ddelivery&b.period=before&b.from=2026-03-02&b.until=2026-03-31&a.from=2026-03-02&a.until=2026-03-31", "/compare?from=2026-03-02&to=2026-04-01&a.touchpoint=checkout&b.touchpoint=delivery")]
    [InlineData("a.dated=1&a.from=2026-03-01&a.until=2026-03-31&a.period=&b.period=before", "/compare?a.from=2026-03-01&a.to=2026-04-01&b.from=2026-02-01&b.to=2026-03-01")]
    [InlineData("a.place=stage%3Dpurchase%26asked%3Dstage&b.place=stage%3Dpurchase&b.period=%3Da&counting=customers&by=language", "/compare?stage=purchase&a.asked=stage&counting=customers&by=language")]
    [InlineData("metric=csat%3B1..5%3Bhigher%3B%2B4%2C5%3B-1%2C2&a.asks=survey%3Dafter-delivery%26question%3Deasy&b.asks=%3Da&b.period=before", "/compare?survey=after-delivery&question=easy")]
    public async Task The_form_becomes_an_address_of_the_filters_of_the_API(string sent, string address)
    {
        using var answer = await app.Analyst.GetAsync($"/compare?form=1&{sent}");
        var days = Day();
        Assert.Equal(address, days.Replace(answer.Headers.Location!.ToString(), address.Contains('*', StringComparison.Ordinal) ? "*" : "$0"));
        using var page = await app.Analyst.GetAsync(answer.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task What_follows_A_follows_it_when_A_changes()
    {
        var page = await ReadAsync($"/compare?kind=csat&touchpoint=delivery&{A}&{B}");
        var form = WebUtility.HtmlDecode(page[page.IndexOf("<form class=\"sides\"", StringComparison.Ordinal)..page.IndexOf("</form>", page.IndexOf("<form class=\"sides\"", StringComparison.Ordinal), StringComparison.Ordinal)]);
        var sent = Fields().Matches(form).Select(m => (Name: m.Groups[1].Value, Value: Selected().Match(m.Groups[2].Value).Groups[1].Value)).ToDictionary(f => f.Name, f => f.Value);
        Assert.Equal("touchpoint=delivery", sent["a.place"]);
        Assert.Equal("=a", sent["b.place"]);
        sent["a.place"] = "touchpoint=checkout";
        var query = string.Join('&', sent.Select(f => $"{f.Key}={Uri.EscapeDataString(f.Value)}"));
        using var answer = await app.Analyst.GetAsync($"/compare?form=1&{query}&a.dated=1&a.from=2026-06-01&a.until=2026-08-30");
        Assert.Contains("touchpoint=checkout&a.from=2026-06-01&a.to=2026-08-31&b.from=", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_days_B_is_the_period_before_unless_something_else_tells_the_sides_apart()
    {
        var before = await ReadAsync("/compare?kind=csat&touchpoint=delivery");
        Assert.Matches("<option value=\"\" selected[^>]*>The period before A", before);
        Assert.DoesNotContain("The sides differ in", before, StringComparison.Ordinal);
        Assert.Matches("<option value=\"\" selected[^>]*>Same as A</option>\\s*<option value=\"before\"", await ReadAsync("/compare?kind=csat&a.touchpoint=delivery&b.touchpoint=checkout"));
    }

    [Fact]
    public async Task Sides_that_differ_in_two_ways_are_told_so_with_a_way_out()
    {
        var page = WebUtility.HtmlDecode(await ReadAsync($"/compare?kind=csat&touchpoint=delivery&a.segment.country=TH&b.segment.country=ID&{A}&{B}"));
        Assert.Contains("The sides differ in country and period.", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/compare?kind=csat&touchpoint=delivery&from=2026-06-01&to=2026-08-31&a.segment.country=TH&b.segment.country=ID\">period</a>", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/compare?kind=csat&touchpoint=delivery&segment.country=TH&{A}&{B}\">country</a>", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/compare?kind=csat&touchpoint=delivery&a.from=2026-03-02&a.to=2026-06-01&a.segment.country=ID&b.from=2026-06-01&b.to=2026-08-31&b.segment.country=TH\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kind=csat&touchpoint=delivery&segment.country=XX&" + A + "&" + B, "No answers match.")]
    [InlineData("kind=csat&touchpoint=delivery&from=2026-06-01&to=2026-08-31&a.segment.country=XX", "A has no answers to compare.")]
    [InlineData("kind=csat&touchpoint=delivery&from=2026-06-01&to=2026-08-31&a.segment.country=MY&b.segment.country=ID", "Too few answers to compare.")]
    [InlineData("kind=csat&touchpoint=delivery&from=2026-06-01&to=2026-08-31", "A and B are the same selection.")]
    [InlineData("kind=csat&from=2026-06-01&to=2026-08-31&stage=purchase&a.touchpoint=delivery", "Every answer of A is in B too.")]
    [InlineData("kind=nps&touchpoint=delivery&" + A + "&" + B, "was answered too")]
    public async Task Each_state_says_what_it_is(string query, string words)
    {
        var page = await ReadAsync("/compare?" + query);
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_few_answers_show_how_many_there_are_and_no_difference()
    {
        var page = await ReadAsync("/compare?kind=csat&touchpoint=delivery&from=2026-06-01&to=2026-08-31&a.segment.country=MY&b.segment.country=ID");
        Assert.Matches("Too few answers n [1-4] of 5", Plain(page));
        Assert.DoesNotContain("aria-label=\"Difference", page, StringComparison.Ordinal);
        using var file = await app.Analyst.GetAsync("/compare.csv?kind=csat&touchpoint=delivery&from=2026-06-01&to=2026-08-31&a.segment.country=MY&b.segment.country=ID");
        var total = (await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimEnd().Split("\r\n")[^1].Split(',');
        Assert.Equal(["", "", ""], total[3..6]);
    }

    [Theory]
    [InlineData("a.touchpoint=nowhere", "a.touchpoint: There is no touchpoint nowhere.")]
    [InlineData("touchpiont=delivery", "touchpiont: Unknown parameter.")]
    [InlineData("b.from=soon", "b.from: A date like 2026-02-16.")]
    [InlineData("form=1&a.period=soon", "a.period: Not one of the periods on offer.")]
    [InlineData("a.kind=nps", "a.kind: Unknown parameter.")]
    public async Task What_is_wrong_with_an_address_is_named(string query, string words)
    {
        using var answer = await app.Analyst.GetAsync("/compare?" + query);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/journey?kind=csat&segment.country=ID&from=2026-06-01&to=2026-08-31", "/compare?kind=csat&asked=touchpoint&segment.country=ID&a.from=2026-06-01&a.to=2026-08-31&b.from=2026-03-02&b.to=2026-06-01")]
    [InlineData("/touchpoints/delivery?kind=csat&segment.country=ID&from=2026-06-01&to=2026-08-31&vs=2026-04-01..2026-05-01", "/compare?kind=csat&touchpoint=delivery&segment.country=ID&a.from=2026-06-01&a.to=2026-08-31&b.from=2026-04-01&b.to=2026-05-01")]
    [InlineData("/journey/purchase?kind=csat&asked=stage&counting=customers&from=2026-06-01&to=2026-08-31", "/compare?kind=csat&stage=purchase&asked=stage&a.from=2026-06-01&a.to=2026-08-31&b.from=2026-03-02&b.to=2026-06-01&counting=customers")]
    [InlineData("/touchpoints/delivery?kind=csat", "/compare?kind=csat&touchpoint=delivery")]
    public async Task The_pages_of_scores_lead_there_with_what_they_show(string from, string link) =>
        Assert.Contains($"<a class=\"btn pri\" href=\"{link}\">Compare</a>", WebUtility.HtmlDecode(await ReadAsync(from)), StringComparison.Ordinal);

    async Task<string> ReadAsync(string path)
    {
        using var answer = await app.Analyst.GetAsync(path);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, page);
        return page;
    }

    /// <summary>The cells of the table of where it comes from.</summary>
    static List<string[]> Rows(string page) =>
        [.. Row().Matches(page[page.IndexOf("class=\"forest\"", StringComparison.Ordinal)..]).Select(row => Cell().Matches(row.Value).Select(c => Plain(c.Groups[1].Value).Trim()).ToArray()).Where(r => r.Length > 6).Skip(1)];

    static string Share(JsonNode count, JsonNode side) => (100.0 * (long)count / (long)side["n"]!).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    static string Signed(JsonNode value, int decimals) => Display.Round((double)value, decimals) > 0 ? "+" + Number(value, decimals) : Number(value, decimals);

    static string Number(JsonNode value, int decimals) => Display.Text((double)value, decimals).Replace('-', '−');

    static string Plain(string page) => Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(page.Contains("<main", StringComparison.Ordinal) ? page[page.IndexOf("<main", StringComparison.Ordinal)..] : page, " ")), " ");

    [GeneratedRegex("<tr.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("<t[hd][^>]*>(.*?)</t[hd]>", RegexOptions.Singleline)]
    private static partial Regex Cell();

    [GeneratedRegex("""<select id="[^"]*" name="([^"]*)">(.*?)</select>""", RegexOptions.Singleline)]
    private static partial Regex Fields();

    [GeneratedRegex("""<option value="([^"]*)" selected""")]
    private static partial Regex Selected();

    [GeneratedRegex(@"[0-9]{4}-[0-9]{2}-[0-9]{2}")]
    private static partial Regex Day();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
