using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CxSurveys.Browser.Tests;

/// <summary>A wording that changes: asked about when it is published, seen on the trend, and joined or split again later.</summary>
public sealed class SplitTrendTests(Chromium chromium, BrowserApp app) : IClassFixture<BrowserApp>
{
    [Fact]
    public async Task Changed_words_split_the_trend_until_somebody_says_that_they_mean_the_same()
    {
        await app.Admin.MakeJourneyAsync();
        await app.RewordAsync("shop", "checkout", TimeProvider.System.GetUtcNow());
        await using var tab = await app.OpenAsAdminAsync(chromium);
        var page = tab.Page;

        await page.GotoAsync("/touchpoints/checkout?kind=nps");
        var plot = page.Locator("svg.plot.sl");
        await Expect(plot.Locator("line.mk.cut")).ToHaveCountAsync(1);
        await Expect(plot.Locator("line.mk:not(.cut)")).Not.ToHaveCountAsync(0);
        await Expect(plot.Locator("g.old polyline.ln")).ToHaveCSSAsync("stroke-dasharray", "4px, 3px");
        await Expect(page.Locator(".marks")).ToContainTextAsync("Not comparable: the line is split.");
        await Expect(page.Locator(".marks")).ToContainTextAsync("Marked comparable by test admin");
        await Expect(page.Locator(".marks")).ToContainTextAsync("Only family added");
        await Expect(page.GetByText("Not in this number: 140 answers to other words (version 1), not comparable.")).ToBeVisibleAsync();

        await page.GotoAsync("/surveys/shop/versions");
        await page.GetByText("They mean the same…").ClickAsync();
        await page.GetByLabel("Reason, shown with your name").FillAsync("Asked both side by side");
        await page.GetByRole(AriaRole.Button, new() { Name = "Count them as one" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("Asked both side by side");

        await page.GotoAsync("/touchpoints/checkout?kind=nps");
        await Expect(page.Locator("svg.plot.sl line.mk.cut")).ToHaveCountAsync(0);
        await Expect(page.Locator("svg.plot.sl g.old")).ToHaveCountAsync(0);
        await Expect(page.Locator(".marks")).ToContainTextAsync("Asked both side by side");

        await page.GotoAsync("/surveys/shop/versions");
        await page.Locator(".allvers > li").Filter(new() { HasText = "Asked both side by side" }).GetByRole(AriaRole.Button, new() { Name = "Split the line here" }).ClickAsync();
        await Expect(page.GetByText("Line split")).ToBeVisibleAsync();
        await page.GotoAsync("/touchpoints/checkout?kind=nps");
        await Expect(page.Locator("svg.plot.sl line.mk.cut")).ToHaveCountAsync(1);
        tab.AssertKeptToItself("the split trend");
    }

    [Fact]
    public async Task Publishing_asks_what_changed_words_mean_and_keeps_the_reason()
    {
        await app.Admin.MakeJourneyAsync();
        await app.RewordAsync("asked", "support", TimeProvider.System.GetUtcNow());
        await app.Admin.SendAsync(HttpMethod.Put, "/surveys/asked", Given.Worded("support", "Would you recommend our shop to anybody?"));
        await using var tab = await app.OpenAsAdminAsync(chromium);
        var page = tab.Page;

        await page.GotoAsync("/surveys/asked/publish");
        await Expect(page.GetByLabel("Split the line.")).ToBeCheckedAsync();
        await Expect(page.Locator(".diff del").First).ToContainTextAsync("friends");
        await Expect(page.Locator(".diff ins").First).ToContainTextAsync("anybody");
        await page.GetByLabel("Same meaning, go on.").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish version 4" }).ClickAsync();
        await Expect(page.GetByText("Nothing is published yet.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Same meaning, go on.")).ToBeCheckedAsync();
        await page.GetByLabel("Reason, if they mean the same").FillAsync("Anybody means friends");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish version 4" }).ClickAsync();
        await page.WaitForURLAsync("**/surveys/asked");

        await page.GetByRole(AriaRole.Link, new() { Name = "Compare versions, or go back to one" }).ClickAsync();
        await Expect(page.Locator(".allvers")).ToContainTextAsync("Anybody means friends");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish version 1 again" }).ClickAsync();
        await Expect(page.Locator(".allvers li").First).ToContainTextAsync("Version 5");
        tab.AssertKeptToItself("publishing other words");
    }
}
