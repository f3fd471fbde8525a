using System.Globalization;

namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>Reads what was posted. A field has the name that the rules give to what it holds, such as <c>questions[3].text.en</c>.</summary>
internal sealed class DraftReader(IFormCollection fields, DraftGround ground)
{
    public const string StampField = "stamp", NameField = "name", LanguagesField = "languages", NewLanguageField = "newLanguage", RemovedField = "removed";

    readonly string[] languages = [.. fields[LanguagesField].OfType<string>()];

    public DraftForm Read() => new()
    {
        Stamp = Field(StampField),
        Name = Field(NameField),
        Languages = languages,
        NewLanguage = Field(NewLanguageField),
        Removed = Field(RemovedField),
        Questions = Rows([.. While(i => $"questions[{i}]").Select(Question)]),
        Matrices = [.. Enumerable.Range(0, fields.Count).Select(i => $"matrices[{i}]").TakeWhile(path => fields.ContainsKey($"{path}.key")).Select(Matrix)],
    };

    MatrixForm Matrix(string path)
    {
        string key = Field($"{path}.key");
        return new MatrixForm { Key = key, Text = Texts($"{path}.text", ground.Stored?.Survey.Draft.Matrices?.FirstOrDefault(m => m.Key == key)?.Text) };
    }

    // The columns of a table are those of its first row.
    IReadOnlyList<QuestionForm> Rows(IReadOnlyList<QuestionForm> questions) =>
        [.. questions.Select(q => q.Matrix.Length > 0 && !ground.IsLocked(q.Was) && questions.First(first => first.Matrix == q.Matrix) is var first && first != q ? q.AsRowOf(first) : q)];

    QuestionForm Question(string path)
    {
        var was = Field($"{path}.was");
        var stored = ground.StoredQuestion(was);
        var question = new QuestionForm
        {
            Was = stored is null ? "" : was,
            Key = Field($"{path}.key").Trim(),
            Kind = Wire.Parse<QuestionKind>(Field($"{path}.kind")) ?? QuestionKind.Text,
            Text = Texts($"{path}.text", stored?.Text),
            Low = Texts($"{path}.labels.low", stored?.Labels?.Low),
            High = Texts($"{path}.labels.high", stored?.Labels?.High),
            Min = Field($"{path}.scale.min"),
            Max = Field($"{path}.scale.max"),
            Direction = Field($"{path}.scale.direction"),
            Positive = Field($"{path}.scale.positive"),
            Negative = Field($"{path}.scale.negative"),
            Presentation = Field($"{path}.presentation"),
            Place = Field($"{path}.place"),
            Required = fields.ContainsKey($"{path}.required"),
            Help = Texts($"{path}.help", stored?.Help),
            ShowIf = fields.ContainsKey($"{path}.showIf.rules") ? ShowIf($"{path}.showIf") : stored is null ? ShowIfForm.Always : null,
            TextBy = Field($"{path}.textBy.question"),
            TextNegative = Texts($"{path}.textBy.negative", stored?.TextBy?.Negative),
            TextNeutral = Texts($"{path}.textBy.neutral", stored?.TextBy?.Neutral),
            TextPositive = Texts($"{path}.textBy.positive", stored?.TextBy?.Positive),
            OneLine = fields.ContainsKey($"{path}.oneLine"),
            NewPage = fields.ContainsKey($"{path}.newPage"),
            Matrix = Field($"{path}.matrix"),
        };
        if (fields.TryGetValue($"{path}.scale", out var scale)) question = ScaleChoice.Put(question, scale.ToString(), Field($"{path}.kindWas"));
        // A locked measure is none of the form's business.
        if (stored is not null && ground.IsLocked(was)) question = question.Measured(stored);
        return question with { Options = [.. While(j => $"{path}.options[{j}]").Select(option => Option(option, stored))] };
    }

    ShowIfForm ShowIf(string path)
    {
        int count = int.TryParse(Field($"{path}.rules"), NumberStyles.None, CultureInfo.InvariantCulture, out int rules) ? Math.Min(rules, fields.Count) : 0;
        return new ShowIfForm(Field($"{path}.mode") == "any", [.. Enumerable.Range(0, count).Select(i => $"{path}.rules[{i}]").Select(rule =>
            new RuleForm(Field($"{rule}.about"), [.. fields[$"{rule}.values"].OfType<string>()], Field($"{rule}.segment"), Field($"{rule}.typed")))]);
    }

    OptionForm Option(string path, QuestionDefinition? question)
    {
        var was = Field($"{path}.was");
        var stored = question?.Options?.FirstOrDefault(o => o.Key == was);
        return new OptionForm
        {
            Was = stored is null ? "" : was,
            Key = stored is not null && ground.IsLocked(question!.Key) ? stored.Key : Field($"{path}.key").Trim(),
            Text = Texts($"{path}.text", stored?.Text),
        };
    }

    /// <summary>As typed; where the page had no such field yet, as stored.</summary>
    Dictionary<string, string> Texts(string path, IReadOnlyDictionary<string, string>? stored) => languages.Distinct(StringComparer.Ordinal).ToDictionary(
        language => language,
        language => fields.TryGetValue($"{path}.{language}", out var typed) ? Lines(typed.ToString()) : stored?.GetValueOrDefault(language) ?? "",
        StringComparer.Ordinal);

    IEnumerable<string> While(Func<int, string> path) =>
        Enumerable.Range(0, fields.Count).Select(path).TakeWhile(name => fields.ContainsKey($"{name}.was"));

    string Field(string name) => Lines(fields[name].ToString());

    // Browsers send line ends of their own making.
    static string Lines(string text) => text.ReplaceLineEndings("\n");
}
