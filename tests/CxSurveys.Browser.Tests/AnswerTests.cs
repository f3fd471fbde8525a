using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using CsvHelper;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace CxSurveys.Browser.Tests;

public sealed partial class AnswerTests(Chromium chromium, BrowserApp app) : IClassFixture<BrowserApp>, IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        await app.Admin.MakeJourneyAsync();
        await app.Admin.SendAsync(HttpMethod.Put, "/settings", """{ "name": "Larkfield Home", "minimumN": 1 }""");
        await app.Admin.PublishAsync("after-delivery", Given.Recommend);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_customer_answers_in_Thai_without_JavaScript_and_the_zero_moves_the_score_everywhere()
    {
        await app.Admin.SendAsync(HttpMethod.Post, "/responses", $$"""{ "id": "{{Guid.CreateVersion7()}}", "survey": "after-delivery", "answers": { "recommend": 10 } }""");
        await using var manager = await app.OpenAsAdminAsync(chromium);
        Assert.Equal(("100.0", 1), await DeliveryAsync(manager.Page));

        await AnswerZeroInThaiAsync();

        Assert.Equal(("0.0", 2), await DeliveryAsync(manager.Page));
        manager.AssertKeptToItself("journey");
        await AssertZeroInApiAsync();
        await AssertZeroInDatabaseAsync();
        Assert.Equal(["0", "10"], (await CsvColumnAsync("answer.recommend")).Order(StringComparer.Ordinal));
        Assert.Equal(0, await app.VerifyAsync());
    }

    [Fact]
    public async Task A_follow_up_appears_with_its_score_without_JavaScript_and_goes_with_it()
    {
        await app.Admin.PublishAsync("branching", Given.Branching);
        await using var customer = await chromium.OpenAsync(app.Address, new() { JavaScriptEnabled = false, ViewportSize = new() { Width = 320, Height = 640 } });
        var page = customer.Page;
        await page.GotoAsync("/s/branching?lang=en");
        var call = page.GetByText("May we call you about it?");
        await Assertions.Expect(call).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByLabel("What is the main reason for your score?")).ToBeVisibleAsync();

        await page.Locator("label", new() { Has = page.Locator("input[name=recommend][value='2']") }).ClickAsync();
        await Assertions.Expect(call).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("What went wrong?")).ToBeVisibleAsync();
        await page.Locator("label", new() { Has = page.Locator("input[name=call][value=yes]") }).ClickAsync();
        await page.GetByLabel("Your phone number or email address").FillAsync("+65 6123 4567");

        await page.Locator("label", new() { Has = page.Locator("input[name=recommend][value='10']") }).ClickAsync();
        await Assertions.Expect(call).ToBeHiddenAsync();
        await page.GetByLabel("What did you like most?").FillAsync("The colour");
        await page.Locator("form button").ClickAsync();
        await Assertions.Expect(page.GetByText("Your first answer is saved:")).ToBeVisibleAsync();
        await page.Locator("form button").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Thank you");
        customer.AssertKeptToItself("a form of two pages");
        Assert.Equal("""{"recommend":10,"reason":"The colour"}""", (await app.Admin.ReadAsync("/responses?survey=branching"))["rows"]![0]!["answers"]!.ToJsonString());
    }

    [Fact]
    public async Task What_could_not_be_sent_from_the_second_page_survives_the_tab_and_goes_once()
    {
        await app.Admin.PublishAsync("far-away", Given.Branching);
        await using var customer = await chromium.OpenAsync(app.Address);
        var (page, context) = (customer.Page, customer.Page.Context);
        await page.GotoAsync("/s/far-away?lang=en");
        await page.Locator("label", new() { Has = page.Locator("input[name=recommend][value='2']") }).ClickAsync();
        await page.Locator("label", new() { Has = page.Locator("input[name=call][value=yes]") }).ClickAsync();
        await page.GetByLabel("Your phone number or email address").FillAsync("+65 6123 4567");
        await page.Locator("form button").ClickAsync();
        await Assertions.Expect(page.GetByText("Your first answer is saved:")).ToBeVisibleAsync();

        await context.SetOfflineAsync(true);
        await page.Locator("label", new() { Has = page.Locator("input[name=staff][value='4']") }).ClickAsync();
        await page.Locator("form button").ClickAsync();
        await Assertions.Expect(page.Locator("form [role=status].er")).ToBeVisibleAsync();
        await page.CloseAsync();
        await context.SetOfflineAsync(false);

        // Whoever comes back follows the link they have, not the address of the second page.
        var later = await context.NewPageAsync();
        await later.GotoAsync("/s/far-away?lang=en");
        await Assertions.Expect(later.Locator("h1")).ToContainTextAsync("Thank you");
        Assert.Equal(0, await later.EvaluateAsync<int>("() => localStorage.length"));
        var row = Assert.Single((await app.Admin.ReadAsync("/responses?survey=far-away"))["rows"]!.AsArray())!;
        Assert.Equal("""{"recommend":2,"call":"\u002B65 6123 4567","staff":4}""", row["answers"]!.ToJsonString());
    }

    async Task AnswerZeroInThaiAsync()
    {
        await using var customer = await chromium.OpenAsync(app.Address, new() { JavaScriptEnabled = false, ViewportSize = new() { Width = 320, Height = 640 } });
        var page = customer.Page;
        await page.GotoAsync("/s/after-delivery?lang=th");
        Assert.Equal("th", await page.Locator("html").GetAttributeAsync("lang"));
        await Assertions.Expect(page.Locator("legend")).ToContainTextAsync("Larkfield Home");
        Assert.Equal(0, await page.Locator("input:checked").CountAsync());
        Assert.True(customer.Requests.Count <= 2, $"The form is one request, with or without its script: {string.Join(", ", customer.Requests)}");

        // The label, as a finger would: the radio button itself lies beneath it.
        await page.Locator("label", new() { Has = page.Locator("input[name=recommend][value='0']") }).ClickAsync();
        await page.Locator("textarea[name=why]").FillAsync("พัสดุมาช้ามาก");
        await page.Locator("form button").ClickAsync();

        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("ขอบคุณ");
        await Assertions.Expect(page.GetByText("พัสดุมาช้ามาก").First).ToBeVisibleAsync();
        customer.AssertKeptToItself("the form in Thai");
    }

    /// <summary>Score and n of the touchpoint's card, as a manager reads them.</summary>
    static async Task<(string Score, int N)> DeliveryAsync(IPage page)
    {
        await page.GotoAsync("/journey?kind=nps");
        var card = page.Locator(".tp", new() { HasText = "Delivery" });
        string score = await card.Locator(".v").First.InnerTextAsync();
        var n = NumberOfAnswers().Match(await card.InnerTextAsync());
        Assert.True(n.Success, "The card says how many answered.");
        return (score.Trim(), int.Parse(n.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"\bn\s+([\d,]+)")]
    private static partial Regex NumberOfAnswers();

    async Task AssertZeroInApiAsync()
    {
        var scores = await app.Admin.ReadAsync("/scores?kind=nps&touchpoint=delivery");
        Assert.Equal(1, (int)scores["total"]!["counts"]!["0"]!);
        Assert.Equal(2, (int)scores["total"]!["n"]!);
        Assert.Equal(0, (double)scores["total"]!["value"]!);
        Assert.Equal(0, (int)(await app.Admin.ReadAsync("/responses?question=recommend&value=0"))["rows"]![0]!["answers"]!["recommend"]!);
    }

    async Task AssertZeroInDatabaseAsync()
    {
        Assert.Equal(1, await app.WithDbAsync(db => db.Database.SqlQuery<long>($"select count(*) as \"Value\" from answer where value = 0").SingleAsync()));
        // Once among all segments together, once in its own, once for its language and once for its channel.
        Assert.Equal(4, await app.WithDbAsync(db => db.Database.SqlQuery<long>($"select sum(count)::bigint as \"Value\" from cell_now where value = 0").SingleAsync()));
    }

    async Task<List<string?>> CsvColumnAsync(string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/responses?survey=after-delivery");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
        using var response = await app.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        using var csv = new CsvReader(new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)), CultureInfo.InvariantCulture);
        await csv.ReadAsync();
        csv.ReadHeader();
        var column = new List<string?>();
        while (await csv.ReadAsync()) column.Add(csv.GetField(name));
        return column;
    }
}
