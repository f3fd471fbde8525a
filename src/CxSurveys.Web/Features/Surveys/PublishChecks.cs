using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>
/// What must hold between the questions of a survey before it is published: every rule, wording and table refers to what is there.
/// A draft may break it while it is being written.
/// </summary>
internal static class PublishChecks
{
    public static void Check(SurveyDefinition definition, Errors errors)
    {
        var questions = FrozenQuestions.Of(definition);
        var earlier = new Dictionary<string, Question>(StringComparer.Ordinal);
        for (int i = 0; i < questions.Count; i++)
        {
            var written = definition.Questions[i];
            string path = $"questions[{i}]";
            if (written.ShowIf is { } condition) new ConditionReferences(definition, earlier, errors).Check(condition, $"{path}.showIf");
            if (written.TextBy is { } by) CheckTextBy(by, earlier, $"{path}.textBy.question", errors);
            earlier[written.Key] = questions[i];
        }
        MatrixChecks.Check(definition, questions, errors);
        PersonalChecks.Check(definition, errors);
        if (!errors.Any) ReachableChecks.Check(definition, questions, errors);
    }

    static void CheckTextBy(TextByGroup by, Dictionary<string, Question> earlier, string path, Errors errors)
    {
        if (!earlier.TryGetValue(by.Question, out var question)) errors.Add(path, $"No earlier question has the key '{by.Question}'.");
        else if (question.MetricKey is null || !ScoreGroups.Has(question)) errors.Add(path, $"'{by.Question}' has no low, middle and high scores to word by.");
    }
}

/// <summary>Whether what one condition refers to is there: the question before it, the values on its scale, the options among its options.</summary>
internal sealed class ConditionReferences(SurveyDefinition definition, IReadOnlyDictionary<string, Question> earlier, Errors errors)
{
    public void Check(Condition condition, string path)
    {
        if (condition.Question is { } key) CheckQuestion(key, condition, path);
        if (condition.Language is { } languages) CheckLanguages(languages, $"{path}.language");
        CheckParts(condition.All, $"{path}.all");
        CheckParts(condition.Any, $"{path}.any");
    }

    void CheckParts(IReadOnlyList<Condition>? parts, string path)
    {
        for (int i = 0; i < parts?.Count; i++) Check(parts[i], $"{path}[{i}]");
    }

    void CheckQuestion(string key, Condition condition, string path)
    {
        if (!earlier.TryGetValue(key, out var question))
        {
            errors.Add($"{path}.question", definition.Questions.Any(q => q.Key == key)
                ? $"'{key}' is not asked before this question; a rule can only look at earlier answers."
                : $"There is no question '{key}'.");
            return;
        }
        var offered = Tokens(question);
        if (offered.Count == 0) errors.Add($"{path}.question", $"A rule cannot look at '{key}': it has no values to choose from.");
        else for (int i = 0; i < condition.In!.Count; i++)
            if (!offered.Contains(Condition.Token(condition.In[i]))) errors.Add($"{path}.in[{i}]", Gone(question, Condition.Token(condition.In[i])));
    }

    static string Gone(Question question, string token) => question.MetricKey is not null
        ? $"'{question.Key}' has the values {question.Min} to {question.Max}{(ScoreGroups.Has(question) ? ", and negative, neutral, positive" : "")}; '{token}' is none of them."
        : question.Kind is QuestionKind.Choice or QuestionKind.Multi ? $"'{question.Key}' has no option '{token}'." : $"'{question.Key}' is answered with true or false.";

    void CheckLanguages(IReadOnlyList<string> languages, string path)
    {
        for (int i = 0; i < languages.Count; i++)
            if (LanguageTag.Match(definition.Languages, languages[i]) is null) errors.Add($"{path}[{i}]", $"The survey is not offered in {languages[i]}.");
    }

    HashSet<string> Tokens(Question question)
    {
        var written = definition.Questions[question.Position];
        return question switch
        {
            { MetricKey: not null } => [.. Scale(question)],
            { Kind: QuestionKind.Choice or QuestionKind.Multi } => [.. written.Options!.Select(o => o.Key)],
            { Kind: QuestionKind.Consent } => ["true"],
            { Kind: QuestionKind.Contact } => ["true", "false"],
            _ => [],
        };
    }

    static IEnumerable<string> Scale(Question question)
    {
        var values = Enumerable.Range(question.Min!.Value, question.Max!.Value - question.Min.Value + 1).Select(value => value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return ScoreGroups.Has(question) ? values.Concat([ScoreGroups.Negative, ScoreGroups.Neutral, ScoreGroups.Positive]) : values;
    }
}

/// <summary>A matrix is adjacent questions on one page that share a scale, so that its columns mean the same in every row.</summary>
internal static class MatrixChecks
{
    public static void Check(SurveyDefinition definition, IReadOnlyList<Question> questions, Errors errors)
    {
        var known = (definition.Matrices ?? []).Select(m => m.Key).ToHashSet(StringComparer.Ordinal);
        var closed = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < questions.Count; i++)
        {
            if (i > 0 && definition.Questions[i - 1].Matrix is { } before && before != definition.Questions[i].Matrix) closed.Add(before);
            if (definition.Questions[i].Matrix is not { } matrix) continue;
            string path = $"questions[{i}]";
            var first = definition.Questions.First(q => q.Matrix == matrix);
            if (!known.Contains(matrix)) errors.Add($"{path}.matrix", $"There is no heading '{matrix}' among the survey's matrices.");
            if (closed.Contains(matrix)) errors.Add($"{path}.matrix", $"The rows of '{matrix}' must stand one after the other.");
            if (questions[i].MetricKey is null) errors.Add($"{path}.matrix", "Only nps, csat, ces and rating questions can be rows of a matrix.");
            else if (Columns(definition.Questions[i]) != Columns(first) || questions[i].MetricKey != questions[FirstOf(definition, matrix)].MetricKey)
                errors.Add($"{path}.matrix", $"The rows of '{matrix}' must have one kind, scale, presentation and end labels: its columns are the same for all.");
            if (definition.Questions[i].NewPage && definition.Questions[i] != first) errors.Add($"{path}.newPage", "A matrix stands on one page.");
        }
    }

    static int FirstOf(SurveyDefinition definition, string matrix) => definition.Questions.ToList().FindIndex(q => q.Matrix == matrix);

    static string Columns(QuestionDefinition question) => DefinitionJson.WriteColumns(question);
}
