
namespace CxSurveys.Web.Tests.Responses;

public sealed class PostResponseTests(CxApp app) : IClassFixture<CxApp>, IAsyncLifetime
{
    readonly HttpClient admin = app.WithKey("admin"), ingest = app.WithKey("ingest");

    public async ValueTask InitializeAsync() => await admin.PublishSmallAsync();

    public async ValueTask DisposeAsync() => Assert.Equal(0, await app.VerifyAsync());

    static string Answer(Guid id, string answers = """{ "recommend": 9, "delivery": 4 }""", string more = "") =>
        $$"""{ "id": "{{id}}", "survey": "after-delivery", "answers": {{answers}}{{more}} }""";

    async Task<int> PostAsync(string json) => (int)(await ingest.PostTextAsync("/responses", json)).StatusCode;

    [Fact]
    public async Task A_new_id_is_201_the_same_content_again_200_and_other_content_409()
    {
        var id = Guid.CreateVersion7();
        const string more = """, "touchpoint": "support", "customer": { "id": "c1", "email": "dewi@example.com" }, "segment": { "country": "ID", "plan": "pro" }, "submittedAt": "2026-02-16T09:30:00+07:00", "language": "id", "channel": "email" """;
        const string reordered = """, "channel": "email", "language": "id", "submittedAt": "2026-02-16T09:30:00+07:00", "segment": { "plan": "pro", "country": "ID" }, "customer": { "email": "dewi@example.com", "id": "c1" }, "touchpoint": "support" """;
        long before = await app.ResponsesAsync();

        Assert.Equal(201, await PostAsync(Answer(id, more: more)));
        Assert.Equal(200, await PostAsync(Answer(id, more: more)));
        Assert.Equal(200, await PostAsync(Answer(id, """{ "easy": null, "delivery": 4, "recommend": 9 }""", reordered)));
        Assert.Equal(409, await PostAsync(Answer(id, """{ "recommend": 0, "delivery": 4 }""", more)));
        Assert.Equal(409, await PostAsync(Answer(id)));
        Assert.Equal(before + 1, await app.ResponsesAsync());
    }

    [Fact]
    public async Task One_id_sent_by_many_at_once_is_stored_once()
    {
        var id = Guid.CreateVersion7();
        long before = await app.ResponsesAsync();
        var statuses = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => PostAsync(Answer(id, i % 3 == 0 ? """{ "recommend": 3 }""" : """{ "recommend": 10 }"""))));
        Assert.Single(statuses, 201);
        Assert.All(statuses, s => Assert.True(s is 200 or 201 or 409, $"{s}"));
        Assert.Equal(before + 1, await app.ResponsesAsync());
    }

    [Fact]
    public async Task The_same_content_is_known_again_after_the_survey_has_moved_on()
    {
        await admin.PublishAsync("moving", """{ "name": "N", "languages": ["en"], "questions": [ { "key": "a", "kind": "nps" }, { "key": "b", "kind": "csat" } ] }""");
        string json = $$"""{ "id": "{{Guid.CreateVersion7()}}", "survey": "moving", "answers": { "a": 1, "b": 2 } }""";
        Assert.Equal(201, await PostAsync(json));
        await admin.PublishAsync("moving", """{ "name": "N", "languages": ["en"], "questions": [ { "key": "a", "kind": "nps" } ] }""");
        Assert.Equal(200, await PostAsync(json));
    }

    public static TheoryData<string, string> BadAnswers => new()
    {
        { """{ "recommend": "9" }""", "answers.recommend" },
        { """{ "recommend": 9.0 }""", "answers.recommend" },
        { """{ "recommend": 9.5 }""", "answers.recommend" },
        { """{ "recommend": 1e0 }""", "answers.recommend" },
        { """{ "recommend": -0 }""", "answers.recommend" },
        { """{ "recommend": true }""", "answers.recommend" },
        { """{ "recommend": 11 }""", "answers.recommend" },
        { """{ "recommend": -1 }""", "answers.recommend" },
        { """{ "recommend": 99999999999999999999 }""", "answers.recommend" },
        { """{ "recommend": [9] }""", "answers.recommend" },
        { """{ "delivery": 0 }""", "answers.delivery" },
        { """{ "box": -3 }""", "answers.box" },
        { """{ "unknown": 1 }""", "answers.unknown" },
        { """{ "why": 5 }""", "answers.why" },
        { """{ "why": "a\u0000b" }""", "answers.why" },
        { """{ "why": "half \ud83d" }""", "answers.why" },
        { """{ "how": "cheque" }""", "answers.how" },
        { """{ "how": ["card"] }""", "answers.how" },
        { """{ "what": "a" }""", "answers.what" },
        { """{ "what": ["a", "a"] }""", "answers.what[1]" },
        { """{ "what": ["a", "z"] }""", "answers.what[1]" },
        { """{ "recommend": 9, "recommend": 8 }""", "answers.recommend" },
    };

    [Theory, MemberData(nameof(BadAnswers))]
    public async Task A_bad_answer_is_400_by_the_name_of_its_question_and_nothing_is_stored(string answers, string path) =>
        await RefusedAsync(Answer(Guid.CreateVersion7(), answers), path);

    public static TheoryData<string, string> BadMembers => new()
    {
        { ", \"touchpoint\": \"nowhere\" ", "touchpoint" },
        { ", \"mood\": 1 ", "mood" },
        { ", \"survey\": \"after-delivery\" ", "survey" },
        { ", \"submittedAt\": \"2026-02-16T09:30:00\" ", "submittedAt" },
        { ", \"submittedAt\": \"1999-12-31T23:59:59Z\" ", "submittedAt" },
        { ", \"submittedAt\": \"2999-01-01T00:00:00Z\" ", "submittedAt" },
        { ", \"submittedAt\": 5 ", "submittedAt" },
        { ", \"language\": \"not a tag\" ", "language" },
        { ", \"customer\": { \"id\": \"\" } ", "customer.id" },
        { ", \"customer\": { \"email\": \"a@b.co\" } ", "customer.id" },
        { ", \"customer\": { \"id\": \"c\", \"email\": \"a@b.co, c@d.co\" } ", "customer.email" },
        { ", \"segment\": { \"country\": 5 } ", "segment.country" },
        { ", \"segment\": { \"country\": null } ", "segment.country" },
        { ", \"segment\": { \"country\": \"\\u0000\" } ", "segment.country" },
        { ", \"segment\": { \"country\": \"\\udc00\" } ", "segment.country" },
        { ", \"segment\": { \"a\": \"1\", \"a\": \"2\" } ", "segment.a" },
    };

    [Theory, MemberData(nameof(BadMembers))]
    public async Task A_bad_member_is_400_by_its_name_and_nothing_is_stored(string more, string path) =>
        await RefusedAsync(Answer(Guid.CreateVersion7(), more: more), path);

    [Fact]
    public async Task Limits_hold_to_the_character()
    {
        string Text(int length) => Answer(Guid.CreateVersion7(), $$"""{ "why": "{{new string('x', length - 1)}}😀" }""");
        Assert.Equal(201, await PostAsync(Text(4000)));
        await RefusedAsync(Text(4001), "answers.why");

        string Segments(int count) => Answer(Guid.CreateVersion7(), more: $", \"segment\": {{ {string.Join(", ", Enumerable.Range(0, count).Select(i => $"\"s{i}\": \"v\""))} }}");
        Assert.Equal(201, await PostAsync(Segments(20)));
        await RefusedAsync(Segments(21), "segment");

        string Value(int length) => Answer(Guid.CreateVersion7(), more: $", \"segment\": {{ \"a\": \"{new string('v', length)}\" }}");
        Assert.Equal(201, await PostAsync(Value(200)));
        await RefusedAsync(Value(201), "segment.a");
    }

    async Task RefusedAsync(string json, string path)
    {
        long before = await app.ResponsesAsync();
        var errors = await (await ingest.PostTextAsync("/responses", json)).ReadErrorsAsync();
        Assert.True(errors.ContainsKey(path), $"{path} is not among: {string.Join(", ", errors.Select(e => e.Key + ": " + e.Value[0]))}");
        Assert.Equal(before, await app.ResponsesAsync());
    }

    [Fact]
    public async Task What_is_not_json_of_the_right_size_depth_and_encoding_is_refused()
    {
        long before = await app.ResponsesAsync();
        Assert.Equal(415, (int)(await ingest.PostTextAsync("/responses", Answer(Guid.CreateVersion7()), "text/plain")).StatusCode);
        Assert.Equal(415, (int)(await ingest.PostTextAsync("/responses", "<a/>", "application/xml")).StatusCode);
        Assert.Equal(413, await PostAsync(Answer(Guid.CreateVersion7(), $$"""{ "why": "{{new string('x', 262_144)}}" }""")));
        Assert.Equal(400, await PostAsync(""));
        Assert.Equal(400, await PostAsync("null"));
        Assert.Equal(400, await PostAsync("[]"));
        Assert.Equal(400, await PostAsync("{"));
        Assert.Equal(400, await PostAsync(Answer(Guid.CreateVersion7()) + "x"));
        Assert.Equal(400, await PostAsync(Answer(Guid.CreateVersion7(), $$"""{ "what": {{new string('[', 20)}}{{new string(']', 20)}} }""")));

        var bytes = new ByteArrayContent([.. System.Text.Encoding.UTF8.GetBytes(Answer(Guid.CreateVersion7(), """{ "why": "?" }"""))]);
        byte[] invalid = await bytes.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        invalid[Array.IndexOf(invalid, (byte)'?')] = 0xff;
        using var content = new ByteArrayContent(invalid);
        content.Headers.ContentType = new("application/json");
        Assert.Equal(400, (int)(await ingest.PostAsync(Api.Root + "/responses", content, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(before, await app.ResponsesAsync());
    }

    [Fact]
    public async Task An_answer_at_no_touchpoint_takes_the_responses_own()
    {
        await (await admin.PutTextAsync("/settings", """{ "minimumN": 1 }""")).ReadOkAsync();
        await admin.PublishAsync("anywhere", """{ "name": "N", "languages": ["en"], "questions": [ { "key": "stars", "kind": "csat" } ] }""");
        await ingest.PostTextAsync("/responses", $$"""{ "id": "{{Guid.CreateVersion7()}}", "survey": "anywhere", "touchpoint": "support", "answers": { "stars": 5 } }""");
        await ingest.PostTextAsync("/responses", $$"""{ "id": "{{Guid.CreateVersion7()}}", "survey": "anywhere", "answers": { "stars": 1 } }""");

        var byTouchpoint = await admin.ReadAsync("/scores?kind=csat&survey=anywhere&by=touchpoint");
        Assert.Equal("support", (string)byTouchpoint["rows"]!.AsArray().Single(r => (long)r!["n"]! > 0)!["key"]!);
        Assert.Equal(1, (long)byTouchpoint["total"]!["n"]!);
        Assert.Equal(2, (long)(await admin.ReadAsync("/scores?kind=csat&survey=anywhere"))["total"]!["n"]!);
    }
}
