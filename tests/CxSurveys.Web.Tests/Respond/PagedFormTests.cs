using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Tests.Accounts;
using CxSurveys.Web.Tests.Invitations;

namespace CxSurveys.Web.Tests.Respond;

/// <summary>A form page by page, in a browser without JavaScript: the server decides what comes next.</summary>
public sealed class PagedFormTests(CxApp app) : IClassFixture<CxApp>, IAsyncLifetime
{
    const string Paged = """
        { "name": "Paged", "languages": ["en", "th"], "questions": [
            { "key": "nps", "kind": "nps", "required": true, "journey": true },
            { "key": "wrong", "kind": "text", "text": { "en": "What went wrong?" }, "required": true, "showIf": { "question": "nps", "in": ["negative"] } },
            { "key": "ease", "kind": "ces", "journey": true, "newPage": true, "showIf": { "question": "nps", "in": ["negative", "neutral"] } },
            { "key": "words", "kind": "text", "text": { "en": "Tell us more" }, "textBy": { "question": "nps", "negative": { "en": "What should we put right first?" }, "positive": { "en": "What did you like most?" } }, "newPage": true },
            { "key": "speed", "kind": "csat", "required": true, "journey": true } ] }
        """;

    readonly HttpClient admin = app.WithKey("admin"), browser = app.Anonymous;

    public async ValueTask InitializeAsync()
    {
        await (await admin.PutTextAsync("/journey", Api.SmallJourney)).ReadOkAsync();
        await admin.PublishAsync("paged", Paged);
    }

    public async ValueTask DisposeAsync() => Assert.Equal(0, await app.VerifyAsync());

    async Task<JsonObject> NewestAsync(string survey) => (await admin.ReadAsync($"/responses?survey={survey}&limit=1"))["rows"]!.AsArray()[0]!.AsObject();

    [Fact]
    public async Task The_first_next_saves_and_pages_that_nobody_has_to_see_are_left_out()
    {
        var first = await browser.OpenAsync("/s/paged");
        Assert.Contains("1 of 3", first.Html, StringComparison.Ordinal);
        Assert.Contains(">Next<", first.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("What did you like most?", first.Html, StringComparison.Ordinal);

        // Typed before the score was changed: hidden now, so neither stored nor asked for.
        var last = await browser.SendAndFollowAsync(first, ("nps", "9"), ("wrong", "no"));
        Assert.Contains("2 of 2", last.Html, StringComparison.Ordinal);
        Assert.Contains("Your first answer is saved:", last.Html, StringComparison.Ordinal);
        Assert.Contains("9 of 10", last.Html, StringComparison.Ordinal);
        Assert.Contains("What did you like most?", last.Html, StringComparison.Ordinal);
        Assert.Contains(">Send<", last.Html, StringComparison.Ordinal);
        var stored = await NewestAsync("paged");
        Assert.Equal("""{"nps":9}""", stored["answers"]!.ToJsonString());
        Assert.Equal(["wrong", "ease"], stored["notShown"]!.AsArray().Select(k => (string)k!));

        var missing = await browser.SendAsync(last, ("words", "The driver"));
        Assert.Equal((HttpStatusCode.BadRequest, "3"), (missing.Status, missing.Number));
        Assert.Contains("The driver</textarea>", missing.Html, StringComparison.Ordinal);
        var thanks = await browser.SendAndFollowAsync(missing, ("words", "The driver"), ("speed", "4"));
        Assert.Contains("Thank you. Your answer is saved.", thanks.Html, StringComparison.Ordinal);
        Assert.Contains("What did you like most?", thanks.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Go on with the survey", thanks.Html, StringComparison.Ordinal);
        Assert.Equal("""{"nps":9,"words":"The driver","speed":4}""", (await NewestAsync("paged"))["answers"]!.ToJsonString());
    }

    [Fact]
    public async Task Going_back_and_answering_otherwise_decides_anew_and_keeps_the_rest()
    {
        long before = await app.ResponsesAsync();
        var second = await browser.SendAndFollowAsync(await browser.OpenAsync("/s/paged"), ("nps", "2"), ("wrong", "Late"));
        Assert.Contains("2 of 3", second.Html, StringComparison.Ordinal);
        var third = await browser.SendAndFollowAsync(second, ("ease", "1"));
        Assert.Contains("What should we put right first?", third.Html, StringComparison.Ordinal);
        var thanks = await browser.SendAndFollowAsync(third, ("words", "The box"), ("speed", "1"));
        Assert.Equal("""{"nps":2,"wrong":"Late","ease":1,"words":"The box","speed":1}""", (await NewestAsync("paged"))["answers"]!.ToJsonString());

        var change = await browser.OpenAsync(thanks.Address.Replace("&finished=1", "&page=1", StringComparison.Ordinal));
        Assert.Equal(["nps=2"], change.Chosen);
        Assert.Contains("Late</textarea>", change.Html, StringComparison.Ordinal);
        var after = await browser.SendAndFollowAsync(change, ("nps", "10"), ("wrong", "Late"));
        Assert.Contains("The box</textarea>", after.Html, StringComparison.Ordinal);
        Assert.Equal("""{"nps":10,"words":"The box","speed":1}""", (await NewestAsync("paged"))["answers"]!.ToJsonString());
        Assert.Equal(before + 1, await app.ResponsesAsync());
    }

    [Fact]
    public async Task Who_stopped_on_the_way_can_go_on_and_a_required_follow_up_is_asked_for()
    {
        var first = await browser.OpenAsync("/s/paged");
        var missing = await browser.SendAsync(first, ("nps", "0"));
        Assert.Equal(HttpStatusCode.BadRequest, missing.Status);
        Assert.Contains("id=\"e-wrong\"", missing.Html, StringComparison.Ordinal);
        var second = await browser.SendAndFollowAsync(first, ("nps", "0"), ("wrong", "All of it"));
        var thanks = await browser.OpenAsync(second.Address.Replace("&page=2", "", StringComparison.Ordinal));
        Assert.Contains("Go on with the survey", thanks.Html, StringComparison.Ordinal);
        Assert.Contains("page=2", thanks.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invited_person_answers_page_by_page_under_the_one_link()
    {
        var guest = await app.GuestAsync("paged");
        var first = await browser.OpenAsync(guest.Link + "?score=3&lang=en");
        Assert.Equal(["nps=3"], first.Chosen);
        var second = await browser.SendAndFollowAsync(first, ("nps", "3"), ("wrong", "Rain"));
        Assert.Contains("page=2", second.Address, StringComparison.Ordinal);
        var third = await browser.SendAndFollowAsync(second);
        var thanks = await browser.SendAndFollowAsync(third, ("speed", "5"));
        Assert.Contains("Thank you.", thanks.Html, StringComparison.Ordinal);
        Assert.Equal("""{"nps":3,"wrong":"Rain","speed":5}""", (await app.ResponseAsync(guest))["answers"]!.ToJsonString());
    }

    [Fact]
    public async Task A_page_without_an_answer_stores_nothing_and_goes_on()
    {
        await admin.PublishAsync("intro", """
            { "name": "Intro", "languages": ["en"], "questions": [ { "key": "hello", "kind": "statement", "text": { "en": "Two questions." } },
              { "key": "nps", "kind": "nps", "newPage": true }, { "key": "fast", "kind": "csat", "newPage": true } ] }
            """);
        long before = await app.ResponsesAsync();
        var second = await browser.SendAndFollowAsync(await browser.OpenAsync("/s/intro"));
        Assert.Equal("2", second.Number);
        var third = await browser.SendAndFollowAsync(second);
        Assert.Equal(before, await app.ResponsesAsync());
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SendAsync(third)).Status);
        await browser.SendAndFollowAsync(third, ("fast", "5"));
        Assert.Equal(before + 1, await app.ResponsesAsync());
    }

    [Fact]
    public async Task Rules_on_the_same_page_are_drawn_with_what_they_look_at_and_nothing_else_gets_into_the_styles()
    {
        var page = await browser.OpenAsync("/s/paged");
        Assert.Contains("#w-wrong{display:none}", page.Html, StringComparison.Ordinal);
        Assert.Contains("<div id=\"w-wrong\">", page.Html, StringComparison.Ordinal);
        Assert.Contains(@"[name=nps][value=\30 ]:checked", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(@"[name=nps][value=\37 ]:checked", page.Html, StringComparison.Ordinal);

        await (await admin.PutTextAsync("/surveys/draft", """
            { "name": "D", "languages": ["en"], "questions": [ { "key": "n", "kind": "nps" },
              { "key": "t", "kind": "text", "text": { "en": "T" }, "showIf": { "question": "n", "in": ["</style><b>", 1] } } ] }
            """)).ReadOkAsync();
        using var author = await app.BrowseAsAsync(Role.Admin);
        Assert.DoesNotContain("<b>\"", await author.ReadAsync("/surveys/draft/preview"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contact_request_a_consent_and_a_matrix_are_asked_on_the_page()
    {
        await admin.PublishAsync("kinds", """
            { "name": "Kinds", "languages": ["en", "th"], "matrices": [ { "key": "m", "text": { "en": "How satisfied were you with" } } ], "questions": [
              { "key": "clean", "kind": "csat", "text": { "en": "Cleanliness" }, "matrix": "m", "touchpoint": "delivery" }, { "key": "staff", "kind": "csat", "text": { "en": "Staff" }, "matrix": "m", "touchpoint": "support" },
              { "key": "publish", "kind": "consent", "text": { "en": "You may publish it." }, "help": { "en": "Without your name." }, "required": true },
              { "key": "call", "kind": "contact", "text": { "en": "May we call you?" } } ] }
            """);
        var page = await browser.OpenAsync("/s/kinds?lang=th");
        Assert.Contains("How satisfied were you with", page.Html, StringComparison.Ordinal);
        var wrong = await browser.SendAsync(page, ("clean", "5"), ("call", "yes"), ("call.reach", "at home"));
        Assert.Contains("id=\"e-publish\"", wrong.Html, StringComparison.Ordinal);
        Assert.Contains("id=\"e-call\"", wrong.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"at home\"", wrong.Html, StringComparison.Ordinal);
        var thanks = await browser.SendAndFollowAsync(wrong, ("clean", "5"), ("staff", "1"), ("publish", "yes"), ("call", "yes"), ("call.reach", "+66 2 123 4567"));
        Assert.Contains("+66 2 123 4567", WebUtility.HtmlDecode(thanks.Html), StringComparison.Ordinal);
        var stored = await NewestAsync("kinds");
        Assert.Equal("""{"clean":5,"staff":1,"publish":true,"call":"\u002B66 2 123 4567"}""", stored["answers"]!.ToJsonString());
        Assert.Equal("en", (string)stored["agreed"]!["publish"]!["language"]!);
        Assert.Equal(["delivery", "support"], (await admin.ReadAsync("/scores?kind=csat&survey=kinds&by=touchpoint"))["rows"]!.AsArray().Select(r => (string)r!["key"]!));
    }
}

/// <summary>Words that name the reader and the occasion.</summary>
public sealed class PersonalWordsTests(CxApp app) : IClassFixture<CxApp>, IAsyncLifetime
{
    const string Survey = """
        { "name": "Personal", "languages": ["en", "th"], "questions": [
            { "key": "hello", "kind": "statement", "text": { "en": "Hello {name|dear customer}, {product|your order} {order|of today} reached you on {date|the agreed day}." } },
            { "key": "nps", "kind": "nps", "text": { "en": "Would {segment.plan|our} customers recommend {company}?" }, "journey": true },
            { "key": "why", "kind": "text", "text": { "en": "Why, {name|dear customer}?" } } ] }
        """;

    readonly HttpClient admin = app.WithKey("admin"), browser = app.Anonymous;

    public async ValueTask InitializeAsync()
    {
        await (await admin.PutTextAsync("/journey", Api.SmallJourney)).ReadOkAsync();
        await admin.PublishAsync("personal", Survey);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    static string Text(string html) => WebUtility.HtmlDecode(Regex.Replace(html, "<[^>]+>", ""));

    [Fact]
    public async Task What_is_not_known_leaves_neither_a_hole_nor_a_brace()
    {
        string text = Text((await browser.OpenAsync("/s/personal")).Html);
        Assert.Contains("Hello dear customer, your order of today reached you on the agreed day.", text, StringComparison.Ordinal);
        Assert.Contains("Would our customers recommend ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("|", text, StringComparison.Ordinal);

        var guest = await app.GuestAsync("personal", more: """ "attributes": { "country": "ID" } """);
        Assert.Contains("Hello dear customer, your order", Text((await browser.OpenAsync(guest.Link)).Html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_known_is_filled_in_once_and_encoded()
    {
        var guest = await app.GuestAsync("personal", more: """
            "name": "Dewi <img src=x onerror=alert(1)> {order|x}", "attributes": { "product": "{name|y} ${7*7} $& {{SID}}", "order": "\u202e48213", "date": "2026-11-20", "plan": "gold" }
            """);
        var page = await browser.OpenAsync(guest.Link + "?lang=en");
        Assert.DoesNotContain("<img", page.Html, StringComparison.Ordinal);
        string text = Text(page.Html);
        Assert.Contains("Hello Dewi <img src=x onerror=alert(1)> {order|x}, {name|y} ${7*7} $& {{SID}} \u202e48213 reached you on 20 November 2026.", WebUtility.HtmlDecode(Regex.Replace(page.Html, "</?(bdi|p)[^>]*>", "")), StringComparison.Ordinal);
        Assert.Contains("Would gold customers recommend ", text, StringComparison.Ordinal);

        await browser.SendAndFollowAsync(page, ("nps", "9"), ("why", "{name|z} {{7*7}} $& ${x} {SID}"));
        var thanks = Text((await browser.OpenAsync(guest.Link + "?lang=en")).Html);
        Assert.Contains("{name|z} {{7*7}} $& ${x} {SID}", thanks, StringComparison.Ordinal);
        Assert.DoesNotContain("49", thanks.Replace("2026", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{name}", "statement")]
    [InlineData("{name|  }", "statement")]
    [InlineData("{constructor|x}", "text")]
    [InlineData("{name|x", "nps")]
    [InlineData("name|x}", "text")]
    [InlineData("{name|x}", "consent")]
    [InlineData("{segment.|x}", "text")]
    public async Task A_place_without_a_name_or_a_default_is_named_before_publishing(string text, string kind)
    {
        await (await admin.PutTextAsync("/surveys/places", $$"""{ "name": "P", "languages": ["en"], "questions": [ { "key": "q", "kind": "{{kind}}", "text": { "en": "Hi {{text}}" } } ] }""")).ReadOkAsync();
        Assert.Equal(["questions[0].text.en"], (await (await admin.PostTextAsync("/surveys/places/publish", "{}")).ReadErrorsAsync()).Keys);
    }
}
