using CxSurveys.Web.Features.Responses;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Tests.Invitations;
using CxSurveys.Web.Tests.Scores;
using Microsoft.Extensions.DependencyInjection;

namespace CxSurveys.Web.Tests.Responses;

/// <summary>The server decides what was shown, whichever way an answer comes in.</summary>
public sealed class BranchingTests(CxApp app) : IClassFixture<CxApp>, IAsyncLifetime
{
    const string Survey = """
        { "name": "Branching", "languages": ["en", "th"], "questions": [
            { "key": "nps", "kind": "nps", "required": true, "journey": true },
            { "key": "why", "kind": "text", "text": { "en": "What went wrong?" }, "required": true, "showIf": { "question": "nps", "in": ["negative"] } },
            { "key": "ease", "kind": "ces", "journey": true, "showIf": { "question": "nps", "in": [7, 8] } },
            { "key": "parts", "kind": "multi", "text": { "en": "Which?" }, "options": [ { "key": "box", "text": { "en": "Box" } }, { "key": "price", "text": { "en": "Price" } } ], "showIf": { "question": "nps", "in": ["positive"] } },
            { "key": "box", "kind": "csat", "journey": true, "showIf": { "all": [ { "question": "parts", "in": ["box"] }, { "segment": "country", "in": ["ID", "TH"] } ] } },
            { "key": "thai", "kind": "rating", "text": { "en": "Thai?" }, "scale": { "min": 0, "max": 1 }, "journey": true, "showIf": { "any": [ { "language": ["th"] }, { "channel": ["shop"] } ] } } ] }
        """;

    readonly HttpClient admin = app.WithKey("admin");

    public async ValueTask InitializeAsync()
    {
        await admin.SetAsync(new { minimumN = 1 });
        await admin.PublishAsync("branching", Survey);
    }

    public async ValueTask DisposeAsync() => Assert.Equal(0, await app.VerifyAsync());

    static string Posted(string answers, string more = "", Guid? id = null) =>
        $$"""{ "id": "{{id ?? Guid.CreateVersion7()}}", "survey": "branching", "answers": {{answers}}{{more}} }""";

    Task<HttpResponseMessage> PostAsync(string answers, string more = "") => admin.PostTextAsync("/responses", Posted(answers, more));

    [Theory]
    [InlineData("""{ "nps": 9, "why": "x" }""", "", "answers.why")]
    [InlineData("""{ "nps": 0, "why": "x", "ease": 5 }""", "", "answers.ease")]
    [InlineData("""{ "nps": 9, "parts": ["box"], "box": 3 }""", "", "answers.box")]
    [InlineData("""{ "nps": 9, "parts": ["price"], "box": 3 }""", """, "segment": { "country": "ID" }""", "answers.box")]
    [InlineData("""{ "nps": 9, "parts": ["box"], "box": 3 }""", """, "segment": { "country": "MY" }""", "answers.box")]
    [InlineData("""{ "nps": 7, "thai": 0 }""", """, "language": "en", "channel": "web" """, "answers.thai")]
    [InlineData("""{ "nps": 7, "parts": ["box"], "box": 3 }""", """, "segment": { "country": "ID" }""", "answers.parts|answers.box")]
    public async Task An_answer_to_a_hidden_question_is_refused_by_its_name_and_with_the_rule(string answers, string more, string paths)
    {
        long before = await app.ResponsesAsync();
        var errors = await (await PostAsync(answers, more)).ReadErrorsAsync();
        Assert.Equal(paths.Split('|').Order(StringComparer.Ordinal), errors.Keys);
        Assert.All(errors.Values, e => Assert.StartsWith("This question was not shown: it is asked only where ", Assert.Single(e), StringComparison.Ordinal));
        Assert.Equal(before, await app.ResponsesAsync());

        var imported = await (await admin.PostTextAsync("/responses/import", Posted(answers, more), "application/x-ndjson")).ReadOkAsync();
        Assert.Equal(paths.Split('|').Order(StringComparer.Ordinal), imported["rejected"]!.AsArray().Single()!["errors"]!.AsObject().Select(e => e.Key));
    }

    [Theory]
    [InlineData("""{ "nps": 10, "parts": ["price", "box"], "box": 0 }""", """, "segment": { "country": "TH" }""", "answers.box")]
    [InlineData("""{ "nps": 3 }""", "", "answers.why")]
    public async Task What_is_shown_is_checked_as_ever(string answers, string more, string path) =>
        Assert.Equal([path], (await (await PostAsync(answers, more)).ReadErrorsAsync()).Keys);

    [Fact]
    public async Task Required_counts_only_where_shown_and_not_shown_differs_from_skipped()
    {
        foreach (var (answers, more) in new[] {
            ("""{ "nps": 9 }""", ""), ("""{ "nps": 7 }""", ""), ("""{ "nps": 8, "ease": 5 }""", ""), ("""{ "nps": 0, "why": "Late" }""", ""),
            ("""{ "nps": 9, "parts": ["box"] }""", """, "segment": { "country": "TH" }"""), ("""{ "nps": 7, "thai": 0 }""", """, "language": "th-TH" """), ("""{ "nps": 7, "thai": 1 }""", """, "channel": "shop" """) })
            await (await PostAsync(answers, more.Length == 0 ? """, "channel": "count" """ : more)).ReadOkAsync();

        var ease = (await admin.ReadAsync("/scores?kind=ces&question=ease&survey=branching&channel=count"))["total"]!;
        Assert.Equal((1, 1, 2), ((int)ease["n"]!, (int)ease["skipped"]!, (int)ease["notShown"]!));
        var box = (await admin.ReadAsync("/scores?kind=csat&question=box&survey=branching&segment.country=TH"))["total"]!;
        Assert.Equal((0, 1, 0), ((int)box["n"]!, (int)box["skipped"]!, (int)box["notShown"]!));
    }

    [Fact]
    public async Task A_list_and_an_export_tell_what_was_not_shown_and_an_export_can_be_read_back()
    {
        var id = Guid.CreateVersion7();
        await (await admin.PostTextAsync("/responses", Posted("""{ "nps": 8 }""", """, "channel": "list" """, id))).ReadOkAsync();
        var row = (await admin.ReadAsync($"/responses?id={id}"))["rows"]!.AsArray().Single()!;
        Assert.Equal(["why", "parts", "box", "thai"], row["notShown"]!.AsArray().Select(k => (string)k!));

        using var asked = new HttpRequestMessage(HttpMethod.Get, Api.Root + "/responses?survey=branching&channel=list");
        asked.Headers.Accept.ParseAdd("text/csv");
        string csv = await (await admin.SendAsync(asked, TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        string[] lines = csv.Split("\r\n");
        Assert.EndsWith(",answer.thai,notShown", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(",8,,,,,,why;parts;box;thai", lines[1], StringComparison.Ordinal);
        var again = await (await admin.PostTextAsync("/responses/import", csv, "text/csv")).ReadOkAsync();
        Assert.Equal((0, 1), ((int)again["accepted"]!, (int)again["duplicates"]!));
    }

    [Fact]
    public async Task A_change_of_an_answer_decides_anew_what_was_shown()
    {
        var ct = TestContext.Current.CancellationToken;
        var version = (await app.Services.GetRequiredService<SurveyCatalog>().NewestAsync("branching", ct))!;
        var intake = app.Services.GetRequiredService<ResponseIntake>();
        var id = Guid.CreateVersion7();
        await (await admin.PostTextAsync("/responses", Posted("""{ "nps": 8, "ease": 6 }""", """, "channel": "change" """, id))).ReadOkAsync();

        await intake.ChangeAsync(id, [new NewAnswer(version.ByKey["nps"].Id, 2), new NewAnswer(version.ByKey["why"].Id, Text: "Late")], null, ct);
        Assert.Equal((0, 0, 1), await EaseAsync());
        Assert.Equal(["nps", "why"], await KeysAsync(id));
        await intake.ChangeAsync(id, [new NewAnswer(version.ByKey["nps"].Id, 7)], null, ct);
        Assert.Equal((0, 1, 0), await EaseAsync());
        Assert.Equal(["nps"], await KeysAsync(id));

        // Only one page of it: what other pages say stays, unless this one hides it.
        await intake.ChangeAsync(id, [new NewAnswer(version.ByKey["ease"].Id, 3)], null, ct, new HashSet<int> { version.ByKey["ease"].Id });
        Assert.Equal((1, 0, 0), await EaseAsync());
        await intake.ChangeAsync(id, [new NewAnswer(version.ByKey["nps"].Id, 10)], null, ct, new HashSet<int> { version.ByKey["nps"].Id });
        Assert.Equal((0, 0, 1), await EaseAsync());
        Assert.Equal(["nps"], await KeysAsync(id));
    }

    async Task<(int, int, int)> EaseAsync()
    {
        var total = (await admin.ReadAsync("/scores?kind=ces&question=ease&survey=branching&channel=change"))["total"]!;
        return ((int)total["n"]!, (int)total["skipped"]!, (int)total["notShown"]!);
    }

    async Task<string[]> KeysAsync(Guid id) => [.. (await admin.ReadAsync($"/responses?id={id}"))["rows"]!.AsArray().Single()!["answers"]!.AsObject().Select(a => a.Key)];

    [Fact]
    public async Task An_invited_answer_is_checked_with_what_the_invitation_knows()
    {
        await (await admin.PutTextAsync("/journey", Api.SmallJourney)).ReadOkAsync();
        var guest = await app.GuestAsync("branching", more: """ "language": "th", "attributes": { "country": "ID" } """);
        string Answer(string answers) => $$"""{ "id": "{{guest.Id}}", "answers": {{answers}}, "survey": "branching" }""";
        Assert.Equal(["answers.ease"], (await (await admin.PostTextAsync("/responses", Answer("""{ "nps": 9, "parts": ["box"], "ease": 4 }"""))).ReadErrorsAsync()).Keys);
        await (await admin.PostTextAsync("/responses", Answer("""{ "nps": 9, "parts": ["box"], "box": 4 }"""))).ReadOkAsync();
    }
}

/// <summary>Consents and contact requests.</summary>
public sealed class ConsentTests(CxApp app) : IClassFixture<CxApp>, IAsyncLifetime
{
    const string Survey = """
        { "name": "Consent", "languages": ["en", "th"], "questions": [
            { "key": "nps", "kind": "nps", "journey": true },
            { "key": "hello", "kind": "statement", "text": { "en": "Nearly done." } },
            { "key": "terms", "kind": "consent", "text": { "en": "You may publish my words.", "th": "เผยแพร่คำพูดของฉันได้" }, "required": true },
            { "key": "call", "kind": "contact", "text": { "en": "May we call you?" } } ] }
        """;

    readonly HttpClient admin = app.WithKey("admin");

    public async ValueTask InitializeAsync() => await admin.PublishAsync("consent", Survey);

    public async ValueTask DisposeAsync() => Assert.Equal(0, await app.VerifyAsync());

    static string Posted(Guid id, string answers) => $$"""{ "id": "{{id}}", "survey": "consent", "language": "th", "answers": {{answers}} }""";

    [Theory]
    [InlineData("""{ "nps": 1 }""", "answers.terms")]
    [InlineData("""{ "nps": 1, "terms": false }""", "answers.terms")]
    [InlineData("""{ "nps": 1, "terms": "yes" }""", "answers.terms")]
    [InlineData("""{ "nps": 1, "terms": true, "hello": "Hi" }""", "answers.hello")]
    [InlineData("""{ "nps": 1, "terms": true, "call": "some day" }""", "answers.call")]
    [InlineData("""{ "nps": 1, "terms": true, "call": 4915112345 }""", "answers.call")]
    public async Task Only_what_each_kind_knows_is_let_in(string answers, string path) =>
        Assert.Equal([path], (await (await admin.PostTextAsync("/responses", Posted(Guid.CreateVersion7(), answers))).ReadErrorsAsync()).Keys);

    [Fact]
    public async Task A_consent_says_what_was_agreed_to_and_how_to_reach_a_person_is_not_a_comment()
    {
        var id = Guid.CreateVersion7();
        string posted = Posted(id, """{ "nps": 1, "terms": true, "call": "+62 812-3456-789" }""");
        Assert.Equal(201, (int)(await admin.PostTextAsync("/responses", posted)).StatusCode);
        Assert.Equal(200, (int)(await admin.PostTextAsync("/responses", posted)).StatusCode);
        Assert.Equal(409, (int)(await admin.PostTextAsync("/responses", posted.Replace("-789", "-780", StringComparison.Ordinal))).StatusCode);

        var row = (await admin.ReadAsync($"/responses?id={id}"))["rows"]!.AsArray().Single()!;
        Assert.Equal("""{"nps":1,"terms":true,"call":"\u002B62 812-3456-789"}""", row["answers"]!.ToJsonString());
        Assert.Equal(("th", "เผยแพร่คำพูดของฉันได้"), ((string)row["agreed"]!["terms"]!["language"]!, (string)row["agreed"]!["terms"]!["text"]!));
        Assert.Empty((await admin.ReadAsync("/responses?survey=consent&words=only"))["rows"]!.AsArray());

        using var asked = new HttpRequestMessage(HttpMethod.Get, Api.Root + $"/responses?survey=consent&id={id}");
        asked.Headers.Accept.ParseAdd("text/csv");
        string csv = await (await admin.SendAsync(asked, TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("answer.nps,answer.terms,answer.call\r\n", csv, StringComparison.Ordinal);
        Assert.EndsWith(",1,yes,yes\r\n", csv, StringComparison.Ordinal);
        Assert.Equal(1, (int)(await (await admin.PostTextAsync("/responses/import", csv, "text/csv")).ReadOkAsync())["duplicates"]!);
    }
}
