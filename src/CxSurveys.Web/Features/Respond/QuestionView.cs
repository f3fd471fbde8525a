using System.Globalization;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Respond;

/// <summary>One question, ready to be drawn: which fields, in which words, with what in them.</summary>
public sealed record QuestionView
{
    /// <summary>So many values fit side by side on the narrowest phone; more of them take two rows there.</summary>
    public const int LongestRow = 7;

    public required string Key { get; init; }
    public required QuestionKind Kind { get; init; }
    public required Wording Text { get; init; }
    public required bool Required { get; init; }

    /// <summary>Say that it may be left out.</summary>
    public required bool SayOptional { get; init; }

    public string? Error { get; init; }

    /// <summary>Of a scale, a choice or a multi question.</summary>
    public IReadOnlyList<ChoiceView> Choices { get; init; } = [];

    /// <summary>Of a scale; null for other questions.</summary>
    public Presentation? Presentation { get; init; }

    public Wording? Low { get; init; }
    public Wording? High { get; init; }

    /// <summary>Of a text question.</summary>
    public string Entry { get; init; } = "";

    /// <summary>Where the page puts the keyboard: at the first question that needs another look.</summary>
    public bool Focus { get; init; }

    /// <summary>With the advice on what not to write.</summary>
    public bool Hint { get; init; }

    public required CustomerTexts Texts { get; init; }
    public required string PageLanguage { get; init; }
    public string? ErrorId => Error is null ? null : $"e-{Key}";
    public string? HintId => Hint ? $"h-{Key}" : null;

    /// <summary>Under words, every value says itself what it means.</summary>
    public bool ShowsEnds => Presentation is not null and not Surveys.Presentation.Words && (Low ?? High) is not null;

    /// <summary>The words at an end of the scale; behind the number they stand for, where that one may be in another row.</summary>
    public string EndLabel(Wording words, Index end) =>
        Presentation == Surveys.Presentation.Numbers && Choices.Count > LongestRow ? $"{Choices[end].Shown} = {words.Plain}" : words.Plain;

    /// <summary>For a <c>lang</c> attribute: null where the text is in the page's language.</summary>
    public string? LanguageOf(Wording wording) => SameLanguage(wording.Language) ? null : wording.Language;

    public string? DirectionOf(Wording wording) => SameLanguage(wording.Language) ? null : LanguageName.DirectionOf(wording.Language);

    bool SameLanguage(string language) => LanguageTag.Primary(language).Equals(LanguageTag.Primary(PageLanguage), StringComparison.OrdinalIgnoreCase);
}

/// <summary>Makes the views of all questions of a version.</summary>
internal sealed record QuestionViews(PublishedVersion Version, CustomerTexts Texts, string Language, string Company)
{
    SurveyDefinition Definition => Version.Definition;

    public IReadOnlyList<QuestionView> All(IReadOnlyDictionary<string, string[]> entries, IReadOnlyDictionary<string, FormError> errors)
    {
        var focus = Version.Questions.FirstOrDefault(q => errors.ContainsKey(q.Key));
        var firstText = Version.Questions.FirstOrDefault(q => q.Kind == QuestionKind.Text);
        return [.. Version.Questions.Select(q => One(q, entries.GetValueOrDefault(q.Key) ?? [], errors.TryGetValue(q.Key, out var error) ? error : null)
            with { Focus = q == focus, Hint = q == firstText })];
    }

    /// <summary>The answer as words, to repeat it to the person who gave it.</summary>
    public IReadOnlyList<string> Told(Question question, string[] entry)
    {
        if (question.Kind == QuestionKind.Text) return entry;
        if (question.Min is null) return [.. Options(question, entry).Where(o => o.Chosen).Select(o => o.Shown!)];
        return [new ScaleView(question, Definition, Texts, Language).Name(int.Parse(entry[0], CultureInfo.InvariantCulture))];
    }

    public Wording TextOf(Question question) => Wording.OfQuestion(question, Definition, Texts, Language, Company);

    QuestionView One(Question question, string[] entry, FormError? error)
    {
        var view = new QuestionView
        {
            Key = question.Key,
            Kind = question.Kind,
            Text = TextOf(question),
            Required = question.Required,
            SayOptional = !question.Required && (question.Kind == QuestionKind.Text || Version.Questions.Any(q => q.Required)),
            Error = error is { } e ? Explain(question, e, entry) : null,
            Texts = Texts,
            PageLanguage = Language,
        };
        if (question.Kind == QuestionKind.Text) return view with { Entry = string.Concat(entry) };
        if (question.Min is null) return view with { Choices = [.. Options(question, entry)] };

        var scale = new ScaleView(question, Definition, Texts, Language);
        return view with { Choices = [.. scale.Choices(entry.FirstOrDefault())], Presentation = scale.Presentation, Low = scale.Low, High = scale.High };
    }

    IEnumerable<ChoiceView> Options(Question question, string[] entry) =>
        (Definition.Questions[question.Position].Options ?? []).Select(option =>
        {
            var text = Wording.PickAny(option.Text, Definition, Language);
            return new ChoiceView(option.Key, text.Plain, null, entry.Contains(option.Key), text.Language == Language ? null : text.Language);
        });

    string Explain(Question question, FormError error, string[] entry) => error switch
    {
        FormError.NothingAnswered => Texts["error.nothing"],
        FormError.NotOffered => Texts["error.notOffered"],
        FormError.Unreadable => Texts["error.unreadable"],
        FormError.TooLong => Texts.Fill("error.tooLong", ("max", FormAnswers.LongestText), ("count", FormAnswers.Length(entry[0]))),
        _ when question.Kind == QuestionKind.Text => Texts["error.write"],
        _ when question.Min is { } min && new ScaleView(question, Definition, Texts, Language).Presentation == Presentation.Numbers =>
            Texts.Fill("error.number", ("min", min), ("max", question.Max!.Value)),
        _ => Texts["error.choose"],
    };
}
