using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CxSurveys.Web.Tests.Surveys;

/// <summary>What tests read from pages and definitions.</summary>
internal static partial class Shape
{
    static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Questions without what is null or false.</summary>
    public static string Of(JsonNode questions)
    {
        foreach (var node in questions.AsArray().Concat(questions.AsArray().Select(q => q!["scale"])).Concat(questions.AsArray().Select(q => q!["labels"])))
        {
            if (node is not JsonObject members) continue;
            foreach (string name in members.Where(m => m.Value is null || m.Value.ToJsonString() == "false").Select(m => m.Key).ToList()) members.Remove(name);
        }
        return questions.ToJsonString(Readable);
    }

    public static string Stamp(string html) => StampField().Match(html).Groups[1].Value;

    /// <summary>What the button of a conflict sends.</summary>
    public static string Overwrite(string html) => OverwriteButton().Match(html).Groups[1].Value;

    [GeneratedRegex("name=\"stamp\" value=\"([^\"]+)\"")]
    private static partial Regex StampField();

    [GeneratedRegex("value=\"(overwrite:[^\"]+)\"")]
    private static partial Regex OverwriteButton();
}
