namespace CxSurveys.Web.Tests.Surveys;

/// <summary>What only holds between questions may be wrong in a draft, and is named before it is published.</summary>
public sealed class PublishChecksTests(CxApp app) : IClassFixture<CxApp>
{
    const string Score = """{ "key": "score", "kind": "nps" }""";
    const string Pay = """{ "key": "pay", "kind": "choice", "text": { "en": "How?" }, "options": [ { "key": "card", "text": { "en": "Card" } }, { "key": "cash", "text": { "en": "Cash" } } ] }""";

    readonly HttpClient admin = app.WithKey("admin");

    static string Asked(string showIf) => $$"""{ "key": "why", "kind": "text", "text": { "en": "Why?" }, "showIf": {{showIf}} }""";

    public static TheoryData<string, string, string> Broken => new()
    {
        { "a later question", $$"""{ "key": "why", "kind": "text", "text": { "en": "Why?" }, "showIf": { "question": "score", "in": [1] } }, {{Score}}""", "questions[0].showIf.question" },
        { "itself", Score + "," + Asked("""{ "question": "why", "in": [1] }"""), "questions[1].showIf.question" },
        { "an unknown question", Score + "," + Asked("""{ "all": [ { "question": "other", "in": [1] } ] }"""), "questions[1].showIf.all[0].question" },
        { "a value beyond the scale", Score + "," + Asked("""{ "question": "score", "in": [10, 11] }"""), "questions[1].showIf.in[1]" },
        { "an option that is gone", Pay + "," + Asked("""{ "any": [ { "question": "pay", "in": ["card", "cheque"] } ] }"""), "questions[1].showIf.any[0].in[1]" },
        { "an option given as a number", Pay + "," + Asked("""{ "question": "pay", "in": [1] }"""), "questions[1].showIf.in[0]" },
        { "a text", Asked("""{ "channel": ["web"] }""") + """, { "key": "more", "kind": "text", "text": { "en": "More?" }, "showIf": { "question": "why", "in": ["x"] } }""", "questions[1].showIf.question" },
        { "a language it is not offered in", Score + "," + Asked("""{ "language": ["fr"] }"""), "questions[1].showIf.language[0]" },
        { "rules that contradict each other", Score + "," + Asked("""{ "all": [ { "question": "score", "in": ["negative"] }, { "question": "score", "in": [9, 10] } ] }"""), "questions[1].showIf" },
        { "a question that is never shown with these", Score + "," + Pay.Replace("\"kind\"", "\"showIf\": { \"question\": \"score\", \"in\": [0] }, \"kind\"", StringComparison.Ordinal)
            + "," + Asked("""{ "all": [ { "question": "pay", "in": ["card"] }, { "question": "score", "in": ["positive"] } ] }"""), "questions[2].showIf" },
        { "words by a question without a scale", Pay + """, { "key": "why", "kind": "text", "text": { "en": "Why?" }, "textBy": { "question": "pay", "negative": { "en": "What?" } } }""", "questions[1].textBy.question" },
        { "a row under an unknown heading", """{ "key": "a", "kind": "csat", "matrix": "m" }""", "questions[0].matrix" },
    };

    [Theory, MemberData(nameof(Broken))]
    public async Task A_draft_may_hold_it_and_publishing_names_the_place(string what, string questions, string path)
    {
        await (await admin.PutTextAsync("/surveys/broken", $$"""{ "name": "Broken", "languages": ["en", "th"], "questions": [ {{questions}} ] }""")).ReadOkAsync();
        var errors = await (await admin.PostTextAsync("/surveys/broken/publish", "{}")).ReadErrorsAsync();
        Assert.True(errors.ContainsKey(path), $"{what}: {path} is not among {string.Join(", ", errors.Keys)}");
    }

    [Theory]
    [InlineData("rows apart", """{ "key": "a", "kind": "csat", "matrix": "m" }, { "key": "n", "kind": "nps" }, { "key": "b", "kind": "csat", "matrix": "m" }""", "questions[2].matrix")]
    [InlineData("another scale", """{ "key": "a", "kind": "csat", "matrix": "m" }, { "key": "b", "kind": "csat", "matrix": "m", "scale": { "min": 1, "max": 3 } }""", "questions[1].matrix")]
    [InlineData("no scale", """{ "key": "a", "kind": "text", "text": { "en": "A" }, "matrix": "m" }""", "questions[0].matrix")]
    [InlineData("other columns", """{ "key": "a", "kind": "csat", "matrix": "m" }, { "key": "b", "kind": "csat", "matrix": "m", "presentation": "stars" }""", "questions[1].matrix")]
    [InlineData("over two pages", """{ "key": "a", "kind": "csat", "matrix": "m" }, { "key": "b", "kind": "csat", "matrix": "m", "newPage": true }""", "questions[1].newPage")]
    public async Task The_rows_of_a_matrix_share_their_columns(string what, string questions, string path)
    {
        await (await admin.PutTextAsync("/surveys/matrix", $$"""{ "name": "M", "languages": ["en"], "matrices": [ { "key": "m", "text": { "en": "How was" } } ], "questions": [ {{questions}} ] }""")).ReadOkAsync();
        var errors = await (await admin.PostTextAsync("/surveys/matrix/publish", "{}")).ReadErrorsAsync();
        Assert.True(errors.ContainsKey(path), $"{what}: {path} is not among {string.Join(", ", errors.Keys)}");
    }

    [Fact]
    public async Task Publishing_lists_the_texts_that_a_language_lacks()
    {
        await (await admin.PutTextAsync("/surveys/gaps", $$"""{ "name": "Gaps", "languages": ["en", "th"], "questions": [ {{Score}}, {{Pay}} ] }""")).ReadOkAsync();
        var published = await (await admin.PostTextAsync("/surveys/gaps/publish", "{}")).ReadOkAsync();
        Assert.Equal(["questions[1].options[0].text.th", "questions[1].options[1].text.th", "questions[1].text.th"], published["warnings"]!.AsObject().Select(w => w.Key).Order(StringComparer.Ordinal));
    }
}
