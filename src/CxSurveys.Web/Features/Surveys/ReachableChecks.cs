using System.Globalization;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>
/// Finds questions that no response can be shown. Each rule is written as alternatives, each of which says for what it looks at which
/// values are left; an alternative without values left is dropped, and a question without alternatives is out of reach.
/// </summary>
internal sealed class ReachableChecks(SurveyDefinition definition, IReadOnlyDictionary<string, Question> byKey)
{
    /// <summary>Rules with more alternatives are taken to hold for somebody.</summary>
    const int Most = 512;

    readonly Dictionary<string, List<Alternative>?> known = new(StringComparer.Ordinal);

    /// <summary>Values that are left, by what is looked at.</summary>
    sealed class Alternative : Dictionary<string, HashSet<string>>
    {
        public Alternative? And(Alternative other)
        {
            var both = new Alternative();
            foreach (var (name, values) in this) both[name] = values;
            foreach (var (name, values) in other)
            {
                both[name] = TryGetValue(name, out var mine) ? [.. mine.Intersect(values)] : values;
                if (both[name].Count == 0) return null;
            }
            return both;
        }
    }

    public static void Check(SurveyDefinition definition, IReadOnlyList<Question> questions, Errors errors)
    {
        var checks = new ReachableChecks(definition, questions.ToDictionary(q => q.Key, StringComparer.Ordinal));
        foreach (var question in questions)
            if (checks.Of(question.Key) is { Count: 0 })
                errors.Add($"questions[{question.Position}].showIf", "Nobody can be shown this question: its rules, with those of the questions they look at, never hold together.");
    }

    /// <summary>Null = too many to tell.</summary>
    List<Alternative>? Of(string key)
    {
        if (known.TryGetValue(key, out var found)) return found;
        var condition = definition.Questions[byKey[key].Position].ShowIf;
        return known[key] = condition is null ? [[]] : Of(condition);
    }

    List<Alternative>? Of(Condition condition) => condition switch
    {
        { Question: { } key } => Both(Of(key), [Left(byKey[key], condition)]),
        { Segment: { } name } => [new() { ["segment." + name] = [.. condition.In!.Select(Condition.Token)] }],
        { Language: { } languages } => [new() { ["language"] = [.. languages.Select(LanguageTag.Primary)] }],
        { Channel: { } channels } => [new() { ["channel"] = [.. channels] }],
        { All: { } all } => all.Aggregate((List<Alternative>?)[[]], (sofar, part) => Both(sofar, Of(part))),
        { Any: { } any } => any.Aggregate((List<Alternative>?)[], (sofar, part) => Either(sofar, Of(part))),
        _ => [[]],
    };

    // Several options can be chosen together: they never rule each other out.
    static Alternative Left(Question question, Condition condition)
    {
        var tokens = condition.In!.Select(Condition.Token);
        if (question.Kind == QuestionKind.Multi) return new() { [$"answers.{question.Key}.{string.Join('.', tokens)}"] = ["any"] };
        return new() { ["answers." + question.Key] = question.MetricKey is null ? [.. tokens] : [.. tokens.SelectMany(token => Values(question, token))] };
    }

    static IEnumerable<string> Values(Question question, string token) => int.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
        ? [token]
        : ScoreGroups.Values(question, token).Select(value => value.ToString(CultureInfo.InvariantCulture));

    static List<Alternative>? Both(List<Alternative>? a, List<Alternative>? b)
    {
        if (a is { Count: 0 } || b is { Count: 0 }) return [];
        if (a is null || b is null || a.Count * b.Count > Most) return null;
        return [.. from one in a from other in b let both = one.And(other) where both is not null select both];
    }

    static List<Alternative>? Either(List<Alternative>? a, List<Alternative>? b) => a is null || b is null || a.Count + b.Count > Most ? null : [.. a, .. b];
}
