using System.Net;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Tests.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace CxSurveys.Web.Tests.Settings;

public sealed class SettingsPageTests(CxApp app) : IClassFixture<CxApp>
{
    const string Address = "/set-up/settings";

    readonly HttpClient admin = app.WithKey("admin");

    [Fact]
    public async Task What_is_saved_is_what_the_api_answers()
    {
        using var browser = await app.BrowseAsAsync(Role.Admin);
        using var answer = await browser.PostFormAsync(Address, Form(("Name", "Larkfield & Sons"), ("CapDays", "0"), ("PostalAddress", "1 Harbour Road\r\nJakarta")));
        Assert.Equal($"{Address}?saved=true", answer.Headers.Location!.ToString());

        var settings = await admin.ReadAsync("/settings");
        Assert.Equal(("Larkfield & Sons", 0, "1 Harbour Road\nJakarta"), ((string)settings["name"]!, (int)settings["capDays"]!, (string)settings["postalAddress"]!));
        var page = await browser.ReadAsync(answer.Headers.Location.ToString());
        Assert.Contains("Saved.", page, StringComparison.Ordinal);
        Assert.Contains("Larkfield &amp; Sons", page, StringComparison.Ordinal);
        Assert.Contains("There is no cap", await browser.ReadAsync("/set-up"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MinimumN", "five", "minimum", "Enter a whole number.")]
    [InlineData("MinimumN", "0", "minimum", "A whole number from 1")]
    [InlineData("CapDays", "-1", "cap", "from 0 (no cap)")]
    [InlineData("SurveyCapDays", "", "survey-cap", "Enter a whole number.")]
    [InlineData("ChangeDays", "99999", "change", "from 0 to 3650")]
    [InlineData("TimeZone", "Jakarta", "zone", "An IANA time zone")]
    [InlineData("Name", "", "name", "A text is needed.")]
    public async Task A_mistake_is_told_at_its_field_and_everything_typed_is_kept(string field, string value, string id, string message)
    {
        var before = (await admin.ReadAsync("/settings")).ToJsonString();
        using var browser = await app.BrowseAsAsync(Role.Admin);
        using var answer = await browser.PostFormAsync(Address, Form(("PostalAddress", "Typed a moment ago"), (field, value)));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);

        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Matches($"id=\"{id}-problem\">[^<]*{System.Text.RegularExpressions.Regex.Escape(message)}", page);
        Assert.Contains($"{id}-problem", page, StringComparison.Ordinal);
        Assert.Contains("Typed a moment ago", page, StringComparison.Ordinal);
        Assert.Equal(before, (await admin.ReadAsync("/settings")).ToJsonString());
    }

    [Fact]
    public async Task While_days_are_recounted_the_page_says_which_days_are_shown()
    {
        var ct = TestContext.Current.CancellationToken;
        using var browser = await app.BrowseAsAsync(Role.Admin);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            // A recount waits for this lock, so the page is seen before it is over.
            var db = scope.ServiceProvider.GetRequiredService<CxDbContext>();
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await CellLock.TakeAsync(db, ct);
            using var answer = await browser.PostFormAsync(Address, Form(("TimeZone", "Asia/Tokyo")));
            var page = await browser.ReadAsync(answer.Headers.Location!.ToString());
            Assert.Contains("Days are being recounted in Asia/Tokyo.", page, StringComparison.Ordinal);
            Assert.Contains("every page shows the days of UTC", page, StringComparison.Ordinal);
        }
        await admin.PutTextAsync("/settings", """{ "timeZone": "UTC" }""");
        Assert.DoesNotContain("being recounted", await browser.ReadAsync(Address), StringComparison.Ordinal);
    }

    static Dictionary<string, string> Form(params (string Field, string Value)[] changes)
    {
        var form = new Dictionary<string, string>
        {
            ["Form.Name"] = "Larkfield",
            ["Form.TimeZone"] = "UTC",
            ["Form.MinimumN"] = "5",
            ["Form.ChangeDays"] = "14",
            ["Form.CapDays"] = "30",
            ["Form.SurveyCapDays"] = "90",
            ["Form.PostalAddress"] = "",
            ["Form.WorkingDays"] = "mon",
            ["Form.Reminders"] = "0",
            ["Form.ReminderDays"] = "3",
        };
        foreach (var (field, value) in changes) form["Form." + field] = value;
        return form;
    }
}
