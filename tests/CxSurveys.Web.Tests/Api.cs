using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CxSurveys.Web.Tests;

/// <summary>Calls of the HTTP contract that tests share, and how its answers are read.</summary>
internal static class Api
{
    public const string Root = "/api/v1";

    public static HttpContent Json(string text, string type = "application/json") => new StringContent(text, Encoding.UTF8, type);

    public static Task<HttpResponseMessage> PutTextAsync(this HttpClient client, string path, string json) => client.PutAsync(Root + path, Json(json), TestContext.Current.CancellationToken);

    public static Task<HttpResponseMessage> PostTextAsync(this HttpClient client, string path, string json, string type = "application/json") =>
        client.PostAsync(Root + path, Json(json, type), TestContext.Current.CancellationToken);

    public static async Task<JsonObject> ReadAsync(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(Root + path, TestContext.Current.CancellationToken);
        return await response.ReadOkAsync();
    }

    public static async Task<JsonObject> ReadOkAsync(this HttpResponseMessage response)
    {
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>The <c>errors</c> of a 400 problem: path to messages.</summary>
    public static async Task<Dictionary<string, string[]>> ReadErrorsAsync(this HttpResponseMessage response)
    {
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);
        return problem!["errors"].Deserialize<Dictionary<string, string[]>>()!;
    }

    /// <summary>One stage with touchpoints checkout and delivery, another with support.</summary>
    public const string SmallJourney = """
        { "stages": [
            { "key": "purchase", "name": "Purchase", "keyQuestion": "Is buying easy?", "touchpoints": [
                { "key": "checkout", "name": "Checkout", "kind": "digital" },
                { "key": "delivery", "name": "Delivery", "kind": "physical", "weight": 3, "team": "Logistics" } ] },
            { "key": "retention", "name": "Retention", "touchpoints": [ { "key": "support", "name": "Support", "kind": "digital" } ] } ] }
        """;

    /// <summary>Every kind of question, at every kind of place.</summary>
    public const string SmallSurvey = """
        { "name": "After delivery", "languages": ["en", "th"], "questions": [
            { "key": "recommend", "kind": "nps", "text": { "en": "Would you recommend us?", "th": "คุณจะแนะนำเราไหม" }, "journey": true },
            { "key": "delivery", "kind": "csat", "text": { "en": "How was the delivery?" }, "touchpoint": "delivery" },
            { "key": "easy", "kind": "ces", "text": { "en": "We made it easy." }, "stage": "purchase" },
            { "key": "box", "kind": "rating", "text": { "en": "The box?" }, "scale": { "min": -2, "max": 2 } },
            { "key": "why", "kind": "text", "text": { "en": "Why?" }, "touchpoint": "delivery" },
            { "key": "how", "kind": "choice", "text": { "en": "How did you pay?" }, "options": [ { "key": "card", "text": { "en": "Card" } }, { "key": "cash", "text": { "en": "Cash" } } ] },
            { "key": "what", "kind": "multi", "text": { "en": "What was in it?" }, "options": [ { "key": "a", "text": { "en": "A" } }, { "key": "b", "text": { "en": "B" } } ] } ] }
        """;

    public static async Task PublishAsync(this HttpClient admin, string key, string definition, string publish = "{}")
    {
        await (await admin.PutTextAsync($"/surveys/{key}", definition)).ReadOkAsync();
        await (await admin.PostTextAsync($"/surveys/{key}/publish", publish)).ReadOkAsync();
    }

    /// <summary>The small journey and survey, published as <c>after-delivery</c>.</summary>
    public static async Task PublishSmallAsync(this HttpClient admin)
    {
        await (await admin.PutTextAsync("/journey", SmallJourney)).ReadOkAsync();
        await admin.PublishAsync("after-delivery", SmallSurvey);
    }
}
