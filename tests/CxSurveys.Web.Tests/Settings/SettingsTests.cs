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
        Assert.Null(before["capDays"]);
        Assert.False((bool)before["requireSecondFactor"]!);

        var after = await (await admin.PutTextAsync("/settings", """{ "changeDays": 0, "timeZone": "Asia/Jakarta" }""")).ReadOkAsync();
        Assert.Equal(0, (int)after["changeDays"]!);
        Assert.Equal("Asia/Jakarta", (string)after["timeZone"]!);
        Assert.Equal(5, (int)after["minimumN"]!);
        Assert.Equal((string)before["name"]!, (string)after["name"]!);
    }

    [Theory]
    [InlineData("""{ "timeZone": "Mars/Olympus" }""", "timeZone")]
    [InlineData("""{ "timeZone": "Pacific Standard Time" }""", "timeZone")]
    [InlineData("""{ "minimumN": 0 }""", "minimumN")]
    [InlineData("""{ "minimumN": "5" }""", "minimumN")]
    [InlineData("""{ "changeDays": -1 }""", "changeDays")]
    [InlineData("""{ "capDays": 30 }""", "capDays")]
    [InlineData("""{ "quietHours": { "from": "21:00", "to": "08:00" } }""", "quietHours")]
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
