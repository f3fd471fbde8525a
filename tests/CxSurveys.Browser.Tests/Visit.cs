using Microsoft.Playwright;

namespace CxSurveys.Browser.Tests;

/// <summary>One state of one page, and how a browser gets there.</summary>
/// <param name="Route">The pattern in the app's route table, without the leading slash.</param>
/// <param name="Status">What the last document answers.</param>
internal sealed record Visit(string Name, string Route, int Status, Func<IPage, Task<IResponse?>> OpenAsync)
{
    public bool AsAdmin { get; init; }

    /// <summary>Markup and styles of a library: what it loads is ours to answer for, how it is built is not.</summary>
    public bool IsThirdParty { get; init; }

    /// <summary>Words that are on the page only in this state, where the status alone does not tell.</summary>
    public string? Shows { get; init; }

    Visit(string name, string route, int status, string address) : this(name, route, status, page => page.GotoAsync(address)) { }

    public static readonly Visit[] All =
    [
        .. ((string[])["en", "th", "ar"]).Select(language => new Visit($"form, {language}", "s/{survey}", 200, $"/s/everything?lang={language}")),
        .. ((string[])["en", "th", "ar"]).SelectMany(language => (Visit[])
        [
            new($"missing answer, {language}", "s/{survey}", 400, page => SendAsync(page, $"/s/everything?lang={language}", null)),
            new($"thanks, {language}", "s/{survey}/a/{seal}", 200, page => SendAsync(page, $"/s/everything?lang={language}", "0")),
        ]),
        new("thanks with the answers open for a change", "s/{survey}/a/{seal}", 200, OpenChangeAsync),
        new("closed survey", "s/{survey}", 410, "/s/closed?lang=en") { Shows = "closed" },
        new("unknown survey", "s/{survey}", 404, "/s/nowhere?lang=en"),
        new("unknown answer", "s/{survey}/a/{seal}", 404, "/s/everything/a/nothing?lang=en"),
        new("sign-in", "sign-in", 200, "/sign-in"),
        new("sign-in refused", "sign-in", 200, RefuseAsync) { Shows = "not right" },
        new("sign-out", "sign-out", 200, "/sign-out") { AsAdmin = true },
        new("no such page", "error/{code:int}", 404, "/error/404"),
        new("theme without a choice", "theme", 404, "/theme") { AsAdmin = true },
        new("home leads to the journey", "", 200, "/") { AsAdmin = true, Shows = "Delivery" },
        new("journey, NPS", "journey", 200, "/journey?kind=nps") { AsAdmin = true, Shows = "Delivery" },
        new("journey, CSAT", "journey", 200, "/journey?kind=csat") { AsAdmin = true, Shows = "Delivery" },
        new("journey, nothing matches", "journey", 200, "/journey?kind=csat&segment.country=XX") { AsAdmin = true, Shows = "Delivery" },
        new("responses, searched", "responses", 200, "/responses?q=late&question=recommend") { AsAdmin = true, Shows = "came late" },
        new("one response beside its list", "responses/{id}", 200, OpenResponseAsync) { AsAdmin = true, Shows = "Other responses of this customer" },
        new("API reference", "docs/{documentName?}", 200, OpenReferenceAsync) { AsAdmin = true, IsThirdParty = true },
    ];

    static async Task<IResponse?> SendAsync(IPage page, string address, string? score)
    {
        await page.GotoAsync(address);
        if (score is not null) await page.Locator($"input[name=recommend][value='{score}']").CheckAsync(new() { Force = true });
        return await page.RunAndWaitForResponseAsync(
            () => page.Locator("form[method=post] button").ClickAsync(),
            response => response.Request.IsNavigationRequest && response.Status is not (302 or 303));
    }

    static async Task<IResponse?> OpenChangeAsync(IPage page)
    {
        var response = await SendAsync(page, "/s/everything?lang=en", "9");
        await page.Locator("form[method=post] summary").ClickAsync();
        return response;
    }

    static async Task<IResponse?> OpenResponseAsync(IPage page)
    {
        await page.GotoAsync("/responses?words=only");
        string link = (await page.Locator(".ri a").First.GetAttributeAsync("href"))!;
        return await page.GotoAsync(link);
    }

    static async Task<IResponse?> RefuseAsync(IPage page)
    {
        await page.GotoAsync("/sign-in");
        await page.Locator("input[name=email]").FillAsync("nobody@larkfield.example");
        await page.Locator("input[name=password]").FillAsync("not the right password");
        return await page.RunAndWaitForResponseAsync(() => page.Locator("button[type=submit]").ClickAsync(), r => r.Request.IsNavigationRequest);
    }

    static async Task<IResponse?> OpenReferenceAsync(IPage page)
    {
        var response = await page.GotoAsync("/docs", new() { WaitUntil = WaitUntilState.NetworkIdle });
        // Rendered from the document by its script, not just a frame.
        await Assertions.Expect(page.Locator("a[href*='/api/v1/settings']").First).ToBeAttachedAsync(new() { Timeout = 20_000 });
        return response;
    }
}
