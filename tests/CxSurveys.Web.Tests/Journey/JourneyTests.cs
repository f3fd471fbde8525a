using System.Text.Json.Nodes;

namespace CxSurveys.Web.Tests.Journey;

public sealed class JourneyTests(CxApp app) : IClassFixture<CxApp>
{
    readonly HttpClient admin = app.WithKey("admin");

    [Fact]
    public async Task A_journey_reads_back_as_it_was_put_and_putting_it_again_changes_nothing()
    {
        var put = await (await admin.PutTextAsync("/journey", Api.SmallJourney)).ReadOkAsync();
        var again = await (await admin.PutTextAsync("/journey", Api.SmallJourney)).ReadOkAsync();
        var read = await admin.ReadAsync("/journey");

        Assert.True(JsonNode.DeepEquals(put, again));
        Assert.True(JsonNode.DeepEquals(put, read));
        Assert.Equal(["purchase", "retention"], read["stages"]!.AsArray().Select(s => (string)s!["key"]!));
        Assert.Equal(3, (double)read["stages"]![0]!["touchpoints"]![1]!["weight"]!);
        Assert.Equal(1, (double)read["stages"]![0]!["touchpoints"]![0]!["weight"]!);
    }

    [Theory]
    [InlineData("""{ "stages": [ { "key": "a", "name": "A", "touchpoints": [] }, { "key": "a", "name": "B", "touchpoints": [] } ] }""", "stages[1].key")]
    [InlineData("""{ "stages": [ { "key": "a", "name": "A", "touchpoints": [ { "key": "x", "name": "X", "kind": "digital" } ] }, { "key": "b", "name": "B", "touchpoints": [ { "key": "x", "name": "Y", "kind": "digital" } ] } ] }""", "stages[1].touchpoints[0].key")]
    [InlineData("""{ "stages": [ { "key": "Not A Key", "name": "A", "touchpoints": [] } ] }""", "stages[0].key")]
    [InlineData("""{ "stages": [ { "key": "a", "name": " ", "touchpoints": [] } ] }""", "stages[0].name")]
    [InlineData("""{ "stages": [ { "key": "a", "name": "A", "touchpoints": [ { "key": "x", "name": "X", "kind": "digital", "weight": 0 } ] } ] }""", "stages[0].touchpoints[0].weight")]
    [InlineData("""{ "stages": [ { "key": "a", "name": "A", "touchpoints": [ { "key": "x", "name": "X", "kind": "astral" } ] } ] }""", "stages[0].touchpoints[0].kind")]
    [InlineData("""{ "stages": [ { "key": "a", "name": "A", "colour": "red", "touchpoints": [] } ] }""", "stages[0].colour")]
    [InlineData("""{ "stages": [ null ] }""", "stages[0]")]
    public async Task A_bad_journey_is_refused_by_the_name_of_the_field_and_nothing_changes(string json, string path)
    {
        await (await admin.PutTextAsync("/journey", Api.SmallJourney)).ReadOkAsync();
        var before = await admin.ReadAsync("/journey");

        var errors = await (await admin.PutTextAsync("/journey", json)).ReadErrorsAsync();

        Assert.Contains(path, errors.Keys);
        Assert.True(JsonNode.DeepEquals(before, await admin.ReadAsync("/journey")));
    }
}
