using System.Text.Json;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>A rule in words, for whoever has to know why a question was not asked.</summary>
internal static class ConditionWords
{
    public static string Of(Condition condition) => condition switch
    {
        { Question: { } key } => $"the answer to '{key}' is {Or(condition.In!.Select(Shown))}",
        { Segment: { } name } => $"segment {name} is {Or(condition.In!.Select(Shown))}",
        { Language: { } languages } => $"the language is {Or(languages)}",
        { Channel: { } channels } => $"the channel is {Or(channels)}",
        { All: { } all } => string.Join(" and ", all.Select(Part)),
        { Any: { } any } => string.Join(" or ", any.Select(Part)),
        _ => "always",
    };

    static string Part(Condition condition) => condition is { All: not null } or { Any: not null } ? $"({Of(condition)})" : Of(condition);

    static string Shown(JsonElement value) => Condition.Token(value);

    static string Or(IEnumerable<string> values) => string.Join(", ", values) is var listed && listed.LastIndexOf(", ", StringComparison.Ordinal) is >= 0 and var at
        ? listed[..at] + " or " + listed[(at + 2)..]
        : listed;
}
