namespace CxSurveys.Benchmarks.Intake;

/// <summary>Responses of two answers, to 20 touchpoints and from 90 combinations of attributes, or all of them to and from the same.</summary>
internal static class TwoAnswers
{
    public const string Survey = "visit";
    const int Stages = 5, TouchpointsAStage = 4;

    static readonly string[] Countries = ["ID", "TH", "MY", "AE", "SG", "VN"], Plans = ["basic", "plus", "business"], Languages = ["id", "th", "ms", "ar", "en"];

    const string Definition = """
        { "name": "Visit", "languages": ["en"], "questions": [
            { "key": "recommend", "kind": "nps", "text": { "en": "Would you recommend us?" } },
            { "key": "satisfied", "kind": "csat", "text": { "en": "How satisfied are you?" } } ] }
        """;

    public static async Task PublishAsync(HttpClient admin, CancellationToken ct)
    {
        var stages = Enumerable.Range(0, Stages).Select(s => $$"""{ "key": "stage-{{s}}", "name": "Stage {{s}}", "touchpoints": [ {{string.Join(", ", Enumerable.Range(0, TouchpointsAStage)
            .Select(t => $$"""{ "key": "t{{(s * TouchpointsAStage) + t}}", "name": "Touchpoint {{(s * TouchpointsAStage) + t}}", "kind": "digital" }"""))}} ] }""");
        await SmallSurvey.SendAsync(admin, HttpMethod.Put, "journey", $$"""{ "stages": [ {{string.Join(", ", stages)}} ] }""", ct);
        await SmallSurvey.SendAsync(admin, HttpMethod.Put, $"surveys/{Survey}", Definition, ct);
        await SmallSurvey.SendAsync(admin, HttpMethod.Post, $"surveys/{Survey}/publish", "{}", ct);
    }

    public static string Spread() => Json(Random.Shared.Next(Stages * TouchpointsAStage), Pick(Countries), Pick(Plans), Pick(Languages));

    /// <summary>All at one touchpoint, from one segment, on one day.</summary>
    public static string Hot() => Json(0, Countries[0], Plans[0], Languages[0]);

    static string Json(int touchpoint, string country, string plan, string language) =>
        $$$"""{"id":"{{{Guid.CreateVersion7()}}}","survey":"{{{Survey}}}","touchpoint":"t{{{touchpoint}}}","language":"{{{language}}}","channel":"web","segment":{"country":"{{{country}}}","plan":"{{{plan}}}"},"answers":{"recommend":{{{Random.Shared.Next(11)}}},"satisfied":{{{Random.Shared.Next(1, 6)}}}}}""";

    static string Pick(string[] among) => among[Random.Shared.Next(among.Length)];
}
