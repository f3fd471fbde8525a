using System.Net;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Tests.Accounts;
using CxSurveys.Web.Tests.Respond;
using static CxSurveys.Web.Tests.Surveys.SurveyPagesTests;

namespace CxSurveys.Web.Tests.Surveys;

/// <summary>From a draft to what customers see: preview, locked measures, publishing, closing.</summary>
public sealed class DraftPagesTests(CxApp app) : IClassFixture<CxApp>
{
    readonly HttpClient admin = app.WithKey("admin");

    [Fact]
    public async Task The_API_replaces_only_the_revision_that_was_read_where_one_is_named()
    {
        await admin.PublishAsync("revised", Small("Revised", "One?"));
        string read = (string)(await admin.ReadAsync("/surveys/revised"))["revision"]!;
        using var first = await PutAsync("revised", Small("Revised", "Two?"), read);
        Assert.Equal((string)(await first.ReadOkAsync())["revision"]!, first.Headers.ETag!.Tag.Trim('"'));
        using var second = await PutAsync("revised", Small("Revised", "Three?"), read);
        Assert.Equal(HttpStatusCode.PreconditionFailed, second.StatusCode);
        Assert.Contains("saved by", await second.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("Two?", (string)(await admin.ReadAsync("/surveys/revised"))["questions"]![0]!["text"]!["en"]!);
    }

    [Fact]
    public async Task The_preview_shows_the_mail_too()
    {
        await admin.PublishAsync("mailed", Small("Mailed", "How was it?"));
        using var browser = await app.BrowseAsAsync(Role.Admin);
        using var mail = await browser.GetAsync("/surveys/mailed/preview?as=mail&lang=en");
        Assert.Contains("frame-ancestors 'self'", mail.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("/surveys/mailed/preview?score=5", await mail.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var page = await browser.GetAsync("/surveys/mailed/preview");
        Assert.Contains("frame-ancestors 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publishing_another_draft_than_was_shown_is_refused()
    {
        await admin.PublishAsync("moved", Small("Moved", "How was it?"));
        using var browser = await app.BrowseAsAsync(Role.Admin);
        await (await admin.PutTextAsync("/surveys/moved", Small("Moved", "And now?"))).ReadOkAsync();
        string seen = await browser.ReadAsync("/surveys/moved/publish");
        Assert.Contains("The line goes on.", seen, StringComparison.Ordinal);
        await (await admin.PutTextAsync("/surveys/moved", Small("Moved", "Or so?"))).ReadOkAsync();
        using var refused = await browser.PostFormAsync("/surveys/moved/publish", new() { ["stamp"] = Shape.Stamp(seen) });
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(1, (int)(await admin.ReadAsync("/surveys/moved"))["version"]!);
    }

    [Fact]
    public async Task What_the_journey_lost_stands_against_publishing_with_the_place_to_mend_it()
    {
        await (await admin.PutTextAsync("/journey", Api.SmallJourney)).ReadOkAsync();
        await (await admin.PutTextAsync("/surveys/lost", """{ "name": "Lost", "languages": ["en"], "questions": [ { "key": "q", "kind": "nps", "touchpoint": "support" } ] }""")).ReadOkAsync();
        await (await admin.PutTextAsync("/journey", Api.SmallJourney.Replace("\"support\"", "\"help\"", StringComparison.Ordinal))).ReadOkAsync();
        using var browser = await app.BrowseAsAsync(Role.Admin);
        string page = await browser.ReadAsync("/surveys/lost/publish");
        Assert.Contains("<a href=\"/surveys/lost/edit#f-questions-0-touchpoint\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Publish version", page, StringComparison.Ordinal);
        using var refused = await browser.PostFormAsync("/surveys/lost/publish", new() { ["stamp"] = Shape.Stamp(page) });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

        var (editor, _) = await (await FilledForm.OpenAsync(browser, "/surveys/lost/edit")).PressAsync(browser, "save");
        Assert.Contains("id=\"f-questions-0-touchpoint-problem\"", editor!.Html, StringComparison.Ordinal);
        Assert.Equal("touchpoint:support", editor["questions[0].place"]);
    }

    [Fact]
    public async Task The_measure_of_an_answered_question_is_locked_its_words_are_not()
    {
        await admin.PublishAsync("locked", Small("Locked", "How was it?"));
        await (await admin.PostTextAsync("/responses", $$"""{ "id": "{{Guid.CreateVersion7()}}", "survey": "locked", "answers": { "how": 4 } }""")).ReadOkAsync();
        using var browser = await app.BrowseAsAsync(Role.Admin);
        var form = await FilledForm.OpenAsync(browser, "/surveys/locked/edit");
        Assert.Contains("Locked: 1 answer uses it.", form.Text, StringComparison.Ordinal);
        Assert.False(form.Has("questions[0].kind"));
        Assert.False(form.Has("questions[0].scale.max"));
        Assert.True(form.Has("questions[1].kind"));

        form = await form.DoAsync(browser, "copy:0");
        form.With("questions[0].text.en", "How was it, really?").With("questions[1].text.en", "In stars?").With("questions[1].scale", "1:7:");
        await form.PressAsync(browser, "save");
        var questions = (await admin.ReadAsync("/surveys/locked"))["questions"]!;
        Assert.Equal("""
            [{"key":"how","kind":"csat","text":{"en":"How was it, really?"}},{"key":"in-stars","kind":"csat","text":{"en":"In stars?"},"scale":{"min":1,"max":7}},{"key":"why","kind":"text","text":{"en":"Why?"}}]
            """, Shape.Of(questions));

        form = await FilledForm.OpenAsync(browser, "/surveys/locked/edit");
        form = await form.DoAsync(browser, "remove:0");
        var (refused, _) = await form.With("questions[0].key", "how").PressAsync(browser, "save");
        Assert.Contains("Answers to another kind or scale are stored under this key", refused!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_survey_is_closed_and_reopened_on_its_page()
    {
        await admin.PublishAsync("door", Small("Door", "How was it?"));
        using var browser = await app.BrowseAsAsync(Role.Admin);
        (await browser.PostFormAsync("/surveys/door", [], "/surveys/door?handler=Close")).Dispose();
        Assert.Contains("no more answers are taken", await browser.ReadAsync("/surveys/door"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, (await app.Anonymous.OpenAsync("/s/door")).Status);
        (await browser.PostFormAsync("/surveys/door", [], "/surveys/door?handler=Reopen")).Dispose();
        Assert.Equal(HttpStatusCode.OK, (await app.Anonymous.OpenAsync("/s/door")).Status);
        Assert.Contains("/s/door", await browser.ReadAsync("/surveys"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_preview_shows_the_draft_as_customers_will_see_it_and_stores_nothing()
    {
        await admin.PublishAsync("shown", Small("Shown", "How was it?"));
        await (await admin.PutTextAsync("/surveys/shown", """{ "name": "Shown", "languages": ["en", "th"], "questions": [ { "key": "how", "kind": "csat", "text": { "en": "And now?", "th": "ตอนนี้ล่ะ" }, "required": true } ] }""")).ReadOkAsync();
        using var browser = await app.BrowseAsAsync(Role.Admin);
        var page = await browser.Client.OpenAsync("/surveys/shown/preview?lang=th");
        Assert.Equal("th", page.Language);
        Assert.Contains("ตอนนี้ล่ะ", page.Html, StringComparison.Ordinal);
        long before = await app.ResponsesAsync();
        Assert.Contains("nothing that is entered here is stored", (await browser.Client.SendAsync(page, ("how", "5"))).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Client.SendAsync(page)).Status);
        Assert.Equal(before, await app.ResponsesAsync());
        Assert.Contains("How was it?", (await app.Anonymous.OpenAsync("/s/shown")).Html, StringComparison.Ordinal);
    }

    async Task<HttpResponseMessage> PutAsync(string survey, string definition, string revision)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{Api.Root}/surveys/{survey}") { Content = new StringContent(definition, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{revision}\"");
        return await admin.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
