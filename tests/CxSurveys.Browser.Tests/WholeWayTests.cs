using CxSurveys.Web.Features.Invitations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CxSurveys.Browser.Tests;

/// <summary>From a draft to the manager's page: everything on pages, nothing by the API.</summary>
public sealed class WholeWayTests(Chromium chromium, WholeWayTests.CompanyWithMailbox app) : IClassFixture<WholeWayTests.CompanyWithMailbox>
{
    const string Reason = "พัสดุมาช้ามาก";

    public sealed class CompanyWithMailbox(CxSurveys.Testing.TestPostgres postgres) : BrowserApp(postgres)
    {
        protected override void Configure(IServiceCollection services) => services.AddSingleton(new MailSettings { Route = MailRoute.Mailbox });

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Admin.MakeJourneyAsync();
            await Admin.SendAsync(HttpMethod.Put, "/settings", """{ "name": "Larkfield Home", "minimumN": 1 }""");
            await Admin.SendAsync(HttpMethod.Put, "/surveys/after-delivery", Given.Recommend);
        }
    }

    [Fact]
    public async Task A_survey_is_published_a_customer_invited_and_the_answer_from_the_mail_moves_the_touchpoints_score()
    {
        await using var admin = await app.OpenAsAdminAsync(chromium);
        var page = admin.Page;
        await PublishAsync(page);
        await InviteAsync(page);
        var mailed = await LinkInMailAsync(page);

        await page.GotoAsync("/touchpoints/delivery?kind=nps");
        await Expect(page.GetByText(Reason)).ToHaveCountAsync(0);

        await AnswerAsync(mailed);

        await page.GotoAsync("/touchpoints/delivery?kind=nps");
        await Expect(page.Locator("main")).ToContainTextAsync("−100");
        await Expect(page.GetByText(Reason).First).ToBeVisibleAsync();
        await page.Locator(".bars a[href*='value=2']").First.ClickAsync();
        await page.WaitForURLAsync("**/responses?**");
        await Expect(page.GetByText(Reason).First).ToBeVisibleAsync();

        await page.GotoAsync("/sending");
        await Expect(page.Locator("tbody .tag")).ToHaveTextAsync("Answered");
        admin.AssertKeptToItself("the admin's pages");
        Assert.Equal(0, await app.VerifyAsync());
    }

    static async Task PublishAsync(IPage page)
    {
        await page.GotoAsync("/surveys/after-delivery/edit");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and publish" }).ClickAsync();
        await page.WaitForURLAsync("**/publish");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish version 1" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/publish", StringComparison.Ordinal));
    }

    static async Task InviteAsync(IPage page)
    {
        await page.GotoAsync("/sending/invite");
        await page.GetByLabel("Touchpoint").SelectOptionAsync("delivery");
        await page.GetByLabel("People, one a line").FillAsync("c-31, somchai@larkfield.example, Somchai Prasert, th");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send invitations" }).ClickAsync();
        await Expect(page.GetByText("1 invited, 0 not")).ToBeVisibleAsync();
    }

    /// <summary>The address behind the score 2 of the newest mail in the mailbox.</summary>
    static async Task<string> LinkInMailAsync(IPage page)
    {
        for (int tries = 0; tries < 60; tries++)
        {
            await page.GotoAsync("/dev/mailbox");
            if (await page.Locator("iframe").CountAsync() > 0) break;
            await page.WaitForTimeoutAsync(500);
        }
        var score = page.Locator("iframe").First.ContentFrame.Locator("a[href*='score=2&'], a[href$='score=2']").First;
        return await score.GetAttributeAsync("href") ?? throw new InvalidOperationException("The mail has no link for the score 2.");
    }

    async Task AnswerAsync(string address)
    {
        await using var customer = await chromium.OpenAsync(app.Address, new() { JavaScriptEnabled = false, ViewportSize = new() { Width = 375, Height = 740 } });
        var page = customer.Page;
        await page.GotoAsync(new Uri(address).PathAndQuery);
        Assert.Equal("th", await page.Locator("html").GetAttributeAsync("lang"));
        await Expect(page.Locator("input[name=recommend][value='2']")).ToBeCheckedAsync();
        Assert.Equal(0, await app.ResponsesAsync());

        await page.Locator("textarea[name=why]").FillAsync(Reason);
        await page.Locator("form button").First.ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync("ขอบคุณ");
        Assert.Equal(1, await app.ResponsesAsync());
        customer.AssertKeptToItself("the customer's page");
    }
}
