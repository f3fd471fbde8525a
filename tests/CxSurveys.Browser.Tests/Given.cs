using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Browser.Tests;

/// <summary>What a company has set up before the browser opens, all through the HTTP contract.</summary>
internal static class Given
{
    public const string Journey = """
        { "stages": [
            { "key": "purchase", "name": "Purchase", "keyQuestion": "Is buying easy?", "touchpoints": [
                { "key": "checkout", "name": "Checkout", "kind": "digital" },
                { "key": "delivery", "name": "Delivery", "kind": "physical", "weight": 3, "team": "Logistics" } ] },
            { "key": "retention", "name": "Retention", "touchpoints": [ { "key": "support", "name": "Support", "kind": "digital" } ] } ] }
        """;

    /// <summary>One required question, and room for words.</summary>
    public const string Recommend = """
        { "name": "After delivery", "languages": ["en", "id", "ms", "th", "ar"], "questions": [
            { "key": "recommend", "kind": "nps", "touchpoint": "delivery", "required": true },
            { "key": "why", "kind": "text", "text": { "en": "What is the main reason?", "th": "เหตุผลหลักคืออะไร", "ar": "ما السبب الرئيسي؟" }, "touchpoint": "delivery" } ] }
        """;

    /// <summary>Every kind of question and every presentation of a scale.</summary>
    public const string Everything = """
        { "name": "Everything", "languages": ["en", "id", "ms", "th", "ar"], "questions": [
            { "key": "recommend", "kind": "nps", "journey": true, "required": true },
            { "key": "words", "kind": "csat", "touchpoint": "delivery", "presentation": "words" },
            { "key": "stars", "kind": "csat", "touchpoint": "checkout", "presentation": "stars" },
            { "key": "faces", "kind": "csat", "touchpoint": "support", "presentation": "faces" },
            { "key": "easy", "kind": "ces", "stage": "purchase", "presentation": "numbers" },
            { "key": "box", "kind": "rating", "text": { "en": "How was the box?" }, "scale": { "min": -2, "max": 2 } },
            { "key": "paid", "kind": "choice", "text": { "en": "How did you pay?" }, "options": [ { "key": "card", "text": { "en": "Card" } }, { "key": "cash", "text": { "en": "Cash" } } ] },
            { "key": "bought", "kind": "multi", "text": { "en": "What was in it?" }, "options": [ { "key": "lamp", "text": { "en": "A lamp" } }, { "key": "chair", "text": { "en": "A chair" } } ] },
            { "key": "why", "kind": "text", "text": { "en": "What is the main reason?" } } ] }
        """;

    /// <summary>An NPS question in words of one's own.</summary>
    public static string Worded(string touchpoint, string text, string why = "What is the main reason?") => $$"""
        { "name": "Worded", "languages": ["en", "ar"], "questions": [
            { "key": "recommend", "kind": "nps", "text": { "en": "{{text}}", "ar": "هل توصي بنا؟" }, "touchpoint": "{{touchpoint}}" },
            { "key": "why", "kind": "text", "text": { "en": "{{why}}", "ar": "ما السبب الرئيسي؟" }, "touchpoint": "{{touchpoint}}" } ] }
        """;

    /// <summary>Three versions with answers: the second in other words, the third in words that were marked as the same measure.</summary>
    public static async Task RewordAsync(this BrowserApp app, string survey, string touchpoint, DateTimeOffset now)
    {
        (string Text, string Publish)[] versions =
        [
            ("How likely are you to recommend us?", "{}"),
            ("Would you recommend our shop to friends?", "{}"),
            ("Would you recommend our shop to friends or family?", """{ "comparable": ["recommend"], "reason": "Only family added" }"""),
        ];
        for (int i = 0; i < versions.Length; i++)
        {
            await app.Admin.SendAsync(HttpMethod.Put, $"/surveys/{survey}", Worded(touchpoint, versions[i].Text));
            await app.Admin.SendAsync(HttpMethod.Post, $"/surveys/{survey}/publish", versions[i].Publish);
            var (number, from) = (i + 1, now.AddDays(-84 + (28 * i)));
            // Published then, not now: a marker stands on that day.
            await app.WithDbAsync(db => db.Database.ExecuteSqlAsync($"update survey_version v set published_at = {from.ToUniversalTime()} from survey s where s.id = v.survey_id and s.key = {survey} and v.number = {number}"));
            var lines = Enumerable.Range(0, 140).Select(n => $$"""
                { "id": "{{Guid.CreateVersion7()}}", "survey": "{{survey}}", "submittedAt": "{{from.AddDays(n / 5).AddMinutes(n):O}}", "answers": { "recommend": {{(i == 0 ? (n % 3) + 6 : (n % 4) + 7)}}, "why": "It was quick." } }
                """.Trim());
            await app.Admin.SendAsync(HttpMethod.Post, "/responses/import", string.Join('\n', lines), "application/x-ndjson");
        }
    }

    /// <summary>Two pages, with everything that depends on an answer, and every kind of question that is no score.</summary>
    public const string Branching = """
        { "name": "Branching", "languages": ["en", "ar"], "matrices": [ { "key": "visit", "text": { "en": "How satisfied were you with …", "ar": "ما مدى رضاك عن…" } } ], "questions": [
            { "key": "hello", "kind": "statement", "text": { "en": "Hello {name|dear customer}, thank you for {product|your order}." }, "help": { "en": "It takes twenty seconds." } },
            { "key": "recommend", "kind": "nps", "journey": true, "required": true, "help": { "en": "0 is the lowest." } },
            { "key": "reason", "kind": "text", "text": { "en": "What is the main reason for your score?" }, "textBy": { "question": "recommend", "negative": { "en": "What went wrong?" }, "positive": { "en": "What did you like most?" } } },
            { "key": "call", "kind": "contact", "text": { "en": "May we call you about it?" }, "showIf": { "question": "recommend", "in": ["negative"] } },
            { "key": "clean", "kind": "csat", "text": { "en": "Cleanliness" }, "touchpoint": "checkout", "matrix": "visit", "newPage": true },
            { "key": "staff", "kind": "csat", "text": { "en": "The staff" }, "touchpoint": "support", "matrix": "visit" },
            { "key": "publish", "kind": "consent", "text": { "en": "You may publish my words without my name." } } ] }
        """;

    public static async Task<JsonObject> SendAsync(this HttpClient client, HttpMethod method, string path, string json, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, "/api/v1" + path) { Content = new StringContent(json, Encoding.UTF8, type) };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{method} {path} {(int)response.StatusCode}: {text}");
        return text.Length > 0 ? JsonNode.Parse(text)!.AsObject() : [];
    }

    public static async Task<JsonObject> ReadAsync(this HttpClient client, string path) =>
        JsonNode.Parse(await client.GetStringAsync("/api/v1" + path, TestContext.Current.CancellationToken))!.AsObject();

    public static Task MakeJourneyAsync(this HttpClient admin) => admin.SendAsync(HttpMethod.Put, "/journey", Journey);

    /// <summary>One whom we may ask, and one with attributes who gave no consent.</summary>
    public static Task ImportPeopleAsync(this HttpClient admin) => admin.SendAsync(HttpMethod.Post, "/people/import", """
        id,email,name,language,consent,country,plan
        1001,siti@larkfield.example,Siti Rahma,id,yes,ID,
        1002,somchai@larkfield.example,"Prasert, Somchai",th,no,TH,gold
        """, "text/csv");

    public static async Task PublishAsync(this HttpClient admin, string key, string definition)
    {
        await admin.SendAsync(HttpMethod.Put, $"/surveys/{key}", definition);
        await admin.SendAsync(HttpMethod.Post, $"/surveys/{key}/publish", "{}");
    }

    /// <summary>Answers to <see cref="Everything"/>, enough for every tile, the last 30 of them within the last month.</summary>
    public static Task ImportAnswersAsync(this HttpClient admin, string survey, DateTimeOffset now)
    {
        var lines = Enumerable.Range(0, 60).Select(i => $$"""
            { "id": "{{Guid.CreateVersion7()}}", "survey": "{{survey}}", "submittedAt": "{{now.AddDays(-60 + i):O}}", "segment": { "country": "{{(i % 2 == 0 ? "ID" : "TH")}}" }, "language": "{{(i % 2 == 0 ? "ar" : "en")}}", "customer": { "id": "C-{{i % 9}}" }, "answers": { "why": "{{(i % 2 == 0 ? "وصل الطلب متأخرًا" : "It came late.")}}", "recommend": {{i % 11}}, "words": {{(i % 5) + 1}}, "stars": {{(i % 2) + 4}}, "faces": {{(i % 3) + 1}}, "easy": {{(i % 7) + 1}} } }
            """.Trim());
        var few = Enumerable.Range(0, 3).Select(i => $$"""
            { "id": "{{Guid.CreateVersion7()}}", "survey": "{{survey}}", "submittedAt": "{{now.AddDays(-i):O}}", "segment": { "country": "MY" }, "answers": { "recommend": {{i}}, "words": {{i + 1}}, "why": "Nobody called before delivery." } }
            """.Trim());
        return admin.SendAsync(HttpMethod.Post, "/responses/import", string.Join('\n', lines.Concat(few)), "application/x-ndjson");
    }

    /// <summary>A customer who reads Thai, asked after a delivery. Their links end in their id: secrets that visits can know beforehand.</summary>
    public static async Task InviteAsync(this BrowserApp app, string survey, string guest)
    {
        var asked = await app.Admin.SendAsync(HttpMethod.Post, "/invitations", $$"""
            { "survey": "{{survey}}", "touchpoint": "delivery", "customer": { "id": "{{guest}}", "email": "{{guest}}@mail.example", "language": "th" } }
            """);
        var id = Guid.Parse((string)asked["id"]!);
        await app.WithDbAsync(db => db.Database.ExecuteSqlAsync($"update invitation set link_hash = sha256(convert_to({guest}, 'UTF8')), opt_out_hash = sha256(convert_to({guest}, 'UTF8')) where id = {id}"));
    }
}
