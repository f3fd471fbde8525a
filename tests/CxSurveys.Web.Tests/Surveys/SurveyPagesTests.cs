using System.Net;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Tests.Accounts;
using CxSurveys.Web.Tests.Respond;

namespace CxSurveys.Web.Tests.Surveys;

public sealed class SurveyPagesTests(CxApp app) : IClassFixture<CxApp>
{
    readonly HttpClient admin = app.WithKey("admin");

    [Fact]
    public async Task A_survey_written_on_the_page_is_published_and_answered_in_Thai()
    {
        await (await admin.PutTextAsync("/journey", Api.SmallJourney)).ReadOkAsync();
        using var browser = await app.BrowseAsAsync(Role.Admin);
        var form = await BeginAsync(browser, "After delivery, on paper");
        form = await form.With("newLanguage", "th").DoAsync(browser, "add-language");
        form = await form.With("newKind", "csat").DoAsync(browser, "add");
        form = await form.With("newKind", "choice").DoAsync(browser, "add");
        form.With("questions[0].place", "journey").Checked("questions[0].required");
        form.With("questions[1].text.en", "How was the delivery?").With("questions[1].text.th", "การจัดส่งเป็นอย่างไร").With("questions[1].place", "touchpoint:delivery")
            .With("questions[1].presentation", "faces").With("questions[1].labels.low.en", "Awful").With("questions[1].scale", "1:7:").With("questions[1].scale.positive", "6, 7");
        form.With("questions[2].text.en", "How did you pay?").With("questions[2].text.th", "คุณชำระเงินอย่างไร")
            .With("questions[2].options[0].text.en", "Card").With("questions[2].options[0].text.th", "บัตร").With("questions[2].options[1].text.en", "Cash").With("questions[2].options[1].key", "money");
        var (_, sentTo) = await form.PressAsync(browser, "publish");
        Assert.Equal("/surveys/after-delivery-on-paper/publish", sentTo);

        var draft = await admin.ReadAsync("/surveys/after-delivery-on-paper");
        Assert.Equal("""
            [{"key":"nps","kind":"nps","journey":true,"required":true},{"key":"how-was-the-delivery","kind":"csat","text":{"en":"How was the delivery?","th":"การจัดส่งเป็นอย่างไร"},"scale":{"min":1,"max":7,"positive":[6,7]},"touchpoint":"delivery","presentation":"faces","labels":{"low":{"en":"Awful"}}},{"key":"how-did-you-pay","kind":"choice","text":{"en":"How did you pay?","th":"คุณชำระเงินอย่างไร"},"options":[{"key":"card","text":{"en":"Card","th":"บัตร"}},{"key":"money","text":{"en":"Cash"}}]}]
            """, Shape.Of(draft["questions"]!));

        var publish = await browser.ReadAsync(sentTo!);
        Assert.Contains("Thai is missing in 2 texts", publish, StringComparison.Ordinal);
        using var published = await browser.PostFormAsync(sentTo!, new() { ["stamp"] = Shape.Stamp(publish) });
        Assert.Equal("/surveys/after-delivery-on-paper", published.Headers.Location!.OriginalString);

        var customer = app.Anonymous;
        var page = await customer.OpenAsync("/s/after-delivery-on-paper?lang=th");
        Assert.Contains("การจัดส่งเป็นอย่างไร", page.Html, StringComparison.Ordinal);
        await customer.SendAndFollowAsync(page, ("nps", "9"), ("how-was-the-delivery", "7"), ("how-did-you-pay", "card"));
        var shown = await browser.ReadAsync("/surveys/after-delivery-on-paper?lang=th");
        Assert.Contains("1 answer so far", shown, StringComparison.Ordinal);
        var company = (string)(await admin.ReadAsync("/settings"))["name"]!;
        Assert.Contains(StandardWording.For("th").Questions["nps.question"].Replace(StandardWording.Company, company, StringComparison.Ordinal), WebUtility.HtmlDecode(shown), StringComparison.Ordinal);
        Assert.Contains(StandardWording.For("th").Lists["nps.ends"][1], shown, StringComparison.Ordinal);
        Assert.Contains("<li lang=\"en\" dir=\"auto\">Cash</li>", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_open_link_is_the_public_address_where_one_is_set()
    {
        await admin.PublishSmallAsync();
        using var behindProxy = app.StartAnother(new Dictionary<string, string> { ["CxSurveys:PublicUrl"] = "http://ask.example/" });
        using var browser = new People.Browser(behindProxy.CreateClient(new() { AllowAutoRedirect = false }));
        using var signedIn = await browser.SignInAsync(await app.CreateAccountAsync(Role.Admin));
        Assert.Contains("value=\"http://ask.example/s/after-delivery\"", await browser.ReadAsync("/surveys/after-delivery"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_and_saving_changes_nothing_of_a_survey_with_every_kind_of_question()
    {
        await admin.PublishSmallAsync();
        const string Full = """
            { "name": "Full", "languages": ["th", "en"], "questions": [
                { "key": "low", "kind": "ces", "scale": { "min": 1, "max": 5, "direction": "lower", "positive": [1], "negative": [] }, "stage": "purchase", "labels": { "high": { "th": "มาก", "en": "Very" } } },
                { "key": "one-to-ten", "kind": "nps", "scale": { "min": 1, "max": 10, "direction": "higher", "positive": [9, 10] }, "text": { "th": "แนะนำไหม", "ar": "؟" } },
                { "key": "stars", "kind": "rating", "text": { "th": "ก\nข" }, "scale": { "min": -2, "max": 2 }, "presentation": "stars", "required": true },
                { "key": "own", "kind": "csat", "labels": {} }, { "key": "city", "kind": "text", "oneLine": true, "text": { "th": "เมือง" } },
                { "key": "what", "kind": "multi", "text": { "th": "อะไร" }, "options": [ { "key": "a", "text": { "en": "A\nB", "de": "C" } } ] } ] }
            """;
        using var browser = await app.BrowseAsAsync(Role.Admin);
        foreach (var (key, definition) in new[] { ("after-delivery", null), ("full", Full) })
        {
            if (definition is not null) await admin.PublishAsync(key, definition);
            var before = (await admin.ReadAsync($"/surveys/{key}")).ToJsonString();
            var form = await FilledForm.OpenAsync(browser, $"/surveys/{key}/edit");
            Assert.Equal($"/surveys/{key}/edit?saved=1", (await form.PressAsync(browser, "save")).SentTo);
            Assert.Equal(before, (await admin.ReadAsync($"/surveys/{key}")).ToJsonString());
            Assert.False((bool)(await admin.ReadAsync($"/surveys/{key}"))["draftChanged"]!);
        }
    }

    [Fact]
    public async Task What_is_wrong_is_told_at_its_field_and_every_entry_is_kept()
    {
        using var browser = await app.BrowseAsAsync(Role.Admin);
        var form = await BeginAsync(browser, "Begun 1");
        form = await form.With("newKind", "rating").DoAsync(browser, "add");
        form = await form.With("newKind", "text").DoAsync(browser, "add");
        form.With("name", "Wrong <b>").With("questions[0].scale", "5:10:").With("questions[1].scale.min", "one").With("questions[1].text.en", "Quality?").With("questions[2].key", "q 3");
        var (page, _) = await form.PressAsync(browser, "save");
        Assert.Equal(HttpStatusCode.BadRequest, page!.Status);
        foreach (string field in new[] { "f-questions-0-scale-min", "f-questions-1-scale-min", "f-questions-1-scale-max", "f-questions-2-key", "f-questions-2-text" })
            Assert.Contains($"<a href=\"#{field}\">", page.Html, StringComparison.Ordinal);
        Assert.Contains("id=\"f-questions-1-scale-min-problem\">A whole number", page.Html, StringComparison.Ordinal);
        Assert.Contains("aria-describedby=\"f-questions-1-scale-min-problem\"", page.Html, StringComparison.Ordinal);
        foreach (var (name, typed) in new[] { ("name", "Wrong <b>"), ("questions[0].scale", "5:10:"), ("questions[1].scale.min", "one"), ("questions[1].text.en", "Quality?"), ("questions[2].key", "q 3") })
            Assert.Equal(typed, page[name]);
        Assert.Single((await admin.ReadAsync(form.Address.Split('/') is [_, _, var key, ..] ? $"/surveys/{key}" : ""))["questions"]!.AsArray());
    }

    [Fact]
    public async Task Adding_moving_and_removing_keep_what_was_typed()
    {
        using var browser = await app.BrowseAsAsync(Role.Admin);
        var form = await BeginAsync(browser, "Begun 2");
        form = await form.With("newKind", "multi").DoAsync(browser, "add");
        form.With("questions[0].text.en", "First").With("questions[1].text.en", "Second").With("questions[1].options[1].text.en", "B");
        form = await form.DoAsync(browser, "up:1");
        Assert.Equal(("Second", "First"), (form["questions[0].text.en"], form["questions[1].text.en"]));
        form = await form.DoAsync(browser, "up-option:0:1");
        Assert.Equal("B", form["questions[0].options[0].text.en"]);
        form = await form.DoAsync(browser, "add-option:0");
        form = await form.DoAsync(browser, "remove-option:0:1");
        Assert.Equal(("B", ""), (form["questions[0].options[0].text.en"], form["questions[0].options[1].text.en"]));
        form = await form.With("newLanguage", "ar").DoAsync(browser, "add-language");
        form = await form.DoAsync(browser, "up-language:ar");
        form = await form.DoAsync(browser, "remove:0");
        Assert.Equal("First", form["questions[0].text.en"]);
        Assert.False(form.Has("questions[1].text.en"));
        // Another kind keeps the words and takes its own scale.
        form.With("questions[0].scale", "1:10:").With("questions[0].kind", "ces");
        form = await form.DoAsync(browser, "refresh");
        Assert.Equal(("", "First"), (form["questions[0].scale"], form["questions[0].text.en"]));
        form = await form.With("newLanguage", "not a tag").DoAsync(browser, "add-language");
        Assert.Contains("A language tag", form.Text, StringComparison.Ordinal);
        Assert.Equal("not a tag", form["newLanguage"]);
    }

    [Fact]
    public async Task Two_admins_do_not_overwrite_each_other_unseen()
    {
        await admin.PublishAsync("shared", Small("Shared", "How was it?"));
        using var browser = await app.BrowseAsAsync(Role.Admin);
        var mine = await FilledForm.OpenAsync(browser, "/surveys/shared/edit");
        var theirs = await FilledForm.OpenAsync(browser, "/surveys/shared/edit");
        await theirs.With("questions[0].text.en", "Theirs?").PressAsync(browser, "save");

        var (refused, _) = await mine.With("questions[0].text.en", "Mine?").PressAsync(browser, "save");
        Assert.Equal(HttpStatusCode.Conflict, refused!.Status);
        Assert.Equal("Mine?", refused["questions[0].text.en"]);
        Assert.Contains("question how (reworded in English)", refused.Text, StringComparison.Ordinal);
        Assert.Equal("Theirs?", await TextAsync("shared"));
        // Saving again is refused again: only the button that says so replaces what was seen.
        Assert.Equal(HttpStatusCode.Conflict, (await refused.PressAsync(browser, "save")).Page!.Status);
        Assert.Equal("/surveys/shared/edit?saved=1", (await refused.PressAsync(browser, Shape.Overwrite(refused.Html))).SentTo);
        Assert.Equal("Mine?", await TextAsync("shared"));
    }

    [Fact]
    public async Task What_is_typed_is_saved_by_itself_and_the_later_of_two_admins_is_told_who_was_faster()
    {
        await admin.PublishAsync("typed", Small("Typed", "How was it?"));
        using var browser = await app.BrowseAsAsync(Role.Admin);
        var mine = await FilledForm.OpenAsync(browser, "/surveys/typed/edit");
        var theirs = await FilledForm.OpenAsync(browser, "/surveys/typed/edit");

        var (status, saved) = await (await theirs.With("newKind", "choice").DoAsync(browser, "add"))
            .With("questions[0].text.en", "Theirs?").With("questions[2].text.en", "Which?").With("questions[2].options[0].text.en", "This").With("questions[2].options[1].text.en", "That").AutosaveAsync(browser);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("""[{"key":"how","options":[]},{"key":"why","options":[]},{"key":"which","options":["this","that"]}]""", Shape.Of(saved["questions"]!));
        Assert.Equal("Theirs?", await TextAsync("typed"));
        Assert.True((bool)saved["changed"]!);

        (status, saved) = await theirs.With("stamp", (string)saved["stamp"]!).With("questions[0].text.en", "").AutosaveAsync(browser);
        Assert.Equal(HttpStatusCode.OK, status);
        (status, var wrong) = await theirs.With("stamp", (string)saved["stamp"]!).With("questions[1].text.en", "").AutosaveAsync(browser);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("f-questions-1-text", (string)wrong["problems"]![0]!["field"]!);

        (status, var overtaken) = await mine.With("questions[0].text.en", "Mine?").AutosaveAsync(browser);
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Matches("^.+ saved this survey on .+ while you were editing", (string)overtaken["conflict"]!);
        Assert.Null((await admin.ReadAsync("/surveys/typed"))["questions"]![0]!["text"]);
    }

    [Fact]
    public async Task A_deleted_question_comes_back_where_it_was_with_everything_typed()
    {
        using var browser = await app.BrowseAsAsync(Role.Admin);
        var form = await BeginAsync(browser, "Begun 3");
        form = await form.With("newKind", "choice").DoAsync(browser, "add");
        form = await form.With("newKind", "text").DoAsync(browser, "add");
        form.With("questions[1].text.en", "Which \"one\"?").With("questions[1].options[1].text.en", "B").With("questions[2].text.en", "Last");
        form = await form.DoAsync(browser, "remove:1");
        Assert.Contains("Deleted: “<bdi>Which \"one\"?</bdi>”", form.Text, StringComparison.Ordinal);
        Assert.Equal("Last", form["questions[1].text.en"]);
        form = await form.DoAsync(browser, "undo");
        Assert.Equal(("Which \"one\"?", "B", "Last"), (form["questions[1].text.en"], form["questions[1].options[1].text.en"], form["questions[2].text.en"]));
        form = await form.DoAsync(browser, "move:2:0");
        Assert.Equal(("Last", "Which \"one\"?"), (form["questions[0].text.en"], form["questions[2].text.en"]));
        form = await form.With("removed", """{"question":{"text":null}}""").DoAsync(browser, "undo");
        Assert.Equal("Last", form["questions[0].text.en"]);
    }

    [Fact]
    public async Task A_branching_survey_is_written_with_buttons_and_selects()
    {
        using var browser = await app.BrowseAsAsync(Role.Admin);
        var form = await BeginAsync(browser, "Branching");
        form = await form.With("newLanguage", "th").DoAsync(browser, "add-language");
        form = await form.DoAsync(browser, "reason:0");
        Assert.Equal(StandardWording.For("th").Texts["followUp.negative"], form["questions[1].textBy.negative.th"]);
        form = await form.With("newKind", "contact").DoAsync(browser, "add");
        form = await form.DoAsync(browser, "add-rule:2");
        form = await form.With("questions[2].showIf.rules[0].about", "question:nps").DoAsync(browser, "refresh");
        form = await form.Ticked("questions[2].showIf.rules[0].values", "negative").DoAsync(browser, "add-rule:2");
        form = await form.With("questions[2].showIf.rules[1].about", "segment").DoAsync(browser, "refresh");
        form.With("questions[2].showIf.rules[1].segment", "country").With("questions[2].showIf.rules[1].typed", "TH, ID").With("questions[2].showIf.mode", "any");
        form = await form.With("newKind", "table").DoAsync(browser, "add");
        form.With("matrices[0].text.en", "And these?").With("questions[3].text.en", "Staff").With("questions[4].text.en", "Range").With("questions[5].text.en", "Queue").With("questions[3].presentation", "stars");
        var (_, sentTo) = await form.PressAsync(browser, "save");
        Assert.Equal("/surveys/branching/edit?saved=1", sentTo);

        var draft = await admin.ReadAsync("/surveys/branching");
        var questions = draft["questions"]!.AsArray();
        Assert.Equal("""{"any":[{"question":"nps","in":["negative"]},{"segment":"country","in":["TH","ID"]}]}""", Lean(questions[2]!["showIf"]!));
        Assert.Equal("nps", (string)questions[1]!["textBy"]!["question"]!);
        Assert.All(questions.Skip(3), row => Assert.Equal(("table", "stars"), ((string)row!["matrix"]!, (string)row["presentation"]!)));
        Assert.Equal("And these?", (string)draft["matrices"]![0]!["text"]!["en"]!);

        // Opened again, it holds the same and saves the same.
        var again = await FilledForm.OpenAsync(browser, "/surveys/branching/edit");
        await again.PressAsync(browser, "save");
        Assert.Equal((string)draft["revision"]!, (string)(await admin.ReadAsync("/surveys/branching"))["revision"]!);
    }

    static string Lean(System.Text.Json.Nodes.JsonNode node)
    {
        if (node is System.Text.Json.Nodes.JsonObject members)
            foreach (string name in members.Where(m => m.Value is null).Select(m => m.Key).ToList()) members.Remove(name);
        foreach (var part in node is System.Text.Json.Nodes.JsonArray list ? list.ToList() : [.. node.AsObject().Select(m => m.Value)])
            if (part is System.Text.Json.Nodes.JsonArray or System.Text.Json.Nodes.JsonObject) Lean(part);
        return node.ToJsonString();
    }

    internal static string Small(string name, string text) => $$"""
        { "name": "{{name}}", "languages": ["en"], "questions": [ { "key": "how", "kind": "csat", "text": { "en": "{{text}}" } }, { "key": "why", "kind": "text", "text": { "en": "Why?" } } ] }
        """;

    /// <summary>The editor of a survey that was begun blank, in English.</summary>
    static async Task<FilledForm> BeginAsync(People.Browser browser, string name)
    {
        using var begun = await browser.PostFormAsync("/surveys/new", new() { ["Form.Name"] = name, ["Form.Languages"] = "en", ["from"] = "blank" });
        return await FilledForm.OpenAsync(browser, begun.Headers.Location!.OriginalString);
    }

    async Task<string> TextAsync(string survey) => (string)(await admin.ReadAsync($"/surveys/{survey}"))["questions"]![0]!["text"]!["en"]!;
}
