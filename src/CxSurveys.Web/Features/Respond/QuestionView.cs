using System.Globalization;
using CxSurveys.Web.Features.Responses;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Respond;

/// <summary>One question, ready to be drawn: which fields, in which words, with what in them.</summary>
public sealed record QuestionView
{
    /// <summary>So many values fit side by side on the narrowest phone; more of them take two rows there.</summary>
    public const int LongestRow = 6;

    public required string Key { get; init; }
    public required QuestionKind Kind { get; init; }
    public required Wording Text { get; init; }
    public required bool Required { get; init; }

    /// <summary>Say that it may be left out.</summary>
    public required bool SayOptional { get; init; }

    /// <summary>A line below the question.</summary>
    public Wording? Help { get; init; }

    /// <summary>Other words by the part of the scale that an answer on the same page is in.</summary>
    public IReadOnlyList<(string Group, Wording Text)> ByGroup { get; init; } = [];

    /// <summary>True when an answer on the same page decides whether it is asked.</summary>
    public bool Conditional { get; init; }

    /// <summary>The key of the table it is a row of.</summary>
    public string? Matrix { get; init; }

    public string? Error { get; init; }

    /// <summary>Of a scale, a choice or a multi question.</summary>
    public IReadOnlyList<ChoiceView> Choices { get; init; } = [];

    /// <summary>Of a scale; null for other questions.</summary>
    public Presentation? Presentation { get; init; }

    public Wording? Low { get; init; }
    public Wording? High { get; init; }

    /// <summary>Of a text question, and of a contact request how to reach the person.</summary>
    public string Entry { get; init; } = "";

    /// <summary>Of a text question that it has one line; what was written in more keeps them.</summary>
    public bool OneLine { get; init; }

    /// <summary>Of a consent, that it is ticked.</summary>
    public bool Ticked { get; init; }

    /// <summary>Where the page puts the keyboard: at the first question that needs another look.</summary>
    public bool Focus { get; init; }

    /// <summary>With the advice on what not to write.</summary>
    public bool Hint { get; init; }

    public required CustomerTexts Texts { get; init; }
    public required string PageLanguage { get; init; }
    public string? ErrorId => Error is null ? null : $"e-{Key}";
    public string? HintId => Hint ? $"h-{Key}" : null;
    public string? HelpId => Help is null ? null : $"p-{Key}";

    /// <summary>For <c>aria-describedby</c>.</summary>
    public string? Described => string.Join(' ', new[] { ErrorId, HelpId, HintId }.OfType<string>()) is { Length: > 0 } ids ? ids : null;

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

/// <summary>Makes the views of the questions of a version.</summary>
internal sealed record QuestionViews(PublishedVersion Version, CustomerTexts Texts, string Language, PersonalWords Words)
{
    SurveyDefinition Definition => Version.Definition;

    /// <summary>The questions of a page that are asked, or may be.</summary>
    public IReadOnlyList<QuestionView> All(FormPage page, IReadOnlyDictionary<string, string[]> entries, IReadOnlyDictionary<string, FormError> errors)
    {
        var shown = page.Shown;
        var rules = new PageRules(page);
        var asked = page.Questions.Where(q => shown[q.Position] != false).ToList();
        var focus = asked.Find(q => errors.ContainsKey(q.Key));
        var firstText = asked.Find(q => q.Kind == QuestionKind.Text);
        return [.. asked.Select(q => One(q, entries, errors.TryGetValue(q.Key, out var error) ? error : null, GroupOf(q, page)) with
        {
            Focus = q == focus,
            Hint = q == firstText,
            Conditional = shown[q.Position] is null,
            ByGroup = rules.Score(q) is null ? [] : [.. rules.Groups(q).Select(group => (group, TextOf(q, group)))],
        })];
    }

    /// <summary>The answer as words, to repeat it to the person who gave it.</summary>
    public IReadOnlyList<string> Told(Question question, IReadOnlyDictionary<string, string[]> entries)
    {
        string[] entry = entries[question.Key];
        return question.Kind switch
        {
            QuestionKind.Text => entry,
            QuestionKind.Consent => [Texts["answered.agreed"]],
            QuestionKind.Contact => [Texts[entry is [ContactAnswer.Yes] ? "contact.yes" : "contact.no"], .. entries.GetValueOrDefault(FormAnswers.ReachField(question.Key)) ?? []],
            _ when question.Min is null => [.. Options(question, entry).Where(o => o.Chosen).Select(o => o.Shown!)],
            _ => [new ScaleView(question, Definition, Texts, Language).Name(int.Parse(entry[0], CultureInfo.InvariantCulture))],
        };
    }

    public Wording TextOf(Question question, string? group = null) => Wording.Of(TemplateOf(question, group), Words);

    // Under the page's texts the standard words of a language nobody translated are English, as its buttons are.
    AskedText TemplateOf(Question question, string? group) =>
        group is null && Definition.Questions[question.Position].Text is null
            ? new AskedText(StandardWording.For(Texts.Language).Question(question), Texts.Language)
            : QuestionWording.TemplateOf(Version, question, Language, group);

    /// <summary>The part of the scale that a score of an earlier page was in, where a question is worded by it.</summary>
    string? GroupOf(Question question, FormPage page) =>
        Definition.Questions[question.Position].TextBy is { } by && Version.ByKey.TryGetValue(by.Question, out var score) && page.Tokens(score) is { } tokens
            ? tokens.FirstOrDefault(token => token is ScoreGroups.Negative or ScoreGroups.Neutral or ScoreGroups.Positive)
            : null;

    /// <summary>One question by itself.</summary>
    public QuestionView One(Question question, IReadOnlyDictionary<string, string[]> entries, FormError? error = null, string? group = null)
    {
        string[] entry = entries.GetValueOrDefault(question.Key) ?? [];
        var written = Definition.Questions[question.Position];
        var view = new QuestionView
        {
            Key = question.Key,
            Kind = question.Kind,
            Text = TextOf(question, group),
            Help = Wording.Pick(written.Help, Definition, Language, Words),
            Matrix = written.Matrix,
            Required = question.Required,
            SayOptional = !question.Required && question.Kind != QuestionKind.Statement && (question.Kind == QuestionKind.Text || Version.Questions.Any(q => q.Required)),
            Error = error is { } e ? Explain(question, e, entry) : null,
            Texts = Texts,
            PageLanguage = Language,
        };
        return question switch
        {
            { Kind: QuestionKind.Statement } => view,
            { Kind: QuestionKind.Text } => view with { Entry = string.Concat(entry), OneLine = written.OneLine && !string.Concat(entry).Contains('\n', StringComparison.Ordinal) },
            { Kind: QuestionKind.Consent } => view with { Ticked = entry is [ContactAnswer.Yes] },
            { Kind: QuestionKind.Contact } => view with
            {
                Choices = [.. new[] { ContactAnswer.Yes, ContactAnswer.No }.Select(said => new ChoiceView(said, Texts[$"contact.{said}"], null, entry is [var chosen] && chosen == said))],
                Entry = string.Concat(entries.GetValueOrDefault(FormAnswers.ReachField(question.Key)) ?? []),
            },
            { Min: null } => view with { Choices = [.. Options(question, entry)] },
            _ => Scale(view, question, entry),
        };
    }

    QuestionView Scale(QuestionView view, Question question, string[] entry)
    {
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
        FormError.NoReach => Texts["error.reach"],
        FormError.TooLong => Texts.Fill("error.tooLong", ("max", FormAnswers.LongestText), ("count", FormAnswers.Length(entry[0]))),
        _ when question.Kind == QuestionKind.Text => Texts["error.write"],
        _ when question.Kind == QuestionKind.Consent => Texts["error.consent"],
        _ when question.Min is { } min && new ScaleView(question, Definition, Texts, Language).Presentation == Presentation.Numbers =>
            Texts.Fill("error.number", ("min", min), ("max", question.Max!.Value)),
        _ => Texts["error.choose"],
    };
}
