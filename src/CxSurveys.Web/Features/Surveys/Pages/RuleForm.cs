using System.Globalization;
using System.Text.Json;

namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>One rule of when a question is asked, as its selects hold it.</summary>
/// <param name="About">The key of an earlier question behind <see cref="OfQuestion"/>; <see cref="Language"/>, <see cref="Channel"/> or <see cref="Segment"/>; empty = not chosen yet.</param>
/// <param name="Values">What was ticked.</param>
/// <param name="SegmentName">The name of the attribute.</param>
/// <param name="Typed">Values in one field, with commas.</param>
public sealed record RuleForm(string About, IReadOnlyList<string> Values, string SegmentName, string Typed)
{
    public const string OfQuestion = "question:", Language = "language", Channel = "channel", Segment = "segment";

    public string? Question => About.StartsWith(OfQuestion, StringComparison.Ordinal) ? About[OfQuestion.Length..] : null;

    IEnumerable<string> All => Values.Concat(Typed.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct(StringComparer.Ordinal);

    /// <summary>Null for one that the selects cannot show.</summary>
    public static RuleForm? Of(Condition condition) => condition switch
    {
        { Question: { } key, In: { } values } => new(OfQuestion + key, [.. values.Select(Condition.Token)], "", ""),
        { Segment: { } name, In: { } values } => new(Segment, [], name, string.Join(", ", values.Select(Condition.Token))),
        { Language: { } languages } => new(Language, languages, "", ""),
        { Channel: { } channels } => new(Channel, channels, "", ""),
        _ => null,
    };

    /// <param name="kind">Of the question the rule looks at; null where it looks at none, or at one that is not there.</param>
    public Condition ToCondition(QuestionKind? kind) => About switch
    {
        Language => new Condition { Language = [.. All] },
        Channel => new Condition { Channel = [.. All] },
        Segment => new Condition { Segment = SegmentName.Trim(), In = [.. All.Select(value => JsonSerializer.SerializeToElement(value))] },
        _ => new Condition { Question = Question ?? "", In = [.. All.Select(value => Value(value, kind))] },
    };

    // Scores are numbers in a rule, a tick is true or false, an option that is called "1" is a text.
    static JsonElement Value(string value, QuestionKind? kind) =>
        kind is QuestionKind.Consent or QuestionKind.Contact && bool.TryParse(value, out bool ticked) ? JsonSerializer.SerializeToElement(ticked)
        : kind is not (QuestionKind.Choice or QuestionKind.Multi) && int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int score) ? JsonSerializer.SerializeToElement(score)
        : JsonSerializer.SerializeToElement(value);
}

/// <summary>When a question is asked, as far as plain selects can say it: some rules, all or any of which must hold.</summary>
public sealed record ShowIfForm(bool Any, IReadOnlyList<RuleForm> Rules)
{
    public static readonly ShowIfForm Always = new(false, []);

    /// <summary>Null for what was written over the API and is more than that: it is shown and kept.</summary>
    public static ShowIfForm? Of(Condition? condition)
    {
        if (condition is null) return Always;
        var parts = condition.All ?? condition.Any ?? [condition];
        var rules = parts.Select(RuleForm.Of).ToList();
        return rules.Contains(null) ? null : new ShowIfForm(condition.Any is not null, [.. rules.OfType<RuleForm>()]);
    }

    /// <param name="kindOf">The kind of the question of this key; null where there is none.</param>
    public Condition? ToCondition(Func<string, QuestionKind?> kindOf)
    {
        Condition[] parts = [.. Rules.Where(r => r.About.Length > 0).Select(r => r.ToCondition(r.Question is { } key ? kindOf(key) : null))];
        return parts switch
        {
            [] => null,
            [var only] => only,
            _ => Any ? new Condition { Any = parts } : new Condition { All = parts },
        };
    }
}
