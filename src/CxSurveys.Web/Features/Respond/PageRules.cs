using System.Globalization;
using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Respond;

/// <summary>
/// The rules between questions of one page as CSS, so that a follow-up appears with the answer it follows, without a script. A browser
/// that does not know <c>:has()</c> shows all of them; what is hidden is decided when the form is sent.
/// </summary>
internal sealed class PageRules(FormPage page)
{
    readonly bool?[] shown = page.Shown;

    /// <summary>The id of what a rule shows and hides.</summary>
    public static string BlockId(string key) => "w-" + key;

    public static string WordingId(string key, string group) => $"v-{key}-{group}";

    /// <summary>One rule a line; empty where nothing on the page depends on anything else on it.</summary>
    public IEnumerable<string> Css()
    {
        foreach (var question in page.Questions)
        {
            if (shown[question.Position] is null) yield return $"form:not({Of(question)}) #{BlockId(question.Key)}{{display:none}}";
            if (Score(question) is not { } score) continue;
            foreach (string group in Groups(question))
                yield return $"form{Checked(score, ScoreGroups.Values(score, group).Select(Value))} #{WordingId(question.Key, group)}{{display:inline}}";
            yield return $"form{Checked(score, Groups(question).SelectMany(group => ScoreGroups.Values(score, group)).Select(Value))} #{WordingId(question.Key, "else")}{{display:none}}";
        }
        foreach (var question in page.Questions.Where(q => q.Kind == QuestionKind.Contact))
            yield return $"form:not({Checked(question, ["yes"])}) #{WordingId(question.Key, "reach")}{{display:none}}";
    }

    /// <summary>The score on this page that a question is worded by; null where there is none, or it is known already.</summary>
    public Question? Score(Question question) =>
        page.Version.Definition.Questions[question.Position].TextBy is { } by && page.Version.ByKey.TryGetValue(by.Question, out var score)
        && score.Min is not null && page.Tokens(score) is null ? score : null;

    /// <summary>The parts of the scale that a question has words for.</summary>
    public IEnumerable<string> Groups(Question question) => new[] { ScoreGroups.Negative, ScoreGroups.Neutral, ScoreGroups.Positive }
        .Where(group => QuestionWording.ByGroup(page.Version.Definition.Questions[question.Position].TextBy, group) is not null);

    string Of(Question question) => Of(page.Version.Definition.Questions[question.Position].ShowIf!) ?? "*";

    /// <summary>Selects a form in which the condition holds; null where it holds anyway.</summary>
    string? Of(Condition condition)
    {
        if (page.Branching.Holds(condition, Tokens) is { } known) return known ? null : ":not(*)";
        if (condition.Question is { } key) return OfAnswer(page.Version.ByKey[key], condition);
        if (condition.All is { } all) return string.Concat(all.Select(Of));
        var any = condition.Any!.Select(Of).ToList();
        return any.Contains(null) ? null : $":is({string.Join(',', any)})";
    }

    // What a hidden field still holds counts for nothing: the question must itself be shown.
    string OfAnswer(Question question, Condition condition)
    {
        var wanted = condition.In!.Select(Condition.Token).ToHashSet(StringComparer.Ordinal);
        return (shown[question.Position] is null ? Of(question) : "") + Checked(question, Fields(question).Where(field => field.Tokens.Overlaps(wanted)).Select(field => field.Value));
    }

    IReadOnlySet<string>? Tokens(string key) => page.Version.ByKey.TryGetValue(key, out var question) && shown[question.Position] != false ? page.Tokens(question) : new HashSet<string>();

    /// <summary>The values of a question's fields, and what each means to a rule. Nothing else of a rule gets into the page.</summary>
    IEnumerable<(string Value, HashSet<string> Tokens)> Fields(Question question) => question switch
    {
        { Min: { } min, Max: { } max } => Enumerable.Range(min, max - min + 1).Select(value => (Value(value), new HashSet<string> { Value(value), ScoreGroups.Of(question, value) ?? "" })),
        { Kind: QuestionKind.Consent } => [("yes", ["true"])],
        { Kind: QuestionKind.Contact } => [("yes", ["true"]), ("no", ["false"])],
        _ => (page.Version.Definition.Questions[question.Position].Options ?? []).Select(option => (option.Key, new HashSet<string> { option.Key })),
    };

    static string Checked(Question question, IEnumerable<string> values) => values.ToList() is { Count: > 0 } any
        ? $":has({string.Join(',', any.Select(value => $"[name={Escaped(question.Key)}][value={Escaped(value)}]:checked"))})"
        : ":not(*)";

    // As CSS writes an identifier: without quotes, which would have to be encoded on the page.
    static string Escaped(string text) => string.Concat(text.Select(c => c is >= 'a' and <= 'z' ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\{(int)c:x} ")));

    static string Value(int value) => value.ToString(CultureInfo.InvariantCulture);
}
