namespace CxSurveys.Web.Features.Surveys;

/// <summary>What conditions ask of a response besides its answers.</summary>
public sealed record Circumstances(IReadOnlyDictionary<string, string> Segment, string? Language, string? Channel);

/// <summary>
/// Which questions a response was shown. An answer is a set of tokens: a value of a scale and the part of the scale it is in,
/// option keys, true or false.
/// </summary>
public sealed class Branching(PublishedVersion version, Circumstances circumstances)
{
    static readonly HashSet<string> None = [];

    /// <summary>By position. An answer to a question that is not shown is none, for the rules behind it.</summary>
    /// <param name="tokens">Of the answer to a question; empty = not answered.</param>
    public bool[] Shown(Func<Question, IReadOnlySet<string>> tokens) => [.. Known(tokens).Select(shown => shown == true)];

    /// <summary>The same while some answers are still to come: null = it depends on them.</summary>
    /// <param name="tokens">Of the answer to a question; null = not known yet.</param>
    public bool?[] Known(Func<Question, IReadOnlySet<string>?> tokens)
    {
        var shown = new bool?[version.Questions.Count];
        foreach (var question in version.Questions)
        {
            var condition = version.Definition.Questions[question.Position].ShowIf;
            shown[question.Position] = condition is null ? true : Holds(condition, key => Of(version.ByKey.GetValueOrDefault(key), shown, tokens));
        }
        return shown;
    }

    static IReadOnlySet<string>? Of(Question? question, bool?[] shown, Func<Question, IReadOnlySet<string>?> tokens) =>
        question is null || shown[question.Position] == false ? None : shown[question.Position] is null ? null : tokens(question);

    /// <param name="condition">The rule.</param>
    /// <param name="tokens">Of the answer to a question by its key; null = not known yet.</param>
    public bool? Holds(Condition condition, Func<string, IReadOnlySet<string>?> tokens) => condition switch
    {
        { Question: { } key } => tokens(key) is { } given ? condition.In!.Any(value => given.Contains(Condition.Token(value))) : null,
        { Segment: { } name } => circumstances.Segment.TryGetValue(name, out string? value) && condition.In!.Any(wanted => Condition.Token(wanted) == value),
        { Language: { } languages } => circumstances.Language is { } language && Platform.LanguageTag.Widening(language).Any(tag => languages.Contains(tag, StringComparer.OrdinalIgnoreCase)),
        { Channel: { } channels } => circumstances.Channel is { } channel && channels.Contains(channel, StringComparer.Ordinal),
        { All: { } all } => Every(all, tokens, false),
        { Any: { } any } => Every(any, tokens, true),
        _ => true,
    };

    // Decided by the first part that is the deciding value; not known as long as one that is not known could be it.
    bool? Every(IReadOnlyList<Condition> parts, Func<string, IReadOnlySet<string>?> tokens, bool deciding)
    {
        bool? result = !deciding;
        foreach (var part in parts)
        {
            bool? holds = Holds(part, tokens);
            if (holds == deciding) return deciding;
            if (holds is null) result = null;
        }
        return result;
    }
}

/// <summary>The parts of a scale, by which a rule or a wording can tell scores apart.</summary>
public static class ScoreGroups
{
    public const string Negative = "negative", Neutral = "neutral", Positive = "positive";

    /// <summary>True when the scale has parts at all.</summary>
    public static bool Has(Question question) => question is { Positive.Length: > 0 } or { Negative.Length: > 0 };

    /// <summary>The part a value is in; null where the scale has none.</summary>
    public static string? Of(Question question, int value) => !Has(question) ? null
        : question.Positive?.Contains(value) == true ? Positive
        : question.Negative?.Contains(value) == true ? Negative : Neutral;

    /// <summary>The values of a part.</summary>
    public static IEnumerable<int> Values(Question question, string group) =>
        Enumerable.Range(question.Min!.Value, question.Max!.Value - question.Min.Value + 1).Where(value => Of(question, value) == group);
}
