namespace CxSurveys.Web.Tests.Settings;

public sealed class SettingsTests(CxApp app) : IClassFixture<CxApp>
{
    readonly HttpClient admin = app.WithKey("admin");

    [Fact]
    public async Task Put_changes_the_members_it_names()
    {
        var before = await admin.ReadAsync("/settings");
        Assert.Equal(5, (int)before["minimumN"]!);
        Assert.Equal(14, (int)before["changeDays"]!);
        Assert.Null(before["quietHours"]);
        Assert.Equal(30, (int)before["capDays"]!);
        Assert.Equal(90, (int)before["surveyCapDays"]!);
        Assert.Null(before["postalAddress"]);
        Assert.False((bool)before["requireSecondFactor"]!);

        var after = await (await admin.PutTextAsync("/settings", """{ "changeDays": 0, "timeZone": "Asia/Jakarta" }""")).ReadOkAsync();
        Assert.Equal(0, (int)after["changeDays"]!);
        Assert.Equal("Asia/Jakarta", (string)after["timeZone"]!);
        Assert.Equal(5, (int)after["minimumN"]!);
        Assert.Equal((string)before["name"]!, (string)after["name"]!);
    }

    [Fact]
    public async Task Quiet_hours_working_days_holidays_and_reminders_are_set_and_taken_away()
    {
        var before = await admin.ReadAsync("/settings");
        Assert.Equal((7, 0, 0, 3), (before["workingDays"]!.AsArray().Count, before["holidays"]!.AsArray().Count, (int)before["reminders"]!, (int)before["reminderDays"]!));

        var set = await (await admin.PutTextAsync("/settings", """{ "quietHours": { "from": "21:00", "to": "08:00" }, "workingDays": ["fri", "mon"], "holidays": ["2026-12-25", "2026-01-01"], "reminders": 2, "reminderDays": 5 }""")).ReadOkAsync();
        Assert.Equal(("21:00", "08:00"), ((string)set["quietHours"]!["from"]!, (string)set["quietHours"]!["to"]!));
        Assert.Equal(["mon", "fri"], set["workingDays"]!.AsArray().Select(d => (string)d!));
        Assert.Equal(["2026-01-01", "2026-12-25"], set["holidays"]!.AsArray().Select(d => (string)d!));

        var kept = await (await admin.PutTextAsync("/settings", """{ "reminders": 0 }""")).ReadOkAsync();
        Assert.Equal("21:00", (string)kept["quietHours"]!["from"]!);
        var gone = await (await admin.PutTextAsync("/settings", """{ "quietHours": null, "workingDays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "holidays": [], "reminderDays": 3 }""")).ReadOkAsync();
        Assert.Null(gone["quietHours"]);
    }

    [Fact]
    public async Task Caps_may_be_none_and_an_address_comes_and_goes()
    {
        var set = await (await admin.PutTextAsync("/settings", """{ "capDays": 0, "surveyCapDays": 365, "postalAddress": "1 Harbour Road\nJakarta" }""")).ReadOkAsync();
        Assert.Equal((0, 365, "1 Harbour Road\nJakarta"), ((int)set["capDays"]!, (int)set["surveyCapDays"]!, (string)set["postalAddress"]!));

        var kept = await (await admin.PutTextAsync("/settings", """{ "minimumN": 7 }""")).ReadOkAsync();
        Assert.Equal("1 Harbour Road\nJakarta", (string)kept["postalAddress"]!);
        Assert.Equal(0, (int)kept["capDays"]!);

        var gone = await (await admin.PutTextAsync("/settings", """{ "postalAddress": null, "minimumN": 5, "capDays": 30, "surveyCapDays": 90 }""")).ReadOkAsync();
        Assert.Null(gone["postalAddress"]);
    }

    [Fact]
    public async Task An_address_longer_than_a_label_is_refused()
    {
        var errors = await (await admin.PutTextAsync("/settings", $$"""{ "postalAddress": "{{new string('a', 501)}}" }""")).ReadErrorsAsync();
        Assert.Contains("postalAddress", errors.Keys);
    }

    [Theory]
    [InlineData("""{ "timeZone": "Mars/Olympus" }""", "timeZone")]
    [InlineData("""{ "timeZone": "Pacific Standard Time" }""", "timeZone")]
    [InlineData("""{ "minimumN": 0 }""", "minimumN")]
    [InlineData("""{ "minimumN": "5" }""", "minimumN")]
    [InlineData("""{ "changeDays": -1 }""", "changeDays")]
    [InlineData("""{ "capDays": -1 }""", "capDays")]
    [InlineData("""{ "surveyCapDays": -1 }""", "surveyCapDays")]
    [InlineData("""{ "capDays": 1.5 }""", "capDays")]
    [InlineData("""{ "capDays": null, "postalAddress": " " }""", "postalAddress")]
    [InlineData("""{ "quietHours": { "from": "8", "to": "08:00" } }""", "quietHours")]
    [InlineData("""{ "quietHours": { "from": "08:00", "to": "08:00" } }""", "quietHours")]
    [InlineData("""{ "workingDays": [] }""", "workingDays")]
    [InlineData("""{ "workingDays": ["monday"] }""", "workingDays")]
    [InlineData("""{ "holidays": ["25 Dec"] }""", "holidays")]
    [InlineData("""{ "reminders": 4 }""", "reminders")]
    [InlineData("""{ "reminderDays": 0 }""", "reminderDays")]
    [InlineData("""{ "requireSecondFactor": true }""", "requireSecondFactor")]
    [InlineData("""{ "name": "" }""", "name")]
    [InlineData("""{ "colour": "red" }""", "colour")]
    public async Task A_bad_setting_or_one_that_would_do_nothing_is_refused_by_its_name(string json, string path)
    {
        var before = await admin.ReadAsync("/settings");
        var errors = await (await admin.PutTextAsync("/settings", json)).ReadErrorsAsync();
        Assert.Contains(path, errors.Keys);
        Assert.Equal(before.ToJsonString(), (await admin.ReadAsync("/settings")).ToJsonString());
    }
}
