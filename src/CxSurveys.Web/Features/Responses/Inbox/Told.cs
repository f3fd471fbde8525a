using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Features.Scores.Map;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Responses.Inbox;

/// <summary>Turns stored responses into what a page says of them.</summary>
internal sealed class Told(ScoreCatalog catalog)
{
    readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(catalog.Organisation.CellsTimeZone);
    readonly Dictionary<int, Touchpoint> touchpoints = catalog.Touchpoints.ToDictionary(t => t.Id);
    readonly Dictionary<int, Stage> stages = catalog.Stages.ToDictionary(s => s.Id);

    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone);

    public static string? NameOf(Person? person) => person is null ? null : string.IsNullOrWhiteSpace(person.Name) ? person.Key : person.Name;

    /// <summary>Where an answer is counted; null = nowhere.</summary>
    public string? PlaceOf(Answer answer) => catalog.Place(answer.PlaceId) switch
    {
        { Kind: PlaceKind.Touchpoint, TouchpointId: { } touchpoint } => touchpoints[touchpoint].Name,
        { Kind: PlaceKind.Stage, StageId: { } stage } => stages[stage].Name,
        { Kind: PlaceKind.Journey } => "Whole journey",
        _ => null,
    };

    public string? TouchpointOf(Response response) => response.TouchpointId is { } id ? touchpoints[id].Name : null;

    /// <summary>The stage that the answers at its touchpoint count for; the one it was in then.</summary>
    public string? StageOf(WholeResponse whole) => whole.Response.TouchpointId is not { } touchpoint
        ? null
        : stages[whole.Answers.Values.Select(a => catalog.Place(a.PlaceId)).FirstOrDefault(p => p.TouchpointId == touchpoint)?.StageId ?? touchpoints[touchpoint].StageId].Name;

    /// <summary>Its scores, those that a filter asks for first.</summary>
    public IReadOnlyList<ScoreMark> Marks(WholeResponse whole, ResponseFilter.AnswerFilter? asked = null) =>
        [.. from given in whole.Answered
            where given.Answer.Value is not null
            let wanted = asked is not null && asked.Questions.Contains(given.Question.Id) && asked.Places.Contains(given.Answer.PlaceId)
            orderby wanted descending
            select ScoreMark.Of(given.Question, given.Answer.Value!.Value, PlaceOf(given.Answer) ?? given.Question.Kind.ToString().ToUpperInvariant())];

    /// <summary>The first text, or the first one with a searched word.</summary>
    public static IReadOnlyList<TextPiece> Comment(WholeResponse whole, IReadOnlyList<string> words)
    {
        var texts = whole.Answered.Select(given => given.Answer.Text).OfType<string>().ToList();
        return (texts.Find(text => Highlight.HasAny(text, words)) ?? texts.FirstOrDefault()) is { } text
            ? Highlight.Pieces(Highlight.Excerpt(text, words), words)
            : [];
    }

    public InboxRow Row(WholeResponse whole, ResponseFilter filter)
    {
        var segment = whole.Segment;
        string?[] facts = [TouchpointOf(whole.Response), segment.Language is { } language ? LanguageTag.EnglishName(language) : null, segment.Channel, .. segment.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal).Take(3).Select(a => new MapOptions.Attribute(a.Key, []).TextOf(a.Value))];
        return new InboxRow
        {
            Id = whole.Response.Id,
            Who = NameOf(whole.Person),
            At = Local(whole.Response.SubmittedAt),
            Marks = Marks(whole, filter.Answered),
            Comment = Comment(whole, filter.Words),
            Language = segment.Language,
            State = whole.Response.State,
            Flagged = whole.Response.Flags != ResponseFlags.None,
            Facts = [.. facts.OfType<string>()],
        };
    }

    public OtherResponse Other(WholeResponse whole) => new(
        whole.Response.Id, Local(whole.Response.SubmittedAt), TouchpointOf(whole.Response) ?? whole.Version.Definition.Name, Marks(whole));

    public AskedView Asked(WholeResponse whole, Question question, IReadOnlyList<string> words)
    {
        var language = whole.Segment.Language;
        var answer = whole.Answers.GetValueOrDefault(question.Id);
        var place = answer is null ? null : PlaceOf(answer);
        return new AskedView
        {
            Key = question.Key,
            Text = QuestionWording.Of(whole.Version, question, question.Kind == QuestionKind.Consent ? answer?.Options?[0] ?? language : language, WordsOf(whole), whole.GroupOf(question)),
            Place = place,
            State = whole.Shown[question.Position] ? StateOf(answer) : AnswerState.NotShown,
            Mark = answer is { IsAnswered: true, Value: { } value } ? ScoreMark.Of(question, value, place ?? "") : null,
            ValueWord = answer is { IsAnswered: true, Value: { } named } ? QuestionWording.OfValue(whole.Version, question, named, language) : null,
            Options = OptionsOf(whole.Version, question, answer, language),
            Said = answer?.Text is { } text ? Highlight.Pieces(text, words) : [],
        };
    }

    PersonalWords WordsOf(WholeResponse whole) => new(catalog.Organisation.Name, whole.Person?.Name, whole.Segment.Attributes);

    static IReadOnlyList<AskedText> OptionsOf(PublishedVersion version, Question question, Answer? answer, string? language) => (question.Kind, answer) switch
    {
        (_, null) => [],
        (QuestionKind.Consent, _) => [new("Agreed to these words", "en")],
        (QuestionKind.Contact, { Reach: { } reach }) => [new("Yes", "en"), new(reach, "en")],
        (QuestionKind.Contact, _) => [new(answer.Options is [ContactAnswer.Yes] ? "Yes" : "No", "en")],
        _ => [.. (answer.Options ?? []).Select(key => QuestionWording.OfOption(version, question, key, language))],
    };

    static AnswerState StateOf(Answer? answer) => answer switch
    {
        null => AnswerState.Empty,
        { Value: ScaleValue.Skipped } => AnswerState.Skipped,
        { Value: ScaleValue.NotShown } => AnswerState.NotShown,
        _ => AnswerState.Given,
    };
}
