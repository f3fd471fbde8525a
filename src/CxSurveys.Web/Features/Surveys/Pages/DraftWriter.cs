using CxSurveys.Scoring;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>
/// From fields to a definition. Laid over what is stored, so that what the editor does not show stays as it was, and what
/// was not touched is written as before.
/// </summary>
internal sealed class DraftWriter(DraftForm form, DraftGround ground, Errors errors)
{
    // What a made key must not be: one that is in use, was answered, or is the customer page's own.
    readonly HashSet<string> keys = [.. form.Questions.Select(q => q.Key), .. ground.Answers.Keys, "form"];

    public SurveyDefinition Write()
    {
        var stored = ground.Stored.Survey.Draft;
        var questions = form.Questions.Select(Question).ToList();
        var matrices = Matrices(stored, questions);
        string name = Kept(stored.Name, form.Name);
        return stored with { Name = name, Languages = form.Languages, Questions = questions, Matrices = matrices };
    }

    // A table goes with its last row; a heading that never had one stays as it was written.
    IReadOnlyList<MatrixDefinition>? Matrices(SurveyDefinition stored, List<QuestionDefinition> questions)
    {
        var written = new List<MatrixDefinition>();
        foreach (var matrix in form.Matrices)
        {
            var before = stored.Matrices?.FirstOrDefault(m => m.Key == matrix.Key);
            bool wasUnused = before is not null && stored.Questions.All(q => q.Matrix != matrix.Key);
            if (!wasUnused && questions.TrueForAll(q => q.Matrix != matrix.Key)) continue;
            written.Add(new MatrixDefinition { Key = matrix.Key, Text = Texts(before?.Text, matrix.Text) ?? new Dictionary<string, string>() });
        }
        return written.Count > 0 ? written : stored.Matrices is [] ? stored.Matrices : null;
    }

    QuestionDefinition Question(QuestionForm question, int index)
    {
        string path = $"questions[{index}]";
        var stored = ground.StoredQuestion(question.Was);
        var written = (stored ?? new QuestionDefinition { Key = "", Kind = question.Kind }) with
        {
            Key = question.Key.Length > 0 ? question.Key : MadeKey.From(Headline(question.Text), Wire.Name(question.Kind), keys),
            Kind = question.Kind,
            Text = Texts(stored?.Text, question.Text),
            Help = Texts(stored?.Help, question.Help),
            ShowIf = ShowIf(stored?.ShowIf, question.ShowIf),
            TextBy = TextBy(stored?.TextBy, question),
            OneLine = question.OneLine && question.Kind == QuestionKind.Text,
            NewPage = question.NewPage,
            Matrix = question.HasScale && question.Matrix.Length > 0 ? question.Matrix : null,
            Required = question.Required && question.Kind != QuestionKind.Statement,
            Presentation = question.HasScale ? Wire.Parse<Presentation>(question.Presentation) : null,
            Labels = question.HasScale ? Labels(stored?.Labels, question) : null,
            Options = question.HasOptions ? [.. Options(stored, question)] : null,
        };
        written = stored is not null && ground.IsLocked(question.Was) ? written : PlaceText.Put(question.Kind == QuestionKind.Statement ? "" : question.Place, written with { Scale = question.HasScale ? Scale(question, $"{path}.scale") : null });
        CheckLock(question, written, path);
        return written;
    }

    Condition? ShowIf(Condition? stored, ShowIfForm? typed)
    {
        if (typed is null) return stored;
        var written = typed.ToCondition(KindOf);
        // Written anew only where it says something else: one rule may be written in several ways.
        return stored is not null && written is not null && ShowIfForm.Of(stored)?.ToCondition(KindOf) is { } before && DefinitionJson.Write(before) == DefinitionJson.Write(written) ? stored : written;
    }

    QuestionKind? KindOf(string key) => form.Questions.FirstOrDefault(q => q.Key == key)?.Kind;

    TextByGroup? TextBy(TextByGroup? stored, QuestionForm question)
    {
        if (question.TextBy.Length == 0 || question.Kind is not (QuestionKind.Text or QuestionKind.Choice or QuestionKind.Multi)) return null;
        return (stored ?? new TextByGroup { Question = "" }) with
        {
            Question = question.TextBy,
            Negative = Texts(stored?.Negative, question.TextNegative),
            Neutral = Texts(stored?.Neutral, question.TextNeutral),
            Positive = Texts(stored?.Positive, question.TextPositive),
        };
    }

    // A new question under the key of an answered one would be counted with it, or cut its line unseen.
    void CheckLock(QuestionForm question, QuestionDefinition written, string path)
    {
        try
        {
            if (!ground.IsLocked(question.Was) && ground.IsTakenByOthers(written)) errors.Add($"{path}.key", "Answers to another kind or scale are stored under this key; choose another.");
        }
        catch (MetricDefinitionException e)
        {
            errors.Add($"{path}.{e.Member}", e.Message);
        }
    }

    ScaleDefinition? Scale(QuestionForm question, string path)
    {
        int? min = Wire.Number(question.Min, $"{path}.min", errors), max = Wire.Number(question.Max, $"{path}.max", errors);
        var direction = Wire.Parse<ScaleDirection>(question.Direction);
        var positive = SetText.Read(question.Positive, $"{path}.positive", errors);
        var negative = SetText.Read(question.Negative, $"{path}.negative", errors);
        if (new[] { question.Min, question.Max, question.Direction, question.Positive, question.Negative }.All(string.IsNullOrWhiteSpace)) return null;
        if (Usual(question.Kind, direction) is var (usualMin, usualMax)) (min, max) = (min ?? usualMin, max ?? usualMax);
        if (min is null && !errors.Has($"{path}.min")) errors.Add($"{path}.min", "The lowest value is needed.");
        if (max is null && !errors.Has($"{path}.max")) errors.Add($"{path}.max", "The highest value is needed.");
        return min is { } low && max is { } high
            ? new ScaleDefinition { Min = low, Max = high, Direction = direction, Positive = positive, Negative = negative }
            : null;
    }

    // One end left empty is the kind's; a rating has none.
    static (int Min, int Max)? Usual(QuestionKind kind, ScaleDirection? direction)
    {
        if (kind is QuestionKind.Rating || kind.Metric() is not { } metric) return null;
        var usual = MetricDefinition.Create(metric, direction: kind == QuestionKind.Nps ? null : direction == ScaleDirection.Lower ? Direction.Lower : null);
        return (usual.Min, usual.Max);
    }

    EndLabels? Labels(EndLabels? stored, QuestionForm question)
    {
        var (low, high) = (Texts(stored?.Low, question.Low), Texts(stored?.High, question.High));
        if (ReferenceEquals(low, stored?.Low) && ReferenceEquals(high, stored?.High)) return stored;
        return low is null && high is null ? null : new EndLabels { Low = low, High = high };
    }

    IEnumerable<OptionDefinition> Options(QuestionDefinition? stored, QuestionForm question)
    {
        HashSet<string> taken = [.. question.Options.Select(o => o.Key)];
        foreach (var option in question.Options)
        {
            var before = stored?.Options?.FirstOrDefault(o => option.Was.Length > 0 && o.Key == option.Was);
            string key = option.Key.Length > 0 ? option.Key : MadeKey.From(Headline(option.Text), "option", taken);
            var text = Texts(before?.Text, option.Text) ?? new Dictionary<string, string>();
            yield return before is null ? new OptionDefinition { Key = key, Text = text } : before with { Key = key, Text = text };
        }
    }

    string? Headline(IReadOnlyDictionary<string, string> texts) => form.Languages is [{ } first, ..] ? texts.GetValueOrDefault(first) : null;

    /// <summary>Null where nothing is written in any language; words in languages the survey does not offer now stay.</summary>
    IReadOnlyDictionary<string, string>? Texts(IReadOnlyDictionary<string, string>? stored, IReadOnlyDictionary<string, string> typed)
    {
        var written = form.Languages.Distinct(StringComparer.Ordinal).Where(language => !string.IsNullOrWhiteSpace(typed.GetValueOrDefault(language)))
            .ToDictionary(language => language, language => Kept(stored?.GetValueOrDefault(language), typed[language]), StringComparer.Ordinal);
        foreach (var (language, text) in stored ?? new Dictionary<string, string>())
            if (!form.Languages.Contains(language)) written[language] = text;
        if (stored is not null && stored.Count == written.Count && stored.All(text => written.GetValueOrDefault(text.Key) == text.Value)) return stored;
        // Alone, words in a language that is not offered would hide the standard wording.
        return written.Keys.Any(form.Languages.Contains) ? written : null;
    }

    /// <summary>A field of one line cannot hold line ends: a text that has them stays as it is while nothing else of it was changed.</summary>
    static string Kept(string? stored, string typed) => stored is not null && OneLine(stored) == OneLine(typed) ? stored : typed;

    static string OneLine(string text) => text.ReplaceLineEndings("");
}
