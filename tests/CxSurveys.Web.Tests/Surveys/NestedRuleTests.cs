using System.Net;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Tests.Accounts;

namespace CxSurveys.Web.Tests.Surveys;

/// <summary>Rules within rules, which the editor's selects cannot show.</summary>
public sealed class NestedRuleTests(CxApp app) : IClassFixture<CxApp>
{
    readonly HttpClient admin = app.WithKey("admin");

    [Fact]
    public async Task A_rule_within_a_rule_is_read_as_a_sentence_and_kept_or_taken_away()
    {
        await (await admin.PutTextAsync("/surveys/nested", """
            { "name": "Nested", "languages": ["en"], "questions": [ { "key": "n", "kind": "nps", "journey": true }, { "key": "t", "kind": "text", "text": { "en": "Why?" },
              "showIf": { "all": [ { "language": ["en"] }, { "any": [ { "question": "n", "in": ["negative", 7] }, { "channel": ["qr"] } ] } ] } } ] }
            """)).ReadOkAsync();
        using var browser = await app.BrowseAsAsync(Role.Admin);
        string before = (await admin.ReadAsync("/surveys/nested")).ToJsonString();
        Assert.Contains("the language is en and (the answer to 'n' is negative or 7 or the channel is qr)", WebUtility.HtmlDecode(await browser.ReadAsync("/surveys/nested/edit")), StringComparison.Ordinal);

        var form = await FilledForm.OpenAsync(browser, "/surveys/nested/edit");
        await form.PressAsync(browser, "save");
        Assert.Equal(before, (await admin.ReadAsync("/surveys/nested")).ToJsonString());

        form = await (await FilledForm.OpenAsync(browser, "/surveys/nested/edit")).DoAsync(browser, "always:1");
        await form.PressAsync(browser, "save");
        Assert.Null((await admin.ReadAsync("/surveys/nested"))["questions"]![1]!["showIf"]);
    }
}
