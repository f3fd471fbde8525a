using Microsoft.Playwright;

namespace CxSurveys.Browser.Tests;

/// <summary>A manager makes the usual comparisons in a few clicks, without knowing any name of the API.</summary>
public sealed class CompareTests(Chromium chromium, LivePageTests.Company app) : IClassFixture<LivePageTests.Company>
{
    [Fact]
    public async Task Delivery_this_quarter_against_the_last_is_two_choices()
    {
        await using var tab = await OpenAsync();
        await ChooseAsync(tab.Page, "Touchpoint of A", "Delivery");
        await ChooseAsync(tab.Page, "Period of A", "This quarter");
        await CompareAsync(tab.Page);
        await Assertions.Expect(tab.Page.Locator("#a-place")).ToHaveValueAsync("touchpoint=delivery");
        await Assertions.Expect(tab.Page.Locator("#b-place option:checked")).ToHaveTextAsync("Same as A");
        await Assertions.Expect(tab.Page.Locator("#b-period option:checked")).ToHaveTextAsync("The period before A");
        Assert.Matches("touchpoint=delivery&a.from=[0-9]{4}-(01|04|07|10)-01&a.to=[0-9]{4}-(01|04|07|10)-01&b.from=", tab.Page.Url);
    }

    [Fact]
    public async Task One_country_against_another_is_two_choices_and_the_days_are_the_same()
    {
        await using var tab = await OpenAsync();
        await ChooseAsync(tab.Page, "Country of A", "Thailand");
        await ChooseAsync(tab.Page, "Country of B", "Indonesia");
        await CompareAsync(tab.Page);
        await Assertions.Expect(tab.Page.Locator("#h-A")).ToHaveTextAsync("A Thailand");
        await Assertions.Expect(tab.Page.Locator("#h-B")).ToHaveTextAsync("B Indonesia");
        await Assertions.Expect(tab.Page.Locator(".cmp .kv")).ToContainTextAsync("A is ");
        await Assertions.Expect(tab.Page.GetByText("The sides differ in")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task One_touchpoint_against_another_is_two_choices_and_swapping_them_one_click()
    {
        await using var tab = await OpenAsync();
        await ChooseAsync(tab.Page, "Touchpoint of A", "Checkout");
        await ChooseAsync(tab.Page, "Touchpoint of B", "Delivery");
        await CompareAsync(tab.Page);
        await Assertions.Expect(tab.Page.Locator("#h-A")).ToHaveTextAsync("A Checkout");
        await Assertions.Expect(tab.Page.Locator(".lead")).ToContainTextAsync("Checkout is higher by");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Swap" }).ClickAsync();
        await Assertions.Expect(tab.Page.Locator(".lead")).ToContainTextAsync("Delivery is lower by");
    }

    async Task<Tab> OpenAsync()
    {
        var tab = await app.OpenAsAdminAsync(chromium);
        await tab.Page.GotoAsync("/journey");
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Compare" }).First.ClickAsync();
        return tab;
    }

    static async Task ChooseAsync(IPage page, string label, string option) => await page.GetByLabel(label, new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = option });

    static async Task CompareAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(address => !address.Contains("form=1", StringComparison.Ordinal));
    }
}
