namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>A draft as it stands in the editor's fields: everything as it was typed, right or wrong.</summary>
public sealed record DraftForm
{
    /// <summary>Of the draft that was opened.</summary>
    public required string Stamp { get; init; }

    public string Name { get; init; } = "";
    public IReadOnlyList<string> Languages { get; init; } = ["en"];

    /// <summary>The field of a language that is to be added.</summary>
    public string NewLanguage { get; init; } = "";

    public IReadOnlyList<QuestionForm> Questions { get; init; } = [];

    /// <summary>Headings of tables.</summary>
    public IReadOnlyList<MatrixForm> Matrices { get; init; } = [];

    /// <summary>The question that was deleted last, so that it can come back; empty when none was.</summary>
    public string Removed { get; init; } = "";

    public static DraftForm Of(StoredSurvey stored)
    {
        var draft = stored.Survey.Draft;
        return new DraftForm
        {
            Stamp = stored.Stamp,
            Name = draft.Name,
            Languages = draft.Languages,
            Questions = [.. draft.Questions.Select(QuestionForm.Of)],
            Matrices = [.. (draft.Matrices ?? []).Select(m => new MatrixForm { Key = m.Key, Text = m.Text })],
        };
    }
}

public sealed record QuestionForm
{
    static readonly Dictionary<string, string> NoTexts = [];

    /// <summary>The key of this question in the stored draft; empty for a new one.</summary>
    public string Was { get; init; } = "";

    /// <summary>Empty = made from the words.</summary>
    public string Key { get; init; } = "";

    public QuestionKind Kind { get; init; }
    public IReadOnlyDictionary<string, string> Text { get; init; } = NoTexts;
    public IReadOnlyDictionary<string, string> Low { get; init; } = NoTexts;
    public IReadOnlyDictionary<string, string> High { get; init; } = NoTexts;

    public string Min { get; init; } = "";
    public string Max { get; init; } = "";

    /// <summary><c>higher</c>, <c>lower</c>, or empty for the kind's own.</summary>
    public string Direction { get; init; } = "";

    /// <summary>Numbers with commas; <see cref="SetText.None"/>; or empty for the kind's own.</summary>
    public string Positive { get; init; } = "";

    public string Negative { get; init; } = "";
    public string Presentation { get; init; } = "";

    /// <summary>What <see cref="PlaceText"/> writes.</summary>
    public string Place { get; init; } = "";

    public bool Required { get; init; }
    public IReadOnlyDictionary<string, string> Help { get; init; } = NoTexts;

    /// <summary>Null where the stored rule is more than selects can show; it is kept.</summary>
    public ShowIfForm? ShowIf { get; init; } = ShowIfForm.Always;

    /// <summary>The key of the score that decides on the words; empty = the same words for everybody.</summary>
    public string TextBy { get; init; } = "";

    public IReadOnlyDictionary<string, string> TextNegative { get; init; } = NoTexts;
    public IReadOnlyDictionary<string, string> TextNeutral { get; init; } = NoTexts;
    public IReadOnlyDictionary<string, string> TextPositive { get; init; } = NoTexts;
    public bool OneLine { get; init; }
    public bool NewPage { get; init; }

    /// <summary>The key of the table this is a row of; empty = of none.</summary>
    public string Matrix { get; init; } = "";

    public IReadOnlyList<OptionForm> Options { get; init; } = [];

    public bool HasScale => Kind.Metric() is not null;
    public bool HasOptions => Kind is QuestionKind.Choice or QuestionKind.Multi;

    public static QuestionForm Of(QuestionDefinition question) => new QuestionForm
    {
        Was = question.Key,
        Key = question.Key,
        Text = question.Text ?? NoTexts,
        Low = question.Labels?.Low ?? NoTexts,
        High = question.Labels?.High ?? NoTexts,
        Presentation = question.Presentation is { } presentation ? Wire.Name(presentation) : "",
        Required = question.Required,
        Help = question.Help ?? NoTexts,
        ShowIf = ShowIfForm.Of(question.ShowIf),
        TextBy = question.TextBy?.Question ?? "",
        TextNegative = question.TextBy?.Negative ?? NoTexts,
        TextNeutral = question.TextBy?.Neutral ?? NoTexts,
        TextPositive = question.TextBy?.Positive ?? NoTexts,
        OneLine = question.OneLine,
        NewPage = question.NewPage,
        Matrix = question.Matrix ?? "",
        Options = [.. (question.Options ?? []).Select(o => new OptionForm { Was = o.Key, Key = o.Key, Text = o.Text })],
    }.Measured(question);

    /// <summary>With the measure of a question: what is locked once there are answers.</summary>
    public QuestionForm Measured(QuestionDefinition question) => this with
    {
        Key = question.Key,
        Kind = question.Kind,
        Min = Wire.Number(question.Scale?.Min),
        Max = Wire.Number(question.Scale?.Max),
        Direction = question.Scale?.Direction is { } direction ? Wire.Name(direction) : "",
        Positive = SetText.Write(question.Scale?.Positive),
        Negative = SetText.Write(question.Scale?.Negative),
        Place = PlaceText.Write(question),
    };

    /// <summary>As a further row of the table it stands in: what makes the columns is the same.</summary>
    public QuestionForm AsRowOf(QuestionForm first) => this with
    {
        Kind = first.Kind,
        Min = first.Min,
        Max = first.Max,
        Direction = first.Direction,
        Positive = first.Positive,
        Negative = first.Negative,
        Presentation = first.Presentation,
        Low = first.Low,
        High = first.High,
        NewPage = false,
    };

    /// <summary>The same anew: no answers hold on to it.</summary>
    public QuestionForm Copied() => this with { Was = "", Key = "", Options = [.. Options.Select(o => o with { Was = "" })] };
}

public sealed record MatrixForm
{
    public string Key { get; init; } = "";
    public IReadOnlyDictionary<string, string> Text { get; init; } = new Dictionary<string, string>();
}

public sealed record OptionForm
{
    public string Was { get; init; } = "";
    public string Key { get; init; } = "";
    public IReadOnlyDictionary<string, string> Text { get; init; } = new Dictionary<string, string>();
}
