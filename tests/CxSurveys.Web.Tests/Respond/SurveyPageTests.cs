using System.Net;
using System.Text.RegularExpressions;

namespace CxSurveys.Web.Tests.Respond;

public sealed partial class SurveyPageTests(CxApp app) : IClassFixture<CxApp>, IAsyncLifetime
{
    const string Order = """
        { "name": "Order", "languages": ["en", "id", "ms", "th", "ar"], "questions": [
            { "key": "recommend", "kind": "nps", "required": true, "journey": true },
            { "key": "speed", "kind": "csat", "presentation": "faces", "journey": true },
            { "key": "reason", "kind": "text", "text": { "en": "Why?", "th": "เพราะอะไร" } } ] }
        """;

    readonly HttpClient browser = app.Anonymous;

    public async ValueTask InitializeAsync() => await app.WithKey("admin").PublishAsync("order", Order);

    public async ValueTask DisposeAsync() => Assert.Equal(0, await app.VerifyAsync());

    [Fact]
    public async Task A_page_is_one_small_document_without_cookies_or_styles_outside_the_policy()
    {
        foreach (var language in new[] { "en", "id", "ms", "th", "ar" })
        {
            var page = await browser.OpenAsync($"/s/order?lang={language}");
            Assert.Equal((HttpStatusCode.OK, language), (page.Status, page.Language));
            Assert.InRange(page.Bytes, 1, 13_000);
            Assert.False(page.Headers.ContainsKey("Set-Cookie"));
            Assert.DoesNotMatch(" style=| on[a-z]+=|<(img|link|iframe)", page.Html);
            Assert.Contains($"'nonce-{WebUtility.HtmlDecode(Nonce().Match(page.Html).Groups[1].Value)}'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.Contains("noindex", page.Headers["X-Robots-Tag"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Going_back_shows_the_form_that_was_sent()
    {
        var page = await browser.OpenAsync("/s/order");
        // A browser may only show it again when it may keep it, and forgets a page whose own address was posted to.
        Assert.DoesNotContain("no-store", page.Headers["Cache-Control"], StringComparison.Ordinal);
        Assert.NotEqual("/s/order", page.PostTo);
        Assert.NotEqual((await browser.OpenAsync("/s/order?lang=en")).Address, page.PostTo);
    }

    [Fact]
    public async Task A_survey_of_27_questions_stays_under_30_kB()
    {
        var questions = Enumerable.Range(0, 27).Select(i =>
            $$"""{ "key": "question{{i}}", "kind": "csat", "text": { "en": "Cleanliness of the restrooms: 1 unacceptable to 5 outstanding" } }""");
        await app.WithKey("admin").PublishAsync("long", $$"""{ "name": "Long", "languages": ["en"], "questions": [ {{string.Join(',', questions)}} ] }""");
        Assert.InRange((await browser.OpenAsync("/s/long")).Bytes, 10_000, 28_000);
    }

    [Fact]
    public async Task A_short_text_has_one_line_and_what_has_more_keeps_them()
    {
        await app.WithKey("admin").PublishAsync("short", """
            { "name": "Short", "languages": ["en"], "questions": [ { "key": "city", "kind": "text", "oneLine": true, "text": { "en": "Your city?" } }, { "key": "why", "kind": "text", "text": { "en": "Why?" } } ] }
            """);
        var page = await browser.OpenAsync("/s/short");
        Assert.Matches("<input[^>]* id=\"q-city\"", page.Html);
        Assert.Matches("<textarea[^>]* id=\"q-why\"", page.Html);
        Assert.Matches("<input[^>]* value=\"Kota Bandung\"", (await browser.SendAndFollowAsync(page, ("city", "Kota Bandung"))).Html);
        Assert.Matches("<textarea[^>]* id=\"q-city\"", (await browser.SendAndFollowAsync(await browser.OpenAsync("/s/short"), ("city", "Kota\nBandung"))).Html);
    }

    [Fact]
    public async Task Looking_stores_nothing()
    {
        long before = await app.ResponsesAsync();
        var page = await browser.OpenAsync("/s/order?score=9&lang=th");
        Assert.Equal(["recommend=9"], page.Chosen);
        Assert.Contains("score=9&amp;lang=ar", page.Html, StringComparison.Ordinal);
        using var head = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/s/order?score=9"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(before, await app.ResponsesAsync());
    }

    [Fact]
    public async Task The_browser_s_language_is_spoken_when_the_address_names_none() =>
        Assert.Equal("ar", (await browser.OpenAsync("/s/order", "fr, ar-EG;q=0.8, th;q=0.5")).Language);

    [Fact]
    public async Task Zero_is_an_answer_and_is_repeated_in_the_language_of_the_page()
    {
        var thanks = await browser.SendAndFollowAsync(await browser.OpenAsync("/s/order?lang=th"), ("recommend", "0"), ("speed", "1"));
        Assert.Equal("th", thanks.Language);
        Assert.Contains("0 จาก 10", thanks.Html, StringComparison.Ordinal);
        Assert.Contains("no-store", thanks.Headers["Cache-Control"], StringComparison.Ordinal);
        Assert.Equal("no-referrer", thanks.Headers["Referrer-Policy"]);
        Assert.Equal(["speed=1", "recommend=0"], thanks.Chosen.OrderDescending());
    }

    [Fact]
    public async Task A_form_sent_many_times_at_once_is_one_response()
    {
        long before = await app.ResponsesAsync();
        var page = await browser.OpenAsync("/s/order");
        var sent = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => browser.SendAsync(page, ("recommend", "9"))));
        Assert.All(sent, s => Assert.Equal(HttpStatusCode.SeeOther, s.Status));
        Assert.Equal(before + 1, await app.ResponsesAsync());
    }

    [Fact]
    public async Task Going_back_and_sending_something_else_changes_the_one_response()
    {
        long before = await app.ResponsesAsync();
        var page = await browser.OpenAsync("/s/order");
        await browser.SendAndFollowAsync(page, ("recommend", "2"));
        var changed = await browser.SendAndFollowAsync(page, ("recommend", "10"), ("reason", "They called back."));
        Assert.Contains("10 of 10", changed.Html, StringComparison.Ordinal);
        Assert.Contains("They called back.", changed.Html, StringComparison.Ordinal);
        Assert.Equal(before + 1, await app.ResponsesAsync());
    }

    [Fact]
    public async Task A_missing_answer_is_asked_for_at_its_question_and_the_rest_is_kept()
    {
        long before = await app.ResponsesAsync();
        var page = await browser.OpenAsync("/s/order");
        var again = await browser.SendAsync(page, ("speed", "4"), ("reason", "A <b>kind</b> courier"));
        Assert.Equal(HttpStatusCode.BadRequest, again.Status);
        Assert.Equal(["speed=4"], again.Chosen);
        Assert.Contains("A &lt;b&gt;kind&lt;/b&gt; courier", again.Html, StringComparison.Ordinal);
        Assert.Contains("aria-describedby=\"e-recommend\"", again.Html, StringComparison.Ordinal);
        Assert.Matches("id=\"e-recommend\" role=\"alert\">Please choose a number from 0 to 10", again.Html);
        Assert.Matches("name=\"recommend\" value=\"0\"[^>]* autofocus", again.Html);
        Assert.Equal(page.Seal, again.Seal);
        Assert.Equal(before, await app.ResponsesAsync());

        await browser.SendAndFollowAsync(again, ("recommend", "7"), ("speed", "4"));
        Assert.Equal(before + 1, await app.ResponsesAsync());
    }

    [Theory]
    [InlineData("recommend", "11")]
    [InlineData("recommend", "abc")]
    [InlineData("speed", "-1")]
    public async Task A_bad_value_is_refused_at_its_question(string question, string value)
    {
        long before = await app.ResponsesAsync();
        var again = await browser.SendAsync(await browser.OpenAsync("/s/order"), [("recommend", "5"), (question, value)]);
        Assert.Equal(HttpStatusCode.BadRequest, again.Status);
        Assert.Contains($"id=\"e-{question}\"", again.Html, StringComparison.Ordinal);
        Assert.Equal(before, await app.ResponsesAsync());
    }

    [Fact]
    public async Task A_form_that_no_browser_sends_is_refused_as_a_whole()
    {
        long before = await app.ResponsesAsync();
        var refused = await browser.SendAsync(await browser.OpenAsync("/s/order?lang=th"), ("recommend", "5"), ("reason", "a\0b"));
        Assert.Equal((HttpStatusCode.BadRequest, "th"), (refused.Status, refused.Language));
        Assert.Equal(before, await app.ResponsesAsync());
    }

    [Fact]
    public async Task A_form_without_its_seal_or_with_another_one_stores_nothing()
    {
        long before = await app.ResponsesAsync();
        var page = await browser.OpenAsync("/s/order");
        foreach (var html in new[] { "", "name=\"form\" value=\"019a0000-0000-7000-8000-000000000000\"", $"name=\"form\" value=\"{page.Seal}A\"" })
        {
            var forged = page with { Html = html + "<form method=\"post\" action=\"/s/order\">" };
            Assert.Equal(HttpStatusCode.BadRequest, (await browser.SendAsync(forged, ("recommend", "9"))).Status);
        }
        Assert.Equal(before, await app.ResponsesAsync());
    }

    [Fact]
    public async Task A_form_is_checked_against_the_version_it_showed()
    {
        const string one = """{ "name": "N", "languages": ["en"], "questions": [ { "key": "first", "kind": "nps" } ] }""";
        await app.WithKey("admin").PublishAsync("moving", one);
        var page = await browser.OpenAsync("/s/moving");
        await app.WithKey("admin").PublishAsync("moving", one.Replace("first", "second", StringComparison.Ordinal));
        Assert.Contains("9 of 10", (await browser.SendAndFollowAsync(page, ("first", "9"))).Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/s/nothing")]
    [InlineData("/s/NOTHING%20AT%20ALL")]
    [InlineData("/s/order/a/nothing")]
    public async Task An_unknown_address_is_a_kind_page_in_the_reader_s_language(string address)
    {
        var page = await browser.OpenAsync(address, "th");
        Assert.Equal((HttpStatusCode.NotFound, "th"), (page.Status, page.Language));
        Assert.Contains("ไม่พบลิงก์นี้", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_bodies_and_methods_are_refused()
    {
        using var json = await browser.PostAsync("/s/order", Api.Json("{}"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, json.StatusCode);
        using var deleted = await browser.DeleteAsync("/s/order", TestContext.Current.CancellationToken);
        Assert.InRange((int)deleted.StatusCode, 404, 405);
    }

    [GeneratedRegex("<style nonce=\"([^\"]+)\"")]
    private static partial Regex Nonce();
}
