using System.Net;
using System.Text;
using System.Xml.Linq;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Tests.Accounts;

namespace CxSurveys.Web.Tests.Surveys;

public sealed class TranslationTests(CxApp app) : IClassFixture<CxApp>
{
    // Everything a text can hold that a file format may trip over.
    const string Awkward = """
        { "name": "Awkward", "languages": ["en", "th", "ar", "de"], "questions": [
            { "key": "how", "kind": "csat", "text": { "en": "=1+1, \"quoted\" & <b>\r\nsecond line ", "th": "'-ก\nข", "ar": "كيف؟" }, "labels": { "low": { "en": "\tLow" }, "high": { "en": "High\u0001\uD83D\uDE00" } } },
            { "key": "easy", "kind": "ces" },
            { "key": "pay", "kind": "choice", "text": { "en": "Paid by?" }, "options": [ { "key": "card", "text": { "en": "'=Card", "th": "บัตร" } }, { "key": "cash", "text": { "en": "Cash" } } ] } ] }
        """;

    readonly HttpClient admin = app.WithKey("admin");

    [Theory]
    [InlineData("Xliff", "file.xlf")]
    [InlineData("Csv", "file.csv")]
    public async Task A_file_that_was_exported_imports_to_the_same_texts(string handler, string name)
    {
        string key = $"round-{handler.ToLowerInvariant()}";
        await (await admin.PutTextAsync($"/surveys/{key}", Awkward)).ReadOkAsync();
        var whole = await RevisionAsync(key);
        using var browser = await app.BrowseAsAsync(Role.Admin);
        byte[] file = await browser.Client.GetByteArrayAsync($"/surveys/{key}/translate?from=en&to=th&handler={handler}", TestContext.Current.CancellationToken);
        await (await admin.PutTextAsync($"/surveys/{key}", Awkward.Replace(", \"th\": \"'-ก\\nข\"", "", StringComparison.Ordinal).Replace(", \"th\": \"บัตร\"", "", StringComparison.Ordinal))).ReadOkAsync();
        Assert.NotEqual(whole, await RevisionAsync(key));

        using var imported = await ImportAsync(browser, key, file, name);
        Assert.Equal($"/surveys/{key}/translate?from=en&to=th&imported={(handler == "Csv" ? 9 : 2)}", imported.Headers.Location?.OriginalString);
        Assert.Equal(whole, await RevisionAsync(key));
    }

    public static TheoryData<string, string> WrongFiles => new()
    {
        { "unit,en,th\nhow.text,x,y\nnowhere.text,x,y", "Line 3: Unit nowhere.text: this survey has no such text." },
        { "unit,en,fr\nhow.text,x,y", "Line 2: The survey is not offered in &#x27;fr&#x27;." },
        { "key,en\nhow.text,x", "Line 1: The first line names the columns" },
        { "unit,th\nhow.text,ก\nhow.text,ข", "Line 3: Unit how.text: it stands twice." },
        { "<xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" version=\"2.0\" srcLang=\"en\" trgLang=\"th\"><file id=\"f\">\n<unit id=\"pay.text\"><segment><source>Other?</source><target>อื่น</target></segment></unit></file></xliff>", "Line 2: Unit pay.text: its words in en are others now" },
        { "<xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" version=\"2.0\" srcLang=\"en\" trgLang=\"th\"><file id=\"f\"><unit id=\"pay.text\"><segment><source>Paid by?</source>\n<target>ก<ph id=\"1\"/></target></segment></unit></file></xliff>", "Line 2: Unit pay.text: the element ph" },
        { "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>", "Line 1: This is not well-formed XML" },
        { "<xliff>\n<open></xliff>", "Line 2: This is not well-formed XML" },
    };

    [Theory, MemberData(nameof(WrongFiles))]
    public async Task A_wrong_file_changes_nothing_and_is_told_by_line_and_unit(string file, string message)
    {
        await (await admin.PutTextAsync("/surveys/wrong-file", Awkward)).ReadOkAsync();
        var before = await RevisionAsync("wrong-file");
        using var browser = await app.BrowseAsAsync(Role.Admin);
        using var refused = await ImportAsync(browser, "wrong-file", Encoding.UTF8.GetBytes(file), "texts");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(message, await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(before, await RevisionAsync("wrong-file"));
    }

    [Fact]
    public async Task The_exported_XLIFF_is_what_translators_programs_read()
    {
        await (await admin.PutTextAsync("/surveys/standard-form", Awkward)).ReadOkAsync();
        using var browser = await app.BrowseAsAsync(Role.Admin);
        var xliff = XDocument.Parse(await browser.Client.GetStringAsync("/surveys/standard-form/translate?from=en&to=th&handler=Xliff", TestContext.Current.CancellationToken)).Root!;
        XNamespace ns = "urn:oasis:names:tc:xliff:document:2.0";
        Assert.Equal((ns + "xliff", "2.0", "en", "th"), (xliff.Name, (string)xliff.Attribute("version")!, (string)xliff.Attribute("srcLang")!, (string)xliff.Attribute("trgLang")!));
        var unit = xliff.Descendants(ns + "unit").Single(u => (string)u.Attribute("id")! == "pay.options.card");
        Assert.Equal(("'=Card", "บัตร"), (unit.Descendants(ns + "source").Single().Value, unit.Descendants(ns + "target").Single().Value));
        Assert.Empty(xliff.Descendants(ns + "unit").Single(u => (string)u.Attribute("id")! == "pay.text").Descendants(ns + "target"));
    }

    [Fact]
    public async Task Words_typed_beside_the_source_are_saved_and_the_progress_counts_what_customers_read()
    {
        await (await admin.PutTextAsync("/surveys/beside", Awkward)).ReadOkAsync();
        using var browser = await app.BrowseAsAsync(Role.Admin);
        var form = await FilledForm.OpenAsync(browser, "/surveys/beside/translate?from=en&to=th");
        // Seven texts: one is standard in Thai, two are written, four are missing.
        Assert.Contains("Thai: 3 of 7", form.Text, StringComparison.Ordinal);
        var copied = await form.DoAsync(browser, "copy:pay.text");
        Assert.Equal(("Paid by?", ""), (copied["text.pay.text"], copied["text.pay.options.cash"]));
        copied = await copied.DoAsync(browser, "copy");
        Assert.Equal("Cash", copied["text.pay.options.cash"]);
        Assert.Equal("", copied["text.easy.text"]);

        var (status, said) = await copied.With("text.pay.options.cash", "เงินสด").AutosaveAsync(browser);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("Thai: 7 of 7", (string)said["progress"]!);
        Assert.Equal("เงินสด", (string)(await admin.ReadAsync("/surveys/beside"))["questions"]![2]!["options"]![1]!["text"]!["th"]!);
        // The same page again holds a draft that is another one now.
        (status, said) = await copied.AutosaveAsync(browser);
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("while you were translating", (string)said["conflict"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_standard_wording_can_be_given_in_a_language_that_does_not_ship()
    {
        await (await admin.PutTextAsync("/surveys/german", Awkward)).ReadOkAsync();
        using var browser = await app.BrowseAsAsync(Role.Admin);
        var form = await FilledForm.OpenAsync(browser, "/surveys/german/translate?from=en&to=de");
        Assert.Contains("How easy was it", form.Text.Replace("To what extent do you agree", "How easy was it", StringComparison.Ordinal), StringComparison.Ordinal);
        await form.With("text.easy.text", "Wie einfach war es?").PressAsync(browser, "save");
        await (await admin.PostTextAsync("/surveys/german/publish", "{}")).ReadOkAsync();

        Assert.Contains("Wie einfach war es?", await PageAsync("german", "de"), StringComparison.Ordinal);
        // Customers of the languages that ship read theirs as before.
        foreach (string language in new[] { "en", "th", "ar" })
        {
            string standard = CxSurveys.Web.Features.Surveys.StandardWording.For(language).Questions["cesAgree.question"];
            Assert.Contains(standard[(standard.IndexOf('}', StringComparison.Ordinal) + 1)..], WebUtility.HtmlDecode(await PageAsync("german", language)), StringComparison.Ordinal);
        }
    }

    async Task<string> PageAsync(string survey, string language) => await app.Anonymous.GetStringAsync($"/s/{survey}?lang={language}", TestContext.Current.CancellationToken);

    async Task<string> RevisionAsync(string survey) => (string)(await admin.ReadAsync($"/surveys/{survey}"))["revision"]!;

    static async Task<HttpResponseMessage> ImportAsync(People.Browser browser, string survey, byte[] file, string name)
    {
        string address = $"/surveys/{survey}/translate?from=en&to=th";
        using var content = new MultipartFormDataContent { { new ByteArrayContent(file), "file", name }, { new StringContent(await browser.TokenAsync(address)), "__form" } };
        return await browser.Client.PostAsync(address + "&handler=Import", content, TestContext.Current.CancellationToken);
    }
}
