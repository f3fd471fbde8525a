using CxSurveys.Scoring;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>What happened to one question between two definitions of a survey.</summary>
public sealed record QuestionChange
{
    public required string Key { get; init; }

    /// <summary>As it was; null when it is new.</summary>
    public QuestionDefinition? Before { get; init; }

    /// <summary>As it is; null when it was left out.</summary>
    public QuestionDefinition? After { get; init; }

    /// <summary>From 0; of the later definition, where the question is still in it.</summary>
    public required int Position { get; init; }

    /// <summary>Kind, scale, direction or a set: answers before and after are answers of different measures.</summary>
    public bool Measure { get; init; }

    /// <summary>Where it is asked.</summary>
    public bool Place { get; init; }

    /// <summary>Languages in which the question is worded otherwise than before; those it had no words in do not count.</summary>
    public IReadOnlyList<string> Reworded { get; init; } = [];

    /// <summary>Languages in which it got its first words.</summary>
    public IReadOnlyList<string> Translated { get; init; } = [];

    public IReadOnlyList<string> OptionsGone { get; init; } = [];

    /// <summary>End labels, options, help, presentation, when and on which page it is asked, or whether it must be answered.</summary>
    public bool Other { get; init; }

    public bool IsNew => Before is null;
    public bool IsGone => After is null;
    public bool Any => IsNew || IsGone || Measure || Place || Reworded.Count > 0 || Translated.Count > 0 || Other;
}

/// <summary>What publishing a definition changes against an earlier one.</summary>
public sealed record DefinitionChanges(bool Name, bool Languages, bool Order, bool Matrices, IReadOnlyList<QuestionChange> Questions)
{
    public bool Any => Name || Languages || Order || Matrices || Questions.Count > 0;

    public static DefinitionChanges Between(SurveyDefinition before, SurveyDefinition after)
    {
        var earlier = before.Questions.ToDictionary(q => q.Key, StringComparer.Ordinal);
        var later = after.Questions.Select(q => q.Key).ToHashSet(StringComparer.Ordinal);
        var questions = after.Questions.Select((q, i) => Of(earlier.GetValueOrDefault(q.Key), q, i))
            .Concat(before.Questions.Select((q, i) => (Question: q, Position: i)).Where(q => !later.Contains(q.Question.Key))
                .Select(q => new QuestionChange { Key = q.Question.Key, Before = q.Question, Position = q.Position }));
        return new DefinitionChanges(
            before.Name != after.Name,
            !before.Languages.SequenceEqual(after.Languages),
            !before.Questions.Select(q => q.Key).Where(later.Contains).SequenceEqual(after.Questions.Select(q => q.Key).Where(earlier.ContainsKey)),
            DefinitionJson.WriteMatrices(before) != DefinitionJson.WriteMatrices(after),
            [.. questions.Where(q => q.Any)]);
    }

    static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    static QuestionChange Of(QuestionDefinition? before, QuestionDefinition after, int position)
    {
        var change = new QuestionChange { Key = after.Key, Before = before, After = after, Position = position };
        if (before is null) return change;
        // Where the standard wording stays, translations of it come and go beside it.
        bool standard = StandardWording.IsAsked(before) && StandardWording.IsAsked(after);
        var (was, now) = standard ? (before.Text ?? Nothing, after.Text ?? Nothing) : (before.Text, after.Text);
        return change with
        {
            Measure = before.Kind != after.Kind || KeyOf(before) != KeyOf(after),
            Place = (before.Touchpoint, before.Stage, before.Journey) != (after.Touchpoint, after.Stage, after.Journey),
            Reworded = [.. Written(was, now).Where(l => Reads(was, l) is { } text && text != Reads(now, l))],
            Translated = [.. Written(was, now).Where(l => was is not null && !was.ContainsKey(l) && Reads(now, l) is not null)],
            OptionsGone = [.. (before.Options ?? []).Select(o => o.Key).Except((after.Options ?? []).Select(o => o.Key))],
            Other = DefinitionJson.WriteParts(before) != DefinitionJson.WriteParts(after),
        };
    }

    // Without words of its own a question has the standard ones: to write them is to word it anew.
    static string? Reads(IReadOnlyDictionary<string, string>? text, string language) => text is null ? "" : text.GetValueOrDefault(language);

    static IEnumerable<string> Written(IReadOnlyDictionary<string, string>? before, IReadOnlyDictionary<string, string>? after) =>
        (before?.Keys ?? []).Union(after?.Keys ?? []);

    static string? KeyOf(QuestionDefinition question)
    {
        try
        {
            return question.ToMetric()?.Key;
        }
        catch (MetricDefinitionException e)
        {
            return e.Message;
        }
    }
}
