using System.Text;

namespace CxSurveys.Benchmarks;

/// <summary>The journey and survey that all answers here belong to.</summary>
internal static class SmallSurvey
{
    public const string Key = "stay";

    const string Journey = """
        { "stages": [ { "key": "stay", "name": "Stay", "touchpoints": [ { "key": "room", "name": "Room", "kind": "physical" }, { "key": "desk", "name": "Front desk", "kind": "physical" } ] } ] }
        """;

    const string Definition = """
        { "name": "Stay", "languages": ["en"], "questions": [
            { "key": "recommend", "kind": "nps", "text": { "en": "Would you recommend us?" }, "journey": true },
            { "key": "room", "kind": "csat", "text": { "en": "How was the room?" }, "touchpoint": "room" },
            { "key": "why", "kind": "text", "text": { "en": "Why?" }, "touchpoint": "room" } ] }
        """;

    public static async Task PublishAsync(HttpClient admin, CancellationToken ct)
    {
        await SendAsync(admin, HttpMethod.Put, "journey", Journey, ct);
        await SendAsync(admin, HttpMethod.Put, $"surveys/{Key}", Definition, ct);
        await SendAsync(admin, HttpMethod.Post, $"surveys/{Key}/publish", "{}", ct);
    }

    public static async Task SendAsync(HttpClient admin, HttpMethod method, string path, string json, CancellationToken ct, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = new StringContent(json, Encoding.UTF8, type) };
        using var answer = await admin.SendAsync(request, ct);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{method} {path} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(ct)}");
    }
}
