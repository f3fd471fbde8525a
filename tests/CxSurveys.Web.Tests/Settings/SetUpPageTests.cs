using System.Net;
using System.Text.RegularExpressions;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Tests.Accounts;

namespace CxSurveys.Web.Tests.Settings;

/// <summary>On a database of its own: it begins with nothing.</summary>
public sealed partial class SetUpPageTests(CxApp app) : IClassFixture<CxApp>
{
    readonly HttpClient admin = app.WithKey("admin");

    [Fact]
    public async Task Each_step_is_done_when_its_data_is_there()
    {
        using var browser = await app.BrowseAsAsync(Role.Admin);
        Assert.Equal("", await DoneAsync(browser));

        await (await admin.PutTextAsync("/settings", """{ "name": "Larkfield" }""")).ReadOkAsync();
        Assert.Equal("Your company", await DoneAsync(browser));

        await admin.PublishSmallAsync();
        Assert.Equal("Your company, Stages and touchpoints, First survey", await DoneAsync(browser));

        await app.CreateAccountAsync(Role.Manager);
        await (await admin.PostTextAsync("/responses", $$"""{ "id": "{{Guid.CreateVersion7()}}", "survey": "after-delivery", "answers": { "delivery": 4 }, "customer": { "id": "c-1" } }""")).ReadOkAsync();
        Assert.Equal("Your company, Stages and touchpoints, First survey, People, Colleagues, First answer", await DoneAsync(browser));
        Assert.Contains("2 stages, 3 touchpoints. 2 without a team.", await browser.ReadAsync("/set-up"), StringComparison.Ordinal);
        Assert.Contains("CxSurveys__Mail__Host", await browser.ReadAsync("/set-up"), StringComparison.Ordinal);
    }

    static async Task<string> DoneAsync(People.Browser browser) =>
        string.Join(", ", Done().Matches(WebUtility.HtmlDecode(await browser.ReadAsync("/set-up"))).Select(m => m.Groups[1].Value));

    [GeneratedRegex("<h2>([^<]+)<span class=\"vh\">, done</span>")]
    private static partial Regex Done();
}
