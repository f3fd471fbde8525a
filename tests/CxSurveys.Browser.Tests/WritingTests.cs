using CxSurveys.Web.Features.Invitations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CxSurveys.Browser.Tests;

/// <summary>From nothing to an answer: a survey is begun, written, branched, translated, looked at, tested and published on pages alone.</summary>
public sealed class WritingTests(Chromium chromium, WritingTests.CompanyWithJourney app) : IClassFixture<WritingTests.CompanyWithJourney>
{
    public sealed class CompanyWithJourney(CxSurveys.Testing.TestPostgres postgres) : BrowserApp(postgres)
    {
        protected override void Configure(IServiceCollection services) => services.AddSingleton(new MailSettings { Route = MailRoute.Mailbox });

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Admin.MakeJourneyAsync();
        }
    }

    [Fact]
    public async Task A_survey_is_written_translated_previewed_tested_and_published_without_a_save_button()
    {
        await using var admin = await app.OpenAsAdminAsync(chromium);
        var page = admin.Page;
        await page.GotoAsync("/surveys/new");
        await page.GetByLabel("Name for you").FillAsync("Parcels");
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin blank" }).ClickAsync();
        await page.WaitForURLAsync("**/surveys/parcels/edit");

        await WriteAsync(page);
        await TranslateAsync(page);
        await PreviewAsync(page);
        await TestAsync(page);
        await PublishAsync(page);
        admin.AssertKeptToItself("the editor");
        await AnswerAsync();
    }

    async Task WriteAsync(IPage page)
    {
        // The words of the first question, seen in the list as they are typed, and stored a moment later.
        await page.Locator("textarea[name='questions[0].text.en']").FillAsync("How was the parcel?");
        await Expect(page.Locator(".ql li").First).ToContainTextAsync("How was the parcel?");
        await StoredAsync("How was the parcel?");

        // A question of one's own.
        await page.Locator("#new-kind").SelectOptionAsync("choice");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await page.Locator("textarea[name='questions[1].text.en']").FillAsync("Where did it lie?");
        await page.Locator("input[name='questions[1].options[0].text.en']").FillAsync("At the door");
        await page.Locator("input[name='questions[1].options[1].text.en']").FillAsync("At a neighbour's");
        await StoredAsync("At a neighbour");

        // Moved by keyboard, the button keeps the focus; deleted and brought back.
        await page.GetByRole(AriaRole.Button, new() { Name = "Move up: question 2" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Move down: question 1" })).ToBeFocusedAsync();
        await page.Locator(".ql li a").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete question 1" }).ClickAsync();
        await Expect(page.Locator(".ql li")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(page.Locator(".ql li")).ToHaveCountAsync(2);
        await Expect(page.Locator(".ql li").First).ToContainTextAsync("Where did it lie?");
        await Expect(page.Locator("#saved")).ToContainTextAsync("by nadia@larkfield.example");
        await SavedAsync(page);
        await StoredAsync("Where did it lie?");
    }

    static Task SavedAsync(IPage page) => Expect(page.Locator("form#draft")).ToHaveAttributeAsync("data-state", "saved");

    async Task TranslateAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Translate", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Thai", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy English into the gaps" }).ClickAsync();
        var words = page.Locator("textarea[name^='text.where-did-it-lie'][name$='.text']");
        await Expect(words).ToHaveValueAsync("Where did it lie?");
        await words.FillAsync("พัสดุอยู่ที่ไหน");
        await StoredAsync("พัสดุอยู่ที่ไหน");
        await SavedAsync(page);
        await Expect(page.Locator("[data-progress]")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^Thai: (\d+) of \1$"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Back to the questions" }).ClickAsync();
    }

    static async Task PreviewAsync(IPage page)
    {
        var frame = page.FrameLocator("iframe[name=preview]");
        await Expect(frame.GetByText("How was the parcel?")).ToBeVisibleAsync();
        await page.Locator("#preview-language").SelectOptionAsync("ar");
        await Expect(frame.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        await page.Locator("#preview-form input[value=dark]").CheckAsync();
        await Expect(frame.Locator("body")).ToHaveCSSAsync("background-color", "rgb(16, 21, 19)");
        await page.Locator("#preview-form input[value=mail]").CheckAsync();
        await Expect(frame.Locator("a[href*='score=9']").First).ToBeVisibleAsync();
    }

    async Task TestAsync(IPage page)
    {
        long before = await app.ResponsesAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Send me a test" }).ClickAsync();
        await page.GetByLabel("Language").SelectOptionAsync("th");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send it to nadia@larkfield.example" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "open the mailbox" }).ClickAsync();
        await Expect(page.Locator("details.mail").First).ToContainTextAsync("nadia@larkfield.example");
        Assert.Equal(before, await app.ResponsesAsync());
        await page.GotoAsync("/surveys/parcels/edit");
    }

    static async Task PublishAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and publish" }).ClickAsync();
        await page.WaitForURLAsync("**/publish");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish version 1" }).ClickAsync();
        await page.WaitForURLAsync(url => url.EndsWith("/surveys/parcels", StringComparison.Ordinal));
    }

    async Task AnswerAsync()
    {
        await using var customer = await chromium.OpenAsync(app.Address, new() { JavaScriptEnabled = false, ViewportSize = new() { Width = 375, Height = 740 } });
        await customer.Page.GotoAsync("/s/parcels?lang=th");
        await Expect(customer.Page.Locator("html")).ToHaveAttributeAsync("lang", "th");
        await customer.Page.Locator("input[name=nps][value='1']").CheckAsync(new() { Force = true });
        await Expect(customer.Page.Locator("main")).ToContainTextAsync("พัสดุอยู่ที่ไหน");
        await customer.Page.Locator("form[method=post] button").First.ClickAsync();
        await Expect(customer.Page.Locator("h1")).ToContainTextAsync("ขอบคุณ");
    }

    /// <summary>Waits until the stored draft says it.</summary>
    async Task StoredAsync(string words)
    {
        for (int tries = 0; tries < 60; tries++)
        {
            string draft = System.Text.RegularExpressions.Regex.Unescape(await app.Admin.GetStringAsync("/api/v1/surveys/parcels", TestContext.Current.CancellationToken));
            if (draft.Contains(words, StringComparison.Ordinal)) return;
            await Task.Delay(250, TestContext.Current.CancellationToken);
        }
        Assert.Fail($"The draft does not say: {words}");
    }
}
