using CxSurveys.Testing;
using CxSurveys.Web.Features.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CxSurveys.Browser.Tests;

public sealed class FirstRunTests(Chromium chromium, FirstRunTests.FreshApp app) : IClassFixture<FirstRunTests.FreshApp>
{
    public const string SetupRoute = "setup/{secret}";

    /// <summary>Nobody has an account yet.</summary>
    public sealed class FreshApp(TestPostgres postgres) : CxApp(postgres)
    {
        protected override bool OnARealPort => true;
    }

    [Fact]
    public async Task The_set_up_link_leads_to_what_is_left_to_do_and_works_once()
    {
        string link = $"/setup/{await NewSecretAsync()}";
        await using var tab = await chromium.OpenAsync(app.Address);
        var page = tab.Page;
        await page.GotoAsync(link);
        await Layout.AssertFitForAllAsync(page, "set-up");

        await FillAsync(page, "password1234");
        await page.Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(page.GetByText("easy to guess").First).ToBeVisibleAsync();
        await Layout.AssertFitForAllAsync(page, "set-up refused");

        await FillAsync(page, "seven kettles under a willow");
        await page.Locator("button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**/set-up");
        await Layout.AssertFitForAllAsync(page, "set-up before its first step");
        await page.GetByRole(AriaRole.Link, new() { Name = "Begin" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Five usual stages as a start.")).ToBeVisibleAsync();
        await Layout.AssertFitForAllAsync(page, "the usual stages");
        await page.GotoAsync("/journey");
        await Layout.AssertFitForAllAsync(page, "journey before its first stage");

        await app.WithKey("admin").MakeJourneyAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByText("The journey, done").First).ToBeVisibleAsync();
        await Layout.AssertFitForAllAsync(page, "journey before its first answer");

        Assert.Equal(404, (await page.GotoAsync(link))?.Status);
        tab.AssertKeptToItself("first run");
    }

    static async Task FillAsync(IPage page, string password)
    {
        await page.GetByLabel("Email").FillAsync("nadia@larkfield.example");
        await page.GetByLabel("Password").FillAsync(password);
        await page.Locator("#company").FillAsync("Larkfield Home");
    }

    async Task<string> NewSecretAsync()
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FirstRun>().IssueAsync(TestContext.Current.CancellationToken)
            ?? throw new InvalidOperationException("There is an account already.");
    }
}
