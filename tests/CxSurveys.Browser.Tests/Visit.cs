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
        .. ((string[])["en", "ar"]).SelectMany(language => (Visit[])
        [
            new($"first of two pages, {language}", "s/{survey}", 200, page => FollowUpAsync(page, language)) { Shows = "May we call you about it?" },
            new($"second of two pages, {language}", "s/{survey}/a/{seal}", 200, page => SendAsync(page, $"/s/branching?lang={language}", "9")) { Shows = "Cleanliness" },
        ]),
        .. OpenLinkVisits.All,
        new("closed survey", "s/{survey}", 410, "/s/closed?lang=en") { Shows = "closed" },
        new("unknown survey", "s/{survey}", 404, "/s/nowhere?lang=en"),
        new("unknown answer", "s/{survey}/a/{seal}", 404, "/s/everything/a/nothing?lang=en"),
        new("invited", "r/{secret}", 200, "/r/invited?score=9") { Shows = "ส่งคำตอบ" },
        new("invited, answered", "r/{secret}", 200, page => SendAsync(page, "/r/answering", "0")) { Shows = "0 จาก 10" },
        new("opt-out asks", "u/{secret}", 200, "/u/invited"),
        new("opt-out done", "u/{secret}", 200, page => SendAsync(page, "/u/leaving", null)) { Shows = "คุณจะไม่ได้รับอีเมลแบบสำรวจอีก" },
        new("sign-in", "sign-in", 200, "/sign-in"),
        new("sign-in refused", "sign-in", 200, RefuseAsync) { Shows = "not right" },
        new("sign-out", "sign-out", 200, "/sign-out") { AsAdmin = true },
        new("no such page", "error/{code:int}", 404, "/error/404"),
        new("theme without a choice", "theme", 404, "/theme") { AsAdmin = true },
        new("language without a choice", "language", 404, "/language") { AsAdmin = true },
        new("home leads to the journey", "", 200, "/") { AsAdmin = true, Shows = "Delivery" },
        new("journey, NPS", "journey", 200, "/journey?kind=nps") { AsAdmin = true, Shows = "Delivery" },
        new("journey, CSAT", "journey", 200, "/journey?kind=csat") { AsAdmin = true, Shows = "Delivery" },
        new("journey, nothing matches", "journey", 200, "/journey?kind=csat&segment.country=XX") { AsAdmin = true, Shows = "Delivery" },
        new("journey as a table", "journey", 200, "/journey?kind=csat&view=table&sort=score") { AsAdmin = true, Shows = "Which touchpoints differ" },
        new("touchpoint", "touchpoints/{key}", 200, page => OpenAllAsync(page, "/touchpoints/delivery?kind=csat")) { AsAdmin = true, Shows = "Week by week" },
        new("touchpoint, the line split and marked", "touchpoints/{key}", 200, page => OpenAllAsync(page, "/touchpoints/checkout?kind=nps")) { AsAdmin = true, Shows = "Marked comparable by" },
        new("touchpoint, too few answers", "touchpoints/{key}", 200, "/touchpoints/delivery?kind=csat&segment.country=MY") { AsAdmin = true, Shows = "Too few answers" },
        new("stage", "journey/{stage}", 200, page => OpenAllAsync(page, "/journey/purchase?kind=csat")) { AsAdmin = true, Shows = "By touchpoint" },
        new("comparison, period before", "compare", 200, page => OpenAllAsync(page, "/compare?kind=csat&asked=touchpoint")) { AsAdmin = true, Shows = "Where it comes from" },
        new("comparison, too few answers", "compare", 200, "/compare?kind=csat&a.segment.country=MY&b.segment.country=TH") { AsAdmin = true, Shows = "Too few answers to compare" },
        new("comparison, nothing matches", "compare", 200, "/compare?kind=csat&a.segment.country=XX&b.touchpoint=support") { AsAdmin = true, Shows = "A has no answers to compare" },
        new("comparison, refused", "compare", 400, "/compare?a.touchpoint=nowhere") { AsAdmin = true, Shows = "There is no touchpoint nowhere" },
        new("sending", "sending", 200, "/sending") { AsAdmin = true, Shows = "Invite people" },
        new("inviting, and why some were not", "sending/invite", 200, InviteAsync) { AsAdmin = true, Shows = "No email address" },
        new("sending rules", "sending/rules", 200, page => WriteRuleAsync(page, then: "/sending/rules")) { AsAdmin = true, Shows = "24 hours after order.delivered" },
        new("a sending rule with mistakes", "sending/rules/{id}", 400, page => WriteRuleAsync(page, kind: "two words")) { AsAdmin = true, Shows = "for example order.delivered" },
        new("a sending rule tried", "sending/rules/{id:int}/try", 200, TryRuleAsync) { AsAdmin = true, Shows = "it would have sent" },
        new("events", "sending/events", 200, "/sending/events") { AsAdmin = true, Shows = "delivered-1042" },
        new("who is never asked", "sending/coverage", 200, "/sending/coverage") { AsAdmin = true, Shows = "were asked nothing in the last 12 months" },
        new("mailbox", "dev/mailbox", 200, MailboxAsync) { AsAdmin = true, Shows = "siti@larkfield.example" },
        // A mail itself forbids every script, that of the checks too; its HTML is looked at by the composer's tests.
        new("mailbox, no such mail", "dev/mailbox/{id:long}/html", 404, "/dev/mailbox/0/html") { AsAdmin = true },
        new("responses, searched", "responses", 200, "/responses?q=late&question=recommend") { AsAdmin = true, Shows = "came late" },
        new("one response beside its list", "responses/{id}", 200, OpenResponseAsync) { AsAdmin = true, Shows = "Other responses of this customer" },
        new("import of answers", "responses/import", 200, "/responses/import") { AsAdmin = true, Shows = "How it looks" },
        new("import of answers, done, with rejected lines", "responses/import/{id:guid}", 200, ImportAnswersAsync) { AsAdmin = true, Shows = "Rejected lines" },
        new("set-up, steps", "set-up", 200, "/set-up") { AsAdmin = true, Shows = "2 stages, 3 touchpoints" },
        new("settings with mistakes", "set-up/settings", 400, MistakeSettingsAsync) { AsAdmin = true, Shows = "from 0 (no cap)" },
        new("a key, shown once", "set-up/keys", 200, MakeKeyAsync) { AsAdmin = true, Shows = "shown this once" },
        new("stages, one about to leave", "set-up/journey", 200, LeaveStageAsync) { AsAdmin = true, Shows = "will be retired when you save" },
        new("a colleague's link, shown once", "set-up/colleagues", 200, AddColleagueAsync) { AsAdmin = true, Shows = "shown this once" },
        new("a colleague chooses a password", "welcome/{secret}", 200, OpenWelcomeAsync) { AsAdmin = true, Shows = "Choose your password" },
        new("people", "people", 200, "/people") { AsAdmin = true, Shows = "Siti Rahma" },
        new("one person", "people/{key}", 200, "/people/1002") { AsAdmin = true, Shows = "Prasert, Somchai" },
        new("a new person", "people/new", 200, "/people/new") { AsAdmin = true },
        new("import of people with rejected lines", "people/import", 200, ImportPeopleAsync) { AsAdmin = true, Shows = "Rejected lines" },
        new("timeline of a person", "timeline", 200, "/timeline?customer=1002") { AsAdmin = true, Shows = "order.delivered" },
        new("two people who may be one", "people/merge", 200, "/people/merge?customer=1002&other=1001") { AsAdmin = true, Shows = "These two become one" },
        new("suppressed addresses", "people/suppressed", 200, "/people/suppressed") { AsAdmin = true, Shows = "are on the list" },
        new("columns of a file of people", "people/import/{id:guid}", 200, UploadPeopleAsync) { AsAdmin = true, Shows = "What are the columns" },
        new("surveys", "surveys", 200, "/surveys") { AsAdmin = true, Shows = "Everything" },
        new("new survey refused", "surveys/new", 400, BeginWronglyAsync) { AsAdmin = true, Shows = "Nothing is saved yet" },
        new("test mail of a draft", "surveys/{key}/test", 200, TestMailAsync) { AsAdmin = true, Shows = "open the mailbox" },
        new("survey", "surveys/{key}", 200, "/surveys/everything") { AsAdmin = true, Shows = "Questions of version 1" },
        new("survey editor", "surveys/{key}/edit", 200, EditAsync) { AsAdmin = true, Shows = "Locked" },
        new("translating a survey", "surveys/{key}/translate", 200, "/surveys/everything/translate?to=th") { AsAdmin = true, Shows = "With a translator" },
        new("publishing a change", "surveys/{key}/publish", 200, "/surveys/reworded/publish") { AsAdmin = true, Shows = "Split the line." },
        new("versions of a survey", "surveys/{key}/versions", 200, page => OpenAllAsync(page, "/surveys/reworded/versions")) { AsAdmin = true, Shows = "Line split" },
        new("preview of a draft", "surveys/{key}/preview", 200, "/surveys/reworded/preview?lang=ar") { AsAdmin = true, Shows = "Preview of the draft" },
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

    /// <summary>With what follows from a low score.</summary>
    static async Task<IResponse?> FollowUpAsync(IPage page, string language)
    {
        var response = await page.GotoAsync($"/s/branching?lang={language}");
        await page.Locator("input[name=recommend][value='3']").CheckAsync(new() { Force = true });
        await page.Locator("input[name=call][value=yes]").CheckAsync(new() { Force = true });
        await Assertions.Expect(page.Locator("[name='call.reach']")).ToBeVisibleAsync();
        return response;
    }

    static async Task<IResponse?> OpenChangeAsync(IPage page)
    {
        var response = await SendAsync(page, "/s/everything?lang=en", "9");
        await page.Locator("form[method=post] summary").ClickAsync();
        return response;
    }

    static async Task<IResponse?> OpenAllAsync(IPage page, string address)
    {
        var response = await page.GotoAsync(address);
        await page.EvaluateAsync("() => document.querySelectorAll('main details').forEach(d => d.open = true)");
        return response;
    }

    static async Task<IResponse?> WriteRuleAsync(IPage page, string kind = "order.delivered", string? then = null)
    {
        await page.GotoAsync("/sending/rules/new");
        await page.GetByLabel("Name of the rule").FillAsync("After each delivery");
        await page.GetByLabel("Kind of event").FillAsync(kind);
        await page.GetByLabel("Condition 1: field").FillAsync("amount");
        await page.GetByLabel("Condition 1: how it is compared").SelectOptionAsync("AtLeast");
        await page.GetByLabel("Condition 1: with what").FillAsync("100");
        var saved = await page.RunAndWaitForResponseAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync(), r => r.Request.IsNavigationRequest && r.Status is not 302);
        return then is null ? saved : await page.GotoAsync(then);
    }

    static async Task<IResponse?> TryRuleAsync(IPage page)
    {
        await WriteRuleAsync(page);
        return await page.RunAndWaitForResponseAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Try it" }).ClickAsync(), r => r.Request.IsNavigationRequest);
    }

    static async Task<IResponse?> UploadPeopleAsync(IPage page)
    {
        await page.GotoAsync("/people/import");
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "customers.csv", MimeType = "text/csv", Buffer = "Kundennummer;E-Mail;Name;Stadt\n2001;a@example.com;J\u00fcrgen;K\u00f6ln\n"u8.ToArray() });
        return await page.RunAndWaitForResponseAsync(() => page.Locator("main button[type=submit]").ClickAsync(), r => r.Request.IsNavigationRequest && r.Status is not (302 or 303));
    }

    static async Task<IResponse?> OpenResponseAsync(IPage page)
    {
        await page.GotoAsync("/responses?words=only&q=late");
        string link = (await page.Locator(".ri a").First.GetAttributeAsync("href"))!;
        return await page.GotoAsync(link);
    }

    static async Task<IResponse?> BeginWronglyAsync(IPage page)
    {
        await page.GotoAsync("/surveys/new");
        await page.Locator("#key").FillAsync("Wrong Key");
        return await PressAsync(page, "Begin blank");
    }

    static async Task<IResponse?> TestMailAsync(IPage page)
    {
        await page.GotoAsync("/surveys/everything/test");
        return await PressAsync(page, page.Locator("main form button"));
    }

    /// <summary>Without the preview in its frame: that is a page of its own here.</summary>
    static async Task<IResponse?> EditAsync(IPage page)
    {
        var response = await page.GotoAsync("/surveys/everything/edit");
        await page.EvaluateAsync("() => document.querySelector('iframe').src = 'about:blank'");
        return response;
    }

    static async Task<IResponse?> RefuseAsync(IPage page)
    {
        await page.GotoAsync("/sign-in");
        await page.Locator("input[name=email]").FillAsync("nobody@larkfield.example");
        await page.Locator("input[name=password]").FillAsync("not the right password");
        return await page.RunAndWaitForResponseAsync(() => page.Locator("button[type=submit]").ClickAsync(), r => r.Request.IsNavigationRequest);
    }

    static async Task<IResponse?> InviteAsync(IPage page)
    {
        await page.GotoAsync("/sending/invite");
        await page.Locator("#people").FillAsync("rini, rini@larkfield.example, Rini Wulandari, id\nahmad, , Ahmad Zaki\nbroken@@example");
        return await page.RunAndWaitForResponseAsync(() => page.Locator("main form button[type=submit]").ClickAsync(), r => r.Request.IsNavigationRequest);
    }

    /// <summary>Once the mail that the company began with has gone out.</summary>
    static async Task<IResponse?> MailboxAsync(IPage page)
    {
        var response = await page.GotoAsync("/dev/mailbox");
        for (int tries = 0; tries < 60 && await page.GetByText("siti@larkfield.example").CountAsync() == 0; tries++)
        {
            await page.WaitForTimeoutAsync(500);
            response = await page.ReloadAsync();
        }
        // The checks run a script in every frame, and wait without end for one in a frame that forbids scripts.
        await page.EvaluateAsync("() => document.querySelectorAll('iframe').forEach(f => { f.removeAttribute('sandbox'); f.src = 'about:blank'; })");
        return response;
    }

    static async Task<IResponse?> MistakeSettingsAsync(IPage page)
    {
        await page.GotoAsync("/set-up/settings");
        await page.Locator("#cap").FillAsync("-1");
        return await PressAsync(page, "Save");
    }

    static async Task<IResponse?> MakeKeyAsync(IPage page)
    {
        await page.GotoAsync("/set-up/keys");
        await page.Locator("#name").FillAsync($"key {Guid.NewGuid():N}");
        return await PressAsync(page, "Make the key");
    }

    static async Task<IResponse?> LeaveStageAsync(IPage page)
    {
        await page.GotoAsync("/set-up/journey");
        await PressAsync(page, "Add a stage");
        return await PressAsync(page, "Remove Purchase");
    }

    static async Task<IResponse?> AddColleagueAsync(IPage page)
    {
        await page.GotoAsync("/set-up/colleagues");
        await page.Locator("#email").FillAsync($"{Guid.NewGuid():N}@larkfield.example");
        var response = await PressAsync(page, "Add and make a link");
        await page.Locator(".sure summary").First.ClickAsync();
        return response;
    }

    static async Task<IResponse?> OpenWelcomeAsync(IPage page)
    {
        await AddColleagueAsync(page);
        return await page.GotoAsync(await page.Locator("#once").InputValueAsync());
    }

    static Task<IResponse?> PressAsync(IPage page, string button) => PressAsync(page, page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First);

    static async Task<IResponse?> PressAsync(IPage page, ILocator button) =>
        await page.RunAndWaitForResponseAsync(() => button.ClickAsync(), response => response.Request.IsNavigationRequest && response.Status is not (302 or 303));

    static async Task<IResponse?> ImportPeopleAsync(IPage page)
    {
        await page.GotoAsync("/people/import");
        await page.Locator("textarea[name=Lines]").FillAsync("id,email,consent\n1003,not an address,maybe\n1004,,");
        return await page.RunAndWaitForResponseAsync(() => page.Locator("main button[type=submit]").ClickAsync(), r => r.Request.IsNavigationRequest);
    }

    // With JavaScript: the page stays, shows how far the file is, and then goes to the result.
    static async Task<IResponse?> ImportAnswersAsync(IPage page)
    {
        await page.GotoAsync("/responses/import");
        byte[] file = System.Text.Encoding.UTF8.GetBytes("{\"id\":\"0198c0de-0000-7000-8000-00000000000a\",\"survey\":\"everything\",\"answers\":{\"recommend\":11}}\nno answer\n");
        await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "past.ndjson", MimeType = "application/x-ndjson", Buffer = file });
        return await PressAsync(page, "Import");
    }

    static async Task<IResponse?> OpenReferenceAsync(IPage page)
    {
        var response = await page.GotoAsync("/docs", new() { WaitUntil = WaitUntilState.NetworkIdle });
        // Rendered from the document by its script, not just a frame.
        await Assertions.Expect(page.Locator("a[href*='/api/v1/settings']").First).ToBeAttachedAsync(new() { Timeout = 20_000 });
        return response;
    }
}
