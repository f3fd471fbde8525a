namespace CxSurveys.Web.Tests.Journey;

public sealed class RetiringTests(CxApp app) : IClassFixture<CxApp>
{
    readonly HttpClient admin = app.WithKey("admin");

    [Fact]
    public async Task What_a_published_survey_names_is_retired_when_left_out_and_comes_back_when_listed_again()
    {
        await admin.PublishSmallAsync();
        var answer = $$"""{ "id": "{{Guid.CreateVersion7()}}", "survey": "after-delivery", "answers": { "delivery": 5 } }""";
        await (await admin.PostTextAsync("/responses", answer)).ReadOkAsync();

        await (await admin.PutTextAsync("/journey", """{ "stages": [ { "key": "other", "name": "Other", "touchpoints": [] } ] }""")).ReadOkAsync();
        var journey = await admin.ReadAsync("/journey");
        Assert.Equal("other", (string)journey["stages"]!.AsArray().Single()!["key"]!);

        // Kept with its history, offered no more.
        var scores = await admin.ReadAsync("/scores?kind=csat&by=touchpoint");
        Assert.NotEqual(0, (long)scores["rows"]!.AsArray().Single(r => (string)r!["key"]! == "delivery")!["n"]!);
        var offered = await (await admin.PutTextAsync("/surveys/next", Api.SmallSurvey)).ReadErrorsAsync();
        Assert.Contains("questions[1].touchpoint", offered.Keys);

        await (await admin.PutTextAsync("/journey", Api.SmallJourney)).ReadOkAsync();
        Assert.Equal(2, (await admin.ReadAsync("/journey"))["stages"]!.AsArray().Count);
        await (await admin.PutTextAsync("/surveys/next", Api.SmallSurvey)).ReadOkAsync();
    }

    [Fact]
    public async Task What_a_published_survey_names_is_retired_also_when_nobody_has_answered_yet()
    {
        await (await admin.PutTextAsync("/journey", """
            { "stages": [
                { "key": "arrive", "name": "Arrive", "touchpoints": [ { "key": "gate", "name": "Gate", "kind": "physical" }, { "key": "unnamed", "name": "Unnamed", "kind": "physical" } ] },
                { "key": "leave", "name": "Leave", "touchpoints": [] } ] }
            """)).ReadOkAsync();
        await admin.PublishAsync("gates", """
            { "name": "Gates", "languages": ["en"], "questions": [
                { "key": "gate", "kind": "csat", "text": { "en": "The gate?" }, "touchpoint": "gate" },
                { "key": "leaving", "kind": "ces", "text": { "en": "Leaving was easy." }, "stage": "leave" } ] }
            """);

        await (await admin.PutTextAsync("/journey", """{ "stages": [ { "key": "other", "name": "Other", "touchpoints": [] } ] }""")).ReadOkAsync();
        await (await admin.PostTextAsync("/responses", $$"""{ "id": "{{Guid.CreateVersion7()}}", "survey": "gates", "answers": { "gate": 5, "leaving": 7 } }""")).ReadOkAsync();

        var scores = await admin.ReadAsync("/scores?kind=csat&by=touchpoint&question=gate");
        Assert.Equal(1, (long)scores["rows"]!.AsArray().Single(r => (string)r!["key"]! == "gate")!["n"]!);
        var gone = await admin.GetAsync($"{Api.Root}/scores?kind=csat&touchpoint=unnamed", TestContext.Current.CancellationToken);
        Assert.Contains("touchpoint", (await gone.ReadErrorsAsync()).Keys);
    }

    [Fact]
    public async Task After_a_move_earlier_answers_stay_with_the_stage_they_were_given_in()
    {
        await admin.PublishSmallAsync();
        await PostAsync();
        string moved = Api.SmallJourney
            .Replace("""{ "key": "delivery", "name": "Delivery", "kind": "physical", "weight": 3, "team": "Logistics" }""", """{ "key": "basket", "name": "Basket", "kind": "digital" }""", StringComparison.Ordinal)
            .Replace("""{ "key": "support", "name": "Support", "kind": "digital" }""", """{ "key": "support", "name": "Support", "kind": "digital" }, { "key": "delivery", "name": "Delivery, renamed", "kind": "physical" }""", StringComparison.Ordinal);
        await (await admin.PutTextAsync("/journey", moved)).ReadOkAsync();
        await PostAsync();
        await (await admin.PutTextAsync("/settings", """{ "minimumN": 1 }""")).ReadOkAsync();

        var byStage = (await admin.ReadAsync("/scores?kind=csat&by=stage&question=delivery"))["rows"]!.AsArray().ToDictionary(r => (string)r!["key"]!, r => (long)r!["n"]!);
        Assert.True(byStage["purchase"] >= 1);
        Assert.Equal(1, byStage["retention"]);
        var byTouchpoint = (await admin.ReadAsync("/scores?kind=csat&by=touchpoint&question=delivery"))["rows"]!.AsArray().Single(r => (string)r!["key"]! == "delivery")!;
        Assert.Equal("Delivery, renamed", (string)byTouchpoint["name"]!);
        Assert.Equal(byStage["purchase"] + 1, (long)byTouchpoint["n"]!);
    }

    async Task PostAsync() =>
        await (await admin.PostTextAsync("/responses", $$"""{ "id": "{{Guid.CreateVersion7()}}", "survey": "after-delivery", "answers": { "delivery": 4 } }""")).ReadOkAsync();
}
