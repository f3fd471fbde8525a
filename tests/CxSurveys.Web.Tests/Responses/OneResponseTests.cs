using System.Net;
using System.Text.RegularExpressions;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Tests.Accounts;
using CxSurveys.Web.Tests.Scores;
using Microsoft.EntityFrameworkCore;
using Given = CxSurveys.Web.Tests.Scores.Given;

namespace CxSurveys.Web.Tests.Responses;

public sealed partial class OneResponseTests(CxApp app) : IClassFixture<CxApp>
{
    const string Survey = """
        { "name": "Order", "languages": ["en", "th"], "questions": [
            { "key": "recommend", "kind": "nps", "journey": true },
            { "key": "delivery", "kind": "csat", "touchpoint": "delivery" },
            { "key": "easy", "kind": "ces", "stage": "purchase" },
            { "key": "why", "kind": "text", "text": { "en": "Why?", "th": "ทำไม" } },
            { "key": "paid", "kind": "choice", "text": { "en": "How did you pay?" }, "options": [ { "key": "card", "text": { "en": "Card", "th": "บัตร" } } ] } ] }
        """;

    readonly HttpClient admin = app.WithKey("admin");

    [Fact]
    public async Task One_response_tells_all_its_answers_as_they_were_asked()
    {
        using var browser = await app.BrowseAsAsync(Role.Admin);
        await admin.SetAsync(new { name = "Larkfield Home", timeZone = "Asia/Bangkok" });
        await (await admin.PutTextAsync("/journey", Api.SmallJourney)).ReadOkAsync();
        await admin.PublishAsync("order", Survey);
        await admin.ImportAsync([
            Given.Line("order", new { delivery = 2, why = "ช้ามาก", paid = "card" }, new { country = "TH" }, "2026-11-21T04:40:00Z", "C/1 ?", "checkout", "th-TH"),
            Given.Line("order", new { recommend = 9 }, null, "2026-06-02T09:00:00Z", "C/1 ?"),
            Given.Line("order", new { recommend = 3 }, null, "2026-06-03T09:00:00Z", "C-2")]);
        await admin.PublishAsync("order", Survey.Replace("Why?", "Why, now?", StringComparison.Ordinal));
        var id = await IdAsync("customer=C%2F1%20%3F&language=th-TH");
        await app.WithDbAsync(db => db.Database.ExecuteSqlAsync($"update answer set value = -32767 where response_id = {id} and question_id in (select id from question where key = 'easy')"));

        var page = WebUtility.HtmlDecode(await browser.ReadAsync($"/responses/{id}"));
        string[] told =
        [
            "คุณมีแนวโน้มที่จะแนะนำ Larkfield Home", "2 of 5, dissatisfied", "“ไม่พึงพอใจ”", "ทำไม", "ช้ามาก", ">บัตร<", "How did you pay?", "Not shown to this customer", "Skipped",
            "21 Nov 2026, 11:40", "Order, version 1", "Checkout, Purchase", "Thai", "Country", "href=\"/people/~Qy8xID8\"", "9 of 10, promoter", "Delivery</span>",
        ];
        Assert.DoesNotContain(told, words => !page.Contains(words, StringComparison.Ordinal));
        Assert.DoesNotContain("3 of 10", page[page.IndexOf("inbox-one", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);

        using var analyst = await app.BrowseAsAsync(Role.Analyst);
        var forAnalyst = await analyst.ReadAsync($"/responses/{id}");
        Assert.Contains("C/1 ?", WebUtility.HtmlDecode(forAnalyst), StringComparison.Ordinal);
        Assert.DoesNotContain("/people/", forAnalyst, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_response_is_not_found()
    {
        using var browser = await app.BrowseAsAsync(Role.Analyst);
        foreach (var id in new[] { "none", Guid.NewGuid().ToString() })
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/responses/{id}")).StatusCode);
    }

    [Fact]
    public async Task The_list_goes_on_where_the_page_before_ended_and_a_response_stands_beside_its_own_page()
    {
        await admin.PublishAsync("many", """{ "name": "Many", "languages": ["en"], "questions": [{ "key": "score", "kind": "nps", "journey": true }] }""");
        await admin.ImportAsync([.. Enumerable.Range(0, 103).Select(i => Given.Line("many", new { score = i % 11 }, at: $"2026-03-01T{i / 60:00}:{i % 60:00}:00Z"))]);
        using var browser = await app.BrowseAsAsync(Role.Analyst);

        var seen = new List<string>();
        string? address = "/responses?survey=many", last = null;
        for (; address is not null; last = address, address = Next(await browser.ReadAsync(address)))
            seen.AddRange(Row().Matches(await browser.ReadAsync(address)).Select(m => m.Groups[1].Value));
        Assert.Equal(103, seen.Count);
        Assert.Equal(103, seen.Distinct().Count());

        var open = Row().Matches(await browser.ReadAsync(last!)).Select(m => m.Groups[1].Value).ElementAt(1);
        var beside = await browser.ReadAsync(last!.Replace("/responses?", $"/responses/{open}?", StringComparison.Ordinal));
        Assert.Contains($"id=\"r-{open}\"", beside, StringComparison.Ordinal);
        Assert.Contains("aria-current=\"true\"", beside, StringComparison.Ordinal);
        Assert.Contains("rel=\"prev\"", beside, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"ri", await browser.ReadAsync($"/responses/{open}?survey=many"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_export_carries_the_filters_and_no_formula()
    {
        using var browser = await app.BrowseAsAsync(Role.Manager);
        await admin.PublishAsync("export", """{ "name": "Export", "languages": ["en"], "questions": [{ "key": "note", "kind": "text", "text": { "en": "Note?" } }] }""");
        await admin.ImportAsync([Given.Line("export", new { note = "=1+1" }), Given.Line("export", new { note = "plain" })]);
        var page = await browser.ReadAsync("/responses?survey=export&q=1");
        Assert.Contains("href=\"/responses.csv?survey=export&amp;q=1\"", page, StringComparison.Ordinal);
        using var file = await browser.GetAsync("/responses.csv?survey=export&q=1");
        Assert.Equal("text/csv", file.Content.Headers.ContentType?.MediaType);
        var lines = (await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Trim().Split("\r\n");
        Assert.Equal(2, lines.Length);
        Assert.EndsWith("'=1+1", lines[1], StringComparison.Ordinal);
    }

    async Task<Guid> IdAsync(string query) => (Guid)(await admin.ReadAsync($"/responses?{query}"))["rows"]!.AsArray().Single()!["id"]!;

    static string? Next(string page) => NextLink().Match(page) is { Success: true } link ? WebUtility.HtmlDecode(link.Groups[1].Value) : null;

    [GeneratedRegex("href=\"([^\"]+)\" rel=\"next\"")]
    private static partial Regex NextLink();

    [GeneratedRegex("id=\"r-([0-9a-f-]+)\"")]
    private static partial Regex Row();
}

/// <summary>On a database of its own: it begins with nothing.</summary>
public sealed class NoResponsesTests(CxApp app) : IClassFixture<CxApp>
{
    [Fact]
    public async Task Before_the_first_response_the_page_says_where_they_come_from()
    {
        using var browser = await app.BrowseAsAsync(Role.Analyst);
        var page = await browser.ReadAsync("/responses");
        Assert.Contains("Responses appear here as they come in.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/responses.csv", page, StringComparison.Ordinal);
    }
}
