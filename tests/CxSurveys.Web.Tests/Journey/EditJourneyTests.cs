using System.Net;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Tests.Accounts;

namespace CxSurveys.Web.Tests.Journey;

/// <summary>The form as a browser without script uses it: each button sends all of it.</summary>
public sealed class EditJourneyTests(CxApp app) : IClassFixture<CxApp>
{
    const string Address = "/set-up/journey";

    readonly HttpClient admin = app.WithKey("admin");

    [Fact]
    public async Task Rows_are_added_renamed_ordered_and_moved_and_nothing_is_stored_before_save()
    {
        using var browser = await BeginAsync();
        var form = await OpenAsync(browser);
        Assert.Equal(["Purchase: Checkout, Delivery", "Retention: Support"], FormReader.Rows(form));

        form["Form.Stages[0].Touchpoints[1].Name"] = "Delivery at home";
        form["Form.Stages[0].Touchpoints[0].Stage"] = "1";
        form = await ActAsync(browser, form, "stage-up:1");
        Assert.Equal(["Retention: Support, Checkout", "Purchase: Delivery at home"], FormReader.Rows(form));
        form = await ActAsync(browser, form, "touchpoint-up:0.1");
        form = await ActAsync(browser, form, "touchpoint-add:1");
        form["Form.Stages[1].Touchpoints[1].Name"] = "Café visit";
        form["Form.Stages[1].Touchpoints[1].Kind"] = "Physical";
        form["Form.Stages[1].Touchpoints[1].Weight"] = "2.5";
        form = await ActAsync(browser, form, "stage-add");
        form["Form.Stages[2].Name"] = "การบอกต่อ";
        Assert.Equal(["purchase: checkout, delivery", "retention: support"], await StoredAsync());

        using var saved = await SendAsync(browser, form, "save");
        Assert.Equal($"{Address}?saved=true&removed=0&retired=0", saved.Headers.Location!.ToString());
        Assert.Equal(["retention: checkout, support", "purchase: delivery, cafe-visit", "stage: "], await StoredAsync());
        var stages = (await admin.ReadAsync("/journey"))["stages"]!;
        Assert.Equal("Delivery at home", (string)stages[1]!["touchpoints"]![0]!["name"]!);
        Assert.Equal(3, (double)stages[1]!["touchpoints"]![0]!["weight"]!);
        Assert.Equal((2.5, "physical"), ((double)stages[1]!["touchpoints"]![1]!["weight"]!, (string)stages[1]!["touchpoints"]![1]!["kind"]!));
    }

    [Fact]
    public async Task A_mistake_is_told_at_its_field_and_everything_typed_is_kept()
    {
        using var browser = await BeginAsync();
        var form = await OpenAsync(browser);
        form["Form.Stages[0].Name"] = " ";
        form["Form.Stages[0].KeyQuestion"] = "Typed a moment ago";
        form["Form.Stages[1].Touchpoints[0].Weight"] = "1,5";
        using var answer = await SendAsync(browser, form, "save");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = WebUtility.HtmlDecode(await TextAsync(answer));
        Assert.Contains("id=\"s0-name-problem\">A text is needed.", page, StringComparison.Ordinal);
        Assert.Contains("id=\"t1-0-weight-problem\">A number above 0", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"#t1-0-weight\">Support</a>", page, StringComparison.Ordinal);
        var kept = FormReader.Fields(page);
        Assert.Equal(("Typed a moment ago", "1,5"), (kept["Form.Stages[0].KeyQuestion"], kept["Form.Stages[1].Touchpoints[0].Weight"]));
        Assert.Equal(["purchase: checkout, delivery", "retention: support"], await StoredAsync());
    }

    [Fact]
    public async Task What_leaves_is_told_before_what_becomes_of_it_and_can_come_back()
    {
        // A stage of its own: in another test's stage a touchpoint may have been, and that keeps it.
        await (await admin.PutTextAsync("/journey", Api.SmallJourney.Replace("\"retention\"", "\"loyalty\"", StringComparison.Ordinal))).ReadOkAsync();
        using var browser = await app.BrowseAsAsync(Role.Admin);
        await admin.PublishAsync("after-delivery", """{ "name": "D", "languages": ["en"], "questions": [ { "key": "delivery", "kind": "csat", "touchpoint": "delivery" } ] }""");
        var form = await OpenAsync(browser);
        using var first = await SendAsync(browser, form, "touchpoint-leave:0.1");
        var page = WebUtility.HtmlDecode(await TextAsync(first));
        Assert.Contains("<s>Delivery</s> will be retired when you save", page, StringComparison.Ordinal);
        using var second = await SendAsync(browser, FormReader.Fields(page), "stage-leave:1");
        page = WebUtility.HtmlDecode(await TextAsync(second));
        Assert.Contains("<p>The stage will be removed when you save", page, StringComparison.Ordinal);
        Assert.Contains("<s>Support</s> will be removed when you save", page, StringComparison.Ordinal);
        Assert.Equal(["purchase: checkout, delivery", "loyalty: support"], await StoredAsync());

        using var saved = await SendAsync(browser, FormReader.Fields(page), "save");
        Assert.Equal($"{Address}?saved=true&removed=2&retired=1", saved.Headers.Location!.ToString());
        Assert.Equal(["purchase: checkout"], await StoredAsync());

        form = await ActAsync(browser, await OpenAsync(browser), "touchpoint-back:delivery");
        using var back = await SendAsync(browser, form, "save");
        Assert.Equal(["purchase: checkout, delivery"], await StoredAsync());
    }

    [Fact]
    public async Task Of_two_admins_the_second_is_told_and_keeps_what_was_typed()
    {
        using var browser = await BeginAsync();
        var form = await OpenAsync(browser);
        form["Form.Stages[0].Name"] = "Buying";
        await (await admin.PutTextAsync("/journey", Api.SmallJourney.Replace("""{ "key": "support", "name": "Support", "kind": "digital" }""", """{ "key": "chat", "name": "Chat", "kind": "digital" }""", StringComparison.Ordinal))).ReadOkAsync();

        using var answer = await SendAsync(browser, form, "save");
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(["purchase: checkout, delivery", "retention: chat"], await StoredAsync());
        var page = await TextAsync(answer);
        Assert.Contains("Chat, touchpoint, would be removed", page, StringComparison.Ordinal);
        Assert.Equal("Buying", FormReader.Fields(page)["Form.Stages[0].Name"]);

        using var saved = await SendAsync(browser, FormReader.Fields(page), "save");
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal(["purchase: checkout, delivery", "retention: support"], await StoredAsync());
    }

    [Fact]
    public async Task More_fields_than_a_form_usually_has_are_taken()
    {
        using var browser = await BeginAsync();
        var touchpoints = string.Join(", ", Enumerable.Range(0, 400).Select(i => $$"""{ "key": "t{{i}}", "name": "Touchpoint {{i}}", "kind": "digital" }"""));
        await (await admin.PutTextAsync("/journey", $$"""{ "stages": [ { "key": "all", "name": "All", "touchpoints": [ {{touchpoints}} ] } ] }""")).ReadOkAsync();
        var form = await OpenAsync(browser);
        form["Form.Stages[0].Touchpoints[399].Name"] = "The last";
        using var saved = await SendAsync(browser, form, "save");
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal("The last", (string)(await admin.ReadAsync("/journey"))["stages"]![0]!["touchpoints"]![399]!["name"]!);
    }

    async Task<People.Browser> BeginAsync()
    {
        await (await admin.PutTextAsync("/journey", Api.SmallJourney)).ReadOkAsync();
        return await app.BrowseAsAsync(Role.Admin);
    }

    async Task<string[]> StoredAsync() =>
        [.. (await admin.ReadAsync("/journey"))["stages"]!.AsArray().Select(s => $"{s!["key"]}: {string.Join(", ", s["touchpoints"]!.AsArray().Select(t => (string)t!["key"]!))}")];

    static async Task<Dictionary<string, string>> OpenAsync(People.Browser browser) => FormReader.Fields(await browser.ReadAsync(Address));

    static async Task<Dictionary<string, string>> ActAsync(People.Browser browser, Dictionary<string, string> form, string act)
    {
        using var answer = await SendAsync(browser, form, act);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return FormReader.Fields(await TextAsync(answer));
    }

    static Task<HttpResponseMessage> SendAsync(People.Browser browser, Dictionary<string, string> form, string act) =>
        browser.PostFormAsync(Address, new(form) { ["act"] = act });

    static Task<string> TextAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}

/// <summary>On a database of its own: it begins with nothing.</summary>
public sealed class FirstJourneyTests(CxApp app) : IClassFixture<CxApp>
{
    [Fact]
    public async Task Without_a_journey_five_usual_stages_are_offered_and_saved_only_when_asked()
    {
        using var browser = await app.BrowseAsAsync(Role.Admin);
        var page = await browser.ReadAsync("/set-up/journey");
        Assert.Contains("Five usual stages as a start.", page, StringComparison.Ordinal);
        Assert.Empty((await app.WithKey("admin").ReadAsync("/journey"))["stages"]!.AsArray());

        using var saved = await browser.PostFormAsync("/set-up/journey", new(FormReader.Fields(page)) { ["act"] = "save" });
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var stages = (await app.WithKey("admin").ReadAsync("/journey"))["stages"]!.AsArray();
        Assert.Equal(["awareness", "consideration", "purchase", "retention", "advocacy"], stages.Select(s => (string)s!["key"]!));
        Assert.All(stages, s => Assert.NotEmpty((string)s!["keyQuestion"]!));
    }
}
