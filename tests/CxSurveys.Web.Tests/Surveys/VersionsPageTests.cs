using System.Net;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Tests.Accounts;
using CxSurveys.Web.Tests.Scores;

namespace CxSurveys.Web.Tests.Surveys;

/// <summary>Versions on pages: what differs, which wordings count as one, and the way back.</summary>
public sealed class VersionsPageTests(CxApp app) : IClassFixture<CxApp>
{
    readonly HttpClient admin = app.WithKey("admin");
    readonly string survey = "s" + Guid.NewGuid().ToString("n")[..12];

    static string Survey(string text, string thai = "ดีไหม", string more = "") => $$"""
        { "name": "S", "languages": ["en", "th"], "questions": [
            { "key": "rate", "kind": "csat", "text": { "en": "{{text}}", "th": "{{thai}}" } },
            { "key": "how", "kind": "choice", "text": { "en": "How?", "th": "ยังไง" }, "options": [ { "key": "card", "text": { "en": "Card", "th": "บัตร" } }{{more}} ] } ] }
        """;

    async Task AskTwiceAsync()
    {
        await admin.PublishAsync(survey, Survey("How was <it>?"));
        await admin.ImportAsync([.. Enumerable.Range(0, 6).Select(_ => Given.Line(survey, new { rate = 1 }))]);
        await (await admin.PutTextAsync($"/surveys/{survey}", Survey("How was <it> for you?", "ดีไหมคะ", """, { "key": "cash", "text": { "en": "Cash", "th": "เงินสด" } }"""))).ReadOkAsync();
    }

    string Path(string more = "") => $"/surveys/{survey}{more}";

    async Task<string?> LineAsync() => (string?)(await admin.ReadAsync($"/scores?kind=csat&survey={survey}&by=question"))["line"];

    [Fact]
    public async Task Publishing_asks_about_changed_words_splits_by_default_and_wants_a_reason_for_the_other()
    {
        await AskTwiceAsync();
        using var browser = await app.BrowseAsAsync(Role.Admin);
        var page = await browser.ReadAsync(Path("/publish"));
        Assert.Contains("Do these words ask the same as those of version 1?", page, StringComparison.Ordinal);
        Assert.Contains("How was &lt;it&gt;<ins><span class=\"vh\">[now: </span> for you<span class=\"vh\">]</span></ins>?", page, StringComparison.Ordinal);
        using var unsaid = await browser.PostFormAsync(Path("/publish"), new() { ["stamp"] = Shape.Stamp(page), ["Means[rate]"] = "same", ["Why[rate]"] = " " });
        Assert.Equal(HttpStatusCode.BadRequest, unsaid.StatusCode);
        Assert.Equal(1, (int)(await admin.ReadAsync(Path()))["version"]!);

        using var published = await browser.PostFormAsync(Path("/publish"), new() { ["stamp"] = Shape.Stamp(page), ["Means[rate]"] = "same", ["Why[rate]"] = "Only <politer>" });
        Assert.Equal(HttpStatusCode.Redirect, published.StatusCode);
        await admin.ImportAsync([Given.Line(survey, new { rate = 5 })]);
        Assert.Equal("1", await LineAsync());
        var versions = await browser.ReadAsync(Path("/versions"));
        Assert.Contains("<q>Only &lt;politer&gt;</q>", versions, StringComparison.Ordinal);

        using var split = await browser.PostFormAsync(Path("/versions"), new() { ["version"] = "2", ["question"] = "rate" }, Path("/versions?handler=Unmark"));
        Assert.Equal(HttpStatusCode.Redirect, split.StatusCode);
        Assert.Equal("2", await LineAsync());
        using var empty = await browser.PostFormAsync(Path("/versions"), new() { ["version"] = "2", ["question"] = "rate", ["reason"] = "" }, Path("/versions?handler=Mark"));
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        using var unknown = await browser.PostFormAsync(Path("/versions"), new() { ["version"] = "2", ["question"] = "none", ["reason"] = "x" }, Path("/versions?handler=Mark"));
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        using var marked = await browser.PostFormAsync(Path("/versions"), new() { ["version"] = "2", ["question"] = "rate", ["reason"] = "Checked" }, Path("/versions?handler=Mark"));
        Assert.Equal("1", await LineAsync());
    }

    [Fact]
    public async Task The_difference_of_two_versions_names_what_was_reworded_added_and_moved_in_each_language()
    {
        await AskTwiceAsync();
        await (await admin.PostTextAsync($"/surveys/{survey}/publish", "{}")).ReadOkAsync();
        using var browser = await app.BrowseAsAsync(Role.Admin);
        var page = await browser.ReadAsync(Path("/versions?from=1&to=2"));
        Assert.Contains("From version 1 to version 2", page, StringComparison.Ordinal);
        Assert.Contains("Question, English", page, StringComparison.Ordinal);
        Assert.Contains("Question, Thai", page, StringComparison.Ordinal);
        Assert.Contains("Option cash, Thai", page, StringComparison.Ordinal);
        Assert.Contains("Line split", page, StringComparison.Ordinal);
        Assert.Contains("From version 2 to version 1", await browser.ReadAsync(Path("/versions?from=2&to=1")), StringComparison.Ordinal);
        using var none = await browser.GetAsync(Path("/versions?from=9"));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);

        using var again = await browser.PostFormAsync(Path("/versions"), new() { ["version"] = "1" }, Path("/versions?handler=Again"));
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        Assert.Equal(3, (int)(await admin.ReadAsync(Path()))["version"]!);
        Assert.Contains("They ask the same.", await browser.ReadAsync(Path("/versions?from=1&to=3")), StringComparison.Ordinal);
    }
}
