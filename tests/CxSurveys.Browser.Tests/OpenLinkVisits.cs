using Microsoft.Playwright;

namespace CxSurveys.Browser.Tests;

/// <summary>Pages of open links: how an admin shares and dresses a survey, and the kiosk.</summary>
internal static class OpenLinkVisits
{
    public static readonly Visit[] All =
    [
        new("share", "surveys/{key}/share", 200, page => OpenAllAsync(page, "/surveys/everything/share?touchpoint=delivery&name=store&value=Bandung")) { AsAdmin = true, Shows = "Widget for a site" },
        new("share, mistakes", "surveys/{key}/share", 400, page => page.GotoAsync("/surveys/everything/share?name=store&value=&scroll=101&channel=A%20B")) { AsAdmin = true, Shows = "from 1 to 100" },
        new("share, a bad site", "surveys/{key}/share", 400, BadSiteAsync) { AsAdmin = true, Shows = "is not the address of a site" },
        new("sheet of codes", "surveys/{key}/share/sheet", 200, page => page.GotoAsync("/surveys/everything/share/sheet")) { AsAdmin = true, Shows = "one code a sheet" },
        new("words after an answer", "surveys/{key}/thanks", 400, BadThanksAsync) { AsAdmin = true, Shows = "Write the whole address" },
        new("look, a pale colour", "set-up/look", 400, PaleAsync) { AsAdmin = true, Shows = "The nearest that can be read" },
        new("kiosk without a signed link", "s/{survey}/kiosk", 404, page => page.GotoAsync("/s/everything/kiosk?lang=en")),
        .. ((string[])["en", "th", "ar"]).Select(language => new Visit($"kiosk, {language}", "s/{survey}/kiosk", 200, page => OpenKioskAsync(page, language)) { AsAdmin = true }),
        new("kiosk, thanks", "s/{survey}/kiosk", 200, ThankOnKioskAsync) { AsAdmin = true, Shows = "Next person" },
        new("responses kept apart", "responses", 200, page => page.GotoAsync("/responses?state=quarantine")) { AsAdmin = true },
    ];

    static async Task<IResponse?> BadSiteAsync(IPage page)
    {
        await page.GotoAsync("/surveys/everything/share");
        await page.Locator("#sites").FillAsync("https://*.example");
        return await PressAsync(page, "Save rules");
    }

    static async Task<IResponse?> BadThanksAsync(IPage page)
    {
        await page.GotoAsync("/surveys/everything/thanks");
        await page.Locator("[name='low.link']").FillAsync("javascript:alert(1)");
        return await PressAsync(page, "Save");
    }

    static async Task<IResponse?> PaleAsync(IPage page)
    {
        await page.GotoAsync("/set-up/look");
        await page.Locator("#colour").FillAsync("#ffcc00");
        return await PressAsync(page, "Save");
    }

    static async Task<IResponse?> OpenKioskAsync(IPage page, string language)
    {
        await page.GotoAsync("/surveys/everything/share?touchpoint=delivery");
        return await page.GotoAsync(await page.Locator("#kiosk").InputValueAsync() + "&lang=" + language);
    }

    static async Task<IResponse?> ThankOnKioskAsync(IPage page)
    {
        var response = await OpenKioskAsync(page, "en");
        await page.Locator("input[name=recommend][value='9']").CheckAsync(new() { Force = true });
        await page.Locator("#kiosk form .b").ClickAsync();
        return response;
    }

    static async Task<IResponse?> PressAsync(IPage page, string button) => await page.RunAndWaitForResponseAsync(
        () => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync(),
        response => response.Request.IsNavigationRequest && response.Status is not (302 or 303));

    static async Task<IResponse?> OpenAllAsync(IPage page, string address)
    {
        var response = await page.GotoAsync(address);
        await page.EvaluateAsync("() => document.querySelectorAll('main details').forEach(d => d.open = true)");
        return response;
    }
}
