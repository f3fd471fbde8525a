using System.Text;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Responses;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace CxSurveys.Web.Tests.Responses;

/// <summary>The short way in takes nothing that the long one would refuse or store otherwise.</summary>
public sealed class ShortWayTests(CxApp app) : IClassFixture<CxApp>, IAsyncLifetime
{
    const string Id = "019abcde-0000-7000-8000-000000000001";
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    readonly HttpClient admin = app.WithKey("admin"), ingest = app.WithKey("ingest");

    public async ValueTask InitializeAsync() => await admin.PublishSmallAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    static string Body(string answers, string more = "") => $$"""{ "id": "{{Id}}", "survey": "after-delivery", "answers": {{answers}}{{more}} }""";

    public static TheoryData<string> Ordinary => new()
    {
        Body("""{ "recommend": 0 }"""),
        Body("{}"),
        Body("""{ "recommend": 10, "delivery": 5, "why": "It was \u0e14\u0e35 \ud83d\ude00 \"so\"\n", "how": "card" }"""),
        Body("""{ "why": "ช้า" }""", """, "touchpoint": "support", "language": "id", "channel": "web", "segment": { "plan": "pro", "country": "ID" } """),
        Body("""{ "recommend": 9 }""", """, "segment": {}, "language": "pt-BR" """),
        $$""" {"answers":{"re\u0063ommend":3},"survey":"after-delivery","id":"{{Id}}"} """,
    };

    [Theory, MemberData(nameof(Ordinary))]
    public async Task What_it_takes_the_long_way_reads_alike(string json)
    {
        var shortly = await ShortlyAsync(json);
        var thoroughly = await ThoroughlyAsync(json);
        Assert.NotNull(shortly);
        Assert.Equal(Shape(thoroughly!), Shape(shortly));
    }

    public static TheoryData<string> Others => new()
    {
        Body("""{ "recommend": null }"""),
        Body("""{ "recommend": 11 }"""),
        Body("""{ "recommend": 9.0 }"""),
        Body("""{ "recommend": 1e0 }"""),
        Body("""{ "recommend": -0 }"""),
        Body("""{ "recommend": "9" }"""),
        Body("""{ "recommend": 9, "recommend": 8 }"""),
        Body("""{ "unknown": 9 }"""),
        Body("""{ "why": "" }"""),
        Body("""{ "why": "a\u0000b" }"""),
        Body("""{ "why": "half \ud83d" }"""),
        Body($$"""{ "why": "{{new string('a', AnswerCheck.MaxText + 1)}}" }"""),
        Body("""{ "how": "cheque" }"""),
        Body("""{ "what": ["a"] }"""),
        Body("[]"),
        Body("{}", """, "answers": {}"""),
        Body("{}", """, "id": "019abcde-0000-7000-8000-000000000002" """),
        Body("{}", """, "unknown": 1"""),
        Body("{}", """, "touchpoint": null"""),
        Body("{}", """, "touchpoint": "nowhere" """),
        Body("{}", """, "language": "English, please" """),
        Body("{}", """, "channel": " " """),
        Body("{}", $$""", "channel": "{{new string('a', 201)}}" """),
        Body("{}", """, "segment": { "country": null }"""),
        Body("{}", """, "segment": { "country": "" }"""),
        Body("{}", """, "segment": { " ": "ID" }"""),
        Body("{}", """, "segment": { "country": "ID", "country": "TH" }"""),
        Body("{}", """, "segment": []"""),
        Body("{}", """, "customer": { "id": "c1" }"""),
        Body("{}", """, "submittedAt": "2026-02-16T09:30:00+07:00" """),
        Body("{}") + "x",
        Body("{}") + Body("{}"),
        Body("{}")[..^1],
        "[]", "null", "",
        """{ "id": "00000000-0000-0000-0000-000000000000", "survey": "after-delivery", "answers": {} }""",
        $$"""{ "id": "{{Id.ToUpperInvariant().Replace("-", "", StringComparison.Ordinal)}}", "survey": "after-delivery", "answers": {} }""",
        $$"""{ "id": "{{Id}}", "survey": "never-published", "answers": {} }""",
        $$"""{ "id": "{{Id}}", "answers": {} }""",
        $$"""{ "id": "{{Id}}", "survey": "after-delivery" }""",
    };

    [Theory, MemberData(nameof(Others))]
    public async Task All_else_is_left_to_the_long_way(string json) => Assert.Null(await ShortlyAsync(json));

    [Fact]
    public async Task A_required_question_is_still_required()
    {
        await admin.PublishAsync("strict", """{ "name": "N", "languages": ["en"], "questions": [ { "key": "a", "kind": "nps", "required": true } ] }""");
        string Strict(string answers) => Body(answers).Replace("after-delivery", "strict", StringComparison.Ordinal);
        Assert.Null(await ShortlyAsync(Strict("{}")));
        Assert.NotNull(await ShortlyAsync(Strict("""{ "a": 1 }""")));
    }

    [Fact]
    public async Task Both_ways_answer_alike()
    {
        string json = Body("""{ "recommend": 4 }""").Replace(Id, Guid.CreateVersion7().ToString(), StringComparison.Ordinal);
        using var stored = await ingest.PostTextAsync("/responses", json);
        using var again = await ingest.PostTextAsync("/responses", json);
        // A charset in capitals is no ordinary request.
        using var content = new StringContent(json, Encoding.UTF8) { Headers = { ContentType = new("application/json") { CharSet = "UTF-8" } } };
        using var longWay = await ingest.PostAsync(new Uri("/api/v1/responses", UriKind.Relative), content, Ct);

        Assert.Equal([201, 200, 200], [(int)stored.StatusCode, (int)again.StatusCode, (int)longWay.StatusCode]);
        Assert.Equal(await longWay.Content.ReadAsStringAsync(Ct), await again.Content.ReadAsStringAsync(Ct));
        Assert.Equal(longWay.Content.Headers.ContentType, again.Content.Headers.ContentType);
        string[] Names(HttpResponseMessage answer) => [.. answer.Headers.Select(h => $"{h.Key}: {string.Join(',', h.Value)}").Where(h => !h.StartsWith("Date", StringComparison.Ordinal) && !h.StartsWith("Transfer-Encoding", StringComparison.Ordinal)).Order()];
        Assert.Equal(Names(longWay), Names(again));
    }

    // What it names has to be in memory first.
    async Task<NewResponse?> ShortlyAsync(string json)
    {
        await app.Services.GetRequiredService<JourneyCatalog>().GetAsync(Ct);
        await app.Services.GetRequiredService<SurveyCatalog>().NewestAsync("after-delivery", Ct);
        await app.Services.GetRequiredService<SurveyCatalog>().NewestAsync("strict", Ct);
        return app.Services.GetRequiredService<OrdinaryResponse>().Read(Encoding.UTF8.GetBytes(json));
    }

    async Task<NewResponse?> ThoroughlyAsync(string json)
    {
        var errors = new Errors();
        var posted = JsonBody.Parse<PostedResponse>(Encoding.UTF8.GetBytes(json), errors);
        return await app.Services.GetRequiredService<ResponseDoor>().CheckAsync(posted!, new Dictionary<Guid, Features.Invitations.OpenInvitation?>(), errors, Ct);
    }

    static string Shape(NewResponse response) => string.Join('|', response.Id, response.Version.Id, response.TouchpointId, response.Customer, response.Segment.Hash, response.State, response.Flags,
        response.IsInvited, Convert.ToHexString(response.ContextHash), Convert.ToHexString(response.AnswersHash));
}
