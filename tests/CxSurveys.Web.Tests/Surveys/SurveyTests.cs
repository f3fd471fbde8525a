using CxSurveys.Web.Tests.Scores;

namespace CxSurveys.Web.Tests.Surveys;

public sealed class SurveyTests(CxApp app) : IClassFixture<CxApp>
{
    readonly HttpClient admin = app.WithKey("admin");

    [Fact]
    public async Task Publishing_an_unchanged_draft_stays_with_the_present_version_and_a_change_makes_the_next()
    {
        await admin.PublishSmallAsync();
        Assert.Equal(1, await PublishAsync());
        await (await admin.PutTextAsync("/surveys/after-delivery", Api.SmallSurvey)).ReadOkAsync();
        Assert.Equal(1, await PublishAsync());

        await (await admin.PutTextAsync("/surveys/after-delivery", Api.SmallSurvey.Replace("The box?", "And the box?", StringComparison.Ordinal))).ReadOkAsync();
        Assert.True((bool)(await admin.ReadAsync("/surveys/after-delivery"))["draftChanged"]!);
        Assert.Equal(2, await PublishAsync());
        Assert.Equal(2, (int)(await admin.ReadAsync("/surveys/after-delivery"))["version"]!);
    }

    async Task<int> PublishAsync() => (int)(await (await admin.PostTextAsync("/surveys/after-delivery/publish", "{}")).ReadOkAsync())["version"]!;

    [Fact]
    public async Task An_unknown_survey_is_404_and_an_unpublished_one_takes_no_answers()
    {
        Assert.Equal(404, (int)(await admin.GetAsync(Api.Root + "/surveys/none", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(404, (int)(await admin.PostTextAsync("/surveys/none/publish", "{}")).StatusCode);

        await (await admin.PutTextAsync("/surveys/draft-only", """{ "name": "N", "languages": ["en"], "questions": [ { "key": "q", "kind": "nps" } ] }""")).ReadOkAsync();
        var errors = await (await admin.PostTextAsync("/responses", $$"""{ "id": "{{Guid.CreateVersion7()}}", "survey": "draft-only", "answers": { "q": 1 } }""")).ReadErrorsAsync();
        Assert.Contains("survey", errors.Keys);
    }

    [Fact]
    public async Task A_closed_survey_takes_no_new_answers_until_it_is_reopened()
    {
        await admin.PublishAsync("closing", """{ "name": "N", "languages": ["en"], "questions": [ { "key": "q", "kind": "nps" } ] }""");
        await (await admin.PostTextAsync("/surveys/closing/close", "")).ReadOkAsync();
        Assert.Contains("survey", (await (await admin.PostTextAsync("/responses", Answer())).ReadErrorsAsync()).Keys);
        await (await admin.PostTextAsync("/surveys/closing/reopen", "")).ReadOkAsync();
        await (await admin.PostTextAsync("/responses", Answer())).ReadOkAsync();

        static string Answer() => $$"""{ "id": "{{Guid.CreateVersion7()}}", "survey": "closing", "answers": { "q": 1 } }""";
    }

    public static TheoryData<string, string> BadQuestions => new()
    {
        { """{ "key": "Q 1", "kind": "nps" }""", "questions[0].key" },
        { """{ "key": "q", "kind": "poll" }""", "questions[0].kind" },
        { """{ "key": "q", "kind": "text" }""", "questions[0].text" },
        { """{ "key": "q", "kind": "nps", "text": { "th": "x" } }""", "questions[0].text" },
        { """{ "key": "q", "kind": "nps", "text": { "en": "" } }""", "questions[0].text.en" },
        { """{ "key": "q", "kind": "nps", "scale": { "min": 1, "max": 5 } }""", "questions[0].scale.min|questions[0].scale.max" },
        { """{ "key": "q", "kind": "csat", "scale": { "min": 1, "max": 5, "positive": [4, 6] } }""", "questions[0].scale.positive" },
        { """{ "key": "q", "kind": "csat", "scale": { "min": 1, "max": 5, "positive": [4, 5], "negative": [4] } }""", "questions[0].scale.positive|questions[0].scale.negative" },
        { """{ "key": "q", "kind": "rating", "text": { "en": "x" } }""", "questions[0].scale.min|questions[0].scale.max" },
        { """{ "key": "q", "kind": "text", "text": { "en": "x" }, "scale": { "min": 1, "max": 5 } }""", "questions[0].scale" },
        { """{ "key": "q", "kind": "choice", "text": { "en": "x" } }""", "questions[0].options" },
        { """{ "key": "q", "kind": "choice", "text": { "en": "x" }, "options": [ { "key": "a", "text": { "en": "A" } }, { "key": "a", "text": { "en": "B" } } ] }""", "questions[0].options[1].key" },
        { """{ "key": "q", "kind": "nps", "touchpoint": "nowhere" }""", "questions[0].touchpoint" },
        { """{ "key": "q", "kind": "nps", "touchpoint": "delivery", "stage": "purchase" }""", "questions[0].stage" },
        { """{ "key": "q", "kind": "nps", "showIf": { "question": "p", "in": [] } }""", "questions[0].showIf.in" },
        { """{ "key": "q", "kind": "nps", "showIf": { "question": "p" } }""", "questions[0].showIf.in" },
        { """{ "key": "q", "kind": "nps", "showIf": { "question": "p", "in": [1.5] } }""", "questions[0].showIf.in[0]" },
        { """{ "key": "q", "kind": "nps", "showIf": { } }""", "questions[0].showIf" },
        { """{ "key": "q", "kind": "nps", "showIf": { "segment": "country", "in": [1] } }""", "questions[0].showIf.in[0]" },
        { """{ "key": "q", "kind": "nps", "showIf": { "language": ["en"], "channel": ["web"] } }""", "questions[0].showIf" },
        { """{ "key": "q", "kind": "nps", "showIf": { "all": [ { "any": [] } ] } }""", "questions[0].showIf.all[0].any" },
        { """{ "key": "q", "kind": "nps", "showIf": { "language": ["en"], "in": ["en"] } }""", "questions[0].showIf.in" },
        { """{ "key": "q", "kind": "nps", "textBy": { "question": "p", "negative": { "en": "Why?" } } }""", "questions[0].textBy" },
        { """{ "key": "q", "kind": "text", "text": { "en": "x" }, "textBy": { "question": "p" } }""", "questions[0].textBy" },
        { """{ "key": "q", "kind": "statement", "text": { "en": "x" }, "required": true }""", "questions[0].required" },
        { """{ "key": "q", "kind": "statement" }""", "questions[0].text" },
        { """{ "key": "q", "kind": "consent", "text": { "en": "x" }, "scale": { "min": 1, "max": 2 } }""", "questions[0].scale" },
        { """{ "key": "q", "kind": "nps", "help": { "th": "x" } }""", "questions[0].help" },
        { """{ "key": "q", "kind": "nps", "oneLine": true }""", "questions[0].oneLine" },
        { """{ "key": "q", "kind": "nps" }, { "key": "q", "kind": "csat" }""", "questions[1].key" },
    };

    [Theory, MemberData(nameof(BadQuestions))]
    public async Task A_bad_question_is_refused_by_the_name_of_the_field(string questions, string paths)
    {
        await (await admin.PutTextAsync("/journey", Api.SmallJourney)).ReadOkAsync();
        var errors = await (await admin.PutTextAsync("/surveys/bad", $$"""{ "name": "Bad", "languages": ["en"], "questions": [ {{questions}} ] }""")).ReadErrorsAsync();
        Assert.True(paths.Split('|').Any(errors.ContainsKey), $"{paths} is not among: {string.Join(", ", errors.Keys)}");
        Assert.Equal(404, (int)(await admin.GetAsync(Api.Root + "/surveys/bad", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_row_of_a_question_without_a_wording_of_its_own_bears_the_standard_one()
    {
        await admin.PublishAsync("standard", """{ "name": "Standard", "languages": ["id"], "questions": [{ "key": "ease", "kind": "ces", "journey": true }] }""");
        await admin.ImportAsync([Given.Line("standard", new { ease = 5 })]);
        var name = (string)(await admin.ReadAsync("/scores?kind=ces&survey=standard&by=question")).Row("ease")["name"]!;
        Assert.DoesNotContain("{company}", name, StringComparison.Ordinal);
        Assert.StartsWith("Sejauh mana", name, StringComparison.Ordinal);
    }
}
