using System.Globalization;
using System.Text.RegularExpressions;
using CxSurveys.Scoring;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>The editor as it is drawn: the fields, what is wrong with them, and what is known about each question.</summary>
public sealed record DraftEditor(DraftGround Ground, DraftForm Form)
{
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();

    /// <summary>True when the fields hold what is not stored.</summary>
    public bool Unsaved { get; init; }

    /// <summary>True when another draft was stored since this one was opened.</summary>
    public bool Conflict { get; init; }

    /// <summary>How what is stored differs from what is typed, where that can be said.</summary>
    public DefinitionChanges? Theirs { get; init; }

    /// <summary>Who was faster, when, and with what.</summary>
    public string ConflictText
    {
        get
        {
            var theirs = Ground.Stored.Survey;
            string who = theirs.DraftSavedAt is { } at ? $"{theirs.DraftSavedBy ?? "Somebody else"} saved this survey on {Ground.Days.Moment(at)} while you were editing." : "Somebody else saved this survey while you were editing.";
            return Theirs is { Any: true } ? $"{who} Against yours, theirs differs in: {string.Join("; ", ChangeWords.Brief(Theirs))}." : who;
        }
    }

    /// <summary>What the question is called that was deleted last; null when none was.</summary>
    public string? Removed => RemovedQuestion.Read(Form.Removed) is { } removed ? new EditedQuestion(this, removed.Question, removed.Index).Headline : null;

    public IEnumerable<EditedQuestion> Questions => Form.Questions.Select((question, index) => new EditedQuestion(this, question, index));

    public string? Problem(string path) => Errors.TryGetValue(path, out var messages) ? string.Join(" ", messages) : null;

    /// <summary>For <c>aria-invalid</c>.</summary>
    public string? Wrong(string path) => Errors.ContainsKey(path) ? "true" : null;

    /// <summary>For <c>aria-describedby</c>: the message, if there is one, and the hint.</summary>
    public string? About(string path, string? hint = null) =>
        string.Join(' ', new[] { Errors.ContainsKey(path) ? FieldId.Of(path) + "-problem" : null, hint }.OfType<string>()) is { Length: > 0 } ids ? ids : null;

    /// <summary>Every place a question can be asked at, with the one it has, which may be there no more.</summary>
    public IEnumerable<(string? Group, IEnumerable<(string Value, string Text)> Places)> Places(string chosen)
    {
        var touchpoints = Ground.Journey.Touchpoints.Values.Where(t => !t.Retired).ToLookup(t => t.StageId);
        yield return (null, [("", "Wherever the answer says"), (PlaceText.Journey, "The whole journey")]);
        foreach (var stage in Ground.Journey.Stages.Values.Where(s => !s.Retired).OrderBy(s => s.Position))
        {
            yield return (stage.Name, touchpoints[stage.Id].OrderBy(t => t.Position).Select(t => (PlaceText.Touchpoint + t.Key, t.Name))
                .Prepend((PlaceText.Stage + stage.Key, $"{stage.Name}, the stage as a whole")));
        }
        if (IsGone(chosen)) yield return ("No longer in the journey", [(chosen, chosen[(chosen.IndexOf(':', StringComparison.Ordinal) + 1)..])]);
    }

    bool IsGone(string place)
    {
        if (place.Length == 0 || place == PlaceText.Journey) return false;
        return place.StartsWith(PlaceText.Stage, StringComparison.Ordinal)
            ? !(Ground.Journey.Stages.TryGetValue(place[PlaceText.Stage.Length..], out var stage) && !stage.Retired)
            : !(place.StartsWith(PlaceText.Touchpoint, StringComparison.Ordinal) && Ground.Journey.Touchpoints.TryGetValue(place[PlaceText.Touchpoint.Length..], out var touchpoint) && !touchpoint.Retired);
    }
}

/// <summary>One question of the editor.</summary>
public sealed record EditedQuestion(DraftEditor Editor, QuestionForm Form, int Index)
{
    const int MostOpen = 12;

    public string Path => $"questions[{Index}]";
    public string Anchor => AnchorOf(Index);
    public int Number => Index + 1;
    public bool Locked => Editor.Ground.IsLocked(Form.Was);
    public long Answers => Editor.Ground.Answers.GetValueOrDefault(Form.Was);
    public QuestionDefinition? Stored => Editor.Ground.StoredQuestion(Form.Was);

    /// <summary>The measure as far as what is typed makes one: says what a field left empty means.</summary>
    public MetricDefinition? Metric
    {
        get
        {
            var ignored = new Errors();
            try
            {
                return Form.Kind.Metric() is not { } kind ? null : MetricDefinition.Create(
                    kind,
                    Wire.Number(Form.Min, "", ignored),
                    Wire.Number(Form.Max, "", ignored),
                    Wire.Parse<ScaleDirection>(Form.Direction) switch { ScaleDirection.Higher => Direction.Higher, ScaleDirection.Lower => Direction.Lower, _ => null });
            }
            catch (MetricDefinitionException)
            {
                // Half typed.
                return null;
            }
        }
    }

    /// <summary>Kind, and what is special about it, in a few words.</summary>
    public string Caption
    {
        get
        {
            string kind = Metric is { } metric ? $"{SurveyWords.Of(Form.Kind)} · {SurveyWords.Scale(metric)}" : SurveyWords.Of(Form.Kind);
            string when = Form.ShowIf is { Rules.Count: 0 } ? "" : " · only if";
            return $"{kind}{(Form.Matrix.Length > 0 ? " · in a table" : "")}{when}{(Form.TextBy.Length > 0 ? " · worded by score" : "")}";
        }
    }

    public string Headline => Editor.Form.Languages is [{ } first, ..] && Form.Text.GetValueOrDefault(first) is { } text && !string.IsNullOrWhiteSpace(text)
        ? text
        : HasStandardWording ? $"{SurveyWords.Of(Form.Kind)}, standard wording" : "No words yet";

    public bool HasStandardWording => Form.Kind is QuestionKind.Nps or QuestionKind.Csat or QuestionKind.Ces;

    /// <summary>True when customers read the standard wording: in languages that ship nothing is written.</summary>
    bool IsStandard => HasStandardWording && Form.Text.All(text => string.IsNullOrWhiteSpace(text.Value) || StandardWording.Find(text.Key) is null);

    public IEnumerable<EditedQuestion> Earlier => Editor.Questions.Take(Index).Where(q => q.Form.Key.Length > 0);

    /// <summary>True when its scores are low, middle or high.</summary>
    public bool HasGroups => Metric is { } metric && metric.Positive.Count + metric.Negative.Count > 0;

    public bool TakesWordsByScore => Form.Kind is QuestionKind.Text or QuestionKind.Choice or QuestionKind.Multi && (Form.TextBy.Length > 0 || Earlier.Any(q => q.HasGroups));

    /// <summary>True of the first question of a table: what it shows holds for all rows.</summary>
    public bool OpensTable => Form.Matrix.Length > 0 && ReferenceEquals(Editor.Form.Questions.First(q => q.Matrix == Form.Matrix), Form);

    public bool FollowsInTable => Form.Matrix.Length > 0 && !OpensTable;

    /// <summary>The parts of a scale, each with what it is called.</summary>
    public IReadOnlyList<(string Group, string Called)> Groups => Form.Kind == QuestionKind.Nps
        ? [(ScoreGroups.Negative, "Detractors, 6 or less"), (ScoreGroups.Neutral, "Passives, 7 and 8"), (ScoreGroups.Positive, "Promoters, 9 and 10")]
        : [(ScoreGroups.Negative, $"Negative answers{Values(Metric?.Negative)}"), (ScoreGroups.Neutral, "Those between"), (ScoreGroups.Positive, $"Positive answers{Values(Metric?.Positive)}")];

    static string Values(IReadOnlyList<int>? values) => values is { Count: > 0 } ? $": {SurveyWords.Set(values)}" : "";

    public IEnumerable<(string Group, string Called, IReadOnlyDictionary<string, string> Texts)> WordsByScore
    {
        get
        {
            var groups = Earlier.FirstOrDefault(q => q.Form.Key == Form.TextBy)?.Groups ?? [(ScoreGroups.Negative, "Low scores"), (ScoreGroups.Neutral, "Middle scores"), (ScoreGroups.Positive, "High scores")];
            return groups.Zip([Form.TextNegative, Form.TextNeutral, Form.TextPositive], (group, texts) => (group.Group, group.Called, texts));
        }
    }

    /// <summary>What can be ticked in a rule.</summary>
    public IReadOnlyList<(string Value, string Text)> ChoicesOf(RuleForm rule, EditedQuestion? source) => source switch
    {
        null => rule.About == RuleForm.Language ? [.. Editor.Form.Languages.Select(tag => (tag, SurveyWords.Language(tag)))] : [],
        { HasGroups: true } => source.Groups,
        { Form.HasOptions: true } => [.. source.Form.Options.Where(o => o.Key.Length > 0).Select(o => (o.Key, Editor.Form.Languages is [{ } first, ..] && o.Text.GetValueOrDefault(first) is { Length: > 0 } text ? text : o.Key))],
        { Form.Kind: QuestionKind.Consent } => [("true", "Ticked")],
        { Form.Kind: QuestionKind.Contact } => [("true", "Yes, you may contact me"), ("false", "No")],
        _ => [],
    };

    /// <summary>What stands in the field of typed values: those that cannot be ticked.</summary>
    public string TypedOf(RuleForm rule, EditedQuestion? source)
    {
        var ticks = ChoicesOf(rule, source).Select(choice => choice.Value).ToHashSet(StringComparer.Ordinal);
        return string.Join(", ", rule.Values.Where(value => !ticks.Contains(value)).Append(rule.Typed).Where(value => value.Length > 0));
    }

    /// <summary>A rule that selects cannot show, in words.</summary>
    public string ConditionText => Stored?.ShowIf is { } condition ? ConditionWords.Of(condition) : "";

    /// <summary>What customers read where the field of a language stays empty.</summary>
    public string? FallbackOf(string language)
    {
        if (IsStandard) return StandardWording.Find(language) is null ? "The standard wording in English, until this is filled in" : "The standard wording";
        if (Form.Text.Values.All(string.IsNullOrWhiteSpace)) return null;
        string first = Editor.Form.Languages[0];
        return language == first ? null : $"{SurveyWords.Language(first)} is shown until this is filled in";
    }

    public bool HasErrors => Editor.Errors.Keys.Any(path => path.StartsWith(Path + ".", StringComparison.Ordinal));

    /// <summary>In a long survey only questions that need a look stand open.</summary>
    public bool Open => Editor.Form.Questions.Count <= MostOpen || HasErrors || Form.Was.Length == 0;

    public static string AnchorOf(int index) => string.Create(CultureInfo.InvariantCulture, $"q{index + 1}");

    /// <summary>What the published version says in the language, beside what is typed here.</summary>
    public (string Text, string Tint)? TagOf(string language)
    {
        if (IsStandard && StandardWording.Find(language) is not null) return null;
        string typed = Form.Text.GetValueOrDefault(language) ?? "";
        if (string.IsNullOrWhiteSpace(typed)) return ("Missing", "bad");
        if (Editor.Ground.Stored.Present?.Definition.Questions.FirstOrDefault(q => q.Key == Form.Was) is not { } published) return null;
        string? before = published.Text?.GetValueOrDefault(language);
        return before is null ? ("New", "warn") : before == typed ? ("Unchanged", "ok") : ("Changed", "warn");
    }
}

/// <summary>Ids and names of fields, by the path that the rules call them.</summary>
internal static partial class FieldId
{
    public static string Of(string path) => "f-" + NotPlain().Replace(path, "-");

    /// <summary>Such as <c>Question 3, words in Thai</c>.</summary>
    public static string Label(string path)
    {
        var match = OfQuestion().Match(path);
        if (!match.Success) return OfMatrix().Match(path) is { Success: true } matrix
            ? $"Heading of table {int.Parse(matrix.Groups[1].Value, CultureInfo.InvariantCulture) + 1}, {Plain(matrix.Groups[2].Value)}"
            : Plain(path);
        string question = $"Question {int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) + 1}";
        string rest = match.Groups[2].Value;
        if (OfOption().Match(rest) is not { Success: true } option) return rest.Length == 0 ? question : $"{question}, {Plain(rest)}";
        return $"{question}, option {int.Parse(option.Groups[1].Value, CultureInfo.InvariantCulture) + 1}{(option.Groups[2].Value.Length == 0 ? "" : ", " + Plain(option.Groups[2].Value))}";
    }

    static string Plain(string path) => path.Split('.', 2) switch
    {
        ["name"] => "Name",
        ["key"] => "Key",
        ["languages", ..] or ["newLanguage"] => "Languages",
        ["questions"] => "Questions",
        ["text", var language] => $"words in {SurveyWords.Language(language)}",
        ["text"] => "words",
        ["labels", var end] => $"words at the {(end.StartsWith("low", StringComparison.Ordinal) ? "lowest" : "highest")} value",
        ["scale", "min"] => "lowest value",
        ["scale", "max"] => "highest value",
        ["scale", var part] => part,
        ["touchpoint" or "stage" or "journey"] => "asked at",
        ["help", var language] => $"help in {SurveyWords.Language(language)}",
        ["showIf", ..] or ["showIf"] => "when it is asked",
        ["textBy", var group] => group.Split('.') is [var part, var language] ? $"words for {part} scores in {SurveyWords.Language(language)}" : group == "question" ? "words by score" : $"words for {group} scores",
        ["textBy"] => "words by score",
        ["newPage"] => "new page",
        ["oneLine"] => "lines",
        ["matrix"] => "table",
        _ => path,
    };

    [GeneratedRegex("[^a-zA-Z0-9]+")]
    private static partial Regex NotPlain();

    [GeneratedRegex(@"^questions\[(\d+)\]\.?(.*)$")]
    private static partial Regex OfQuestion();

    [GeneratedRegex(@"^matrices\[(\d+)\]\.?(.*)$")]
    private static partial Regex OfMatrix();

    [GeneratedRegex(@"^options\[(\d+)\]\.?(.*)$")]
    private static partial Regex OfOption();
}
