using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Responses;

/// <summary>A stored response in the form it was sent in, with the version it answers.</summary>
public sealed record ResponseRow
{
    public required Guid Id { get; init; }
    public required string Survey { get; init; }
    public required int Version { get; init; }
    public string? Touchpoint { get; init; }
    public required DateTimeOffset SubmittedAt { get; init; }
    public DateTimeOffset? ChangedAt { get; init; }
    public string? Language { get; init; }
    public string? Channel { get; init; }
    public PostedCustomer? Customer { get; init; }
    public required IReadOnlyDictionary<string, string> Segment { get; init; }

    /// <summary>By question key: a number, a text, an option key or a list of them, true of a consent, of a contact request how to reach the person, true or false. What was skipped is not in it.</summary>
    public required IReadOnlyDictionary<string, object> Answers { get; init; }

    /// <summary>Keys of the questions that rules kept from being shown.</summary>
    public required IReadOnlyList<string> NotShown { get; init; }

    /// <summary>What a consent was given to, by question key.</summary>
    public IReadOnlyDictionary<string, AskedText>? Agreed { get; init; }

    /// <summary>counted, test or quarantine; only counted ones are in any score.</summary>
    public required string State { get; init; }

    /// <summary>What was noticed about it.</summary>
    public required IReadOnlyList<string> Flags { get; init; }

    /// <summary>Keys of the contact requests, whose answers are personal data.</summary>
    internal IReadOnlySet<string> Contacts { get; init; } = new HashSet<string>();
}

/// <summary>Reads responses back as they were sent: a fixed number of queries for a page of them.</summary>
internal sealed class ResponseRows(ResponseParts parts, JourneyCatalog journey)
{
    public async Task<List<ResponseRow>> ReadAsync(IReadOnlyList<Response> responses, CancellationToken ct)
    {
        var touchpoints = (await journey.GetAsync(ct)).Touchpoints.Values.ToDictionary(t => t.Id, t => t.Key);
        return [.. (await parts.ReadAsync(responses, ct)).Select(whole => ToRow(whole, touchpoints))];
    }

    static ResponseRow ToRow(WholeResponse whole, Dictionary<int, string> touchpoints) => new()
    {
        Id = whole.Response.Id,
        Survey = whole.Version.SurveyKey,
        Version = whole.Version.Number,
        Touchpoint = whole.Response.TouchpointId is { } touchpoint ? touchpoints.GetValueOrDefault(touchpoint) : null,
        SubmittedAt = whole.Response.SubmittedAt,
        ChangedAt = whole.Response.ChangedAt,
        Language = whole.Segment.Language,
        Channel = whole.Segment.Channel,
        Customer = whole.Person is { } person ? ToCustomer(person) : null,
        Segment = whole.Segment.Attributes,
        Answers = AnswersAsSent.Of(whole.Version, whole.Answered.Select(given => new NewAnswer(given.Question.Id, given.Answer.Value, given.Answer.Text, given.Answer.Options, given.Answer.Reach))),
        NotShown = [.. whole.Version.Questions.Where(q => !whole.Shown[q.Position] && q.Kind != QuestionKind.Statement).Select(q => q.Key)],
        Agreed = ToAgreed(whole),
        Contacts = whole.Version.Questions.Where(q => q.Kind == QuestionKind.Contact).Select(q => q.Key).ToHashSet(StringComparer.Ordinal),
        State = whole.Response.State.ToString().ToLowerInvariant(),
        Flags = FlagNames.Of(whole.Response.Flags),
    };

    static PostedCustomer ToCustomer(Person person) => new() { Id = person.Key, Email = person.Email, Name = person.Name, Language = person.Language };

    static Dictionary<string, AskedText>? ToAgreed(WholeResponse whole)
    {
        var agreed = whole.Answered.Where(given => given.Question.Kind == QuestionKind.Consent)
            .ToDictionary(given => given.Question.Key, given => QuestionWording.Of(whole.Version, given.Question, given.Answer.Options![0], ""), StringComparer.Ordinal);
        return agreed.Count == 0 ? null : agreed;
    }
}

/// <summary>Answers in the form they are posted in.</summary>
internal static class AnswersAsSent
{
    public static Dictionary<string, object> Of(PublishedVersion version, IEnumerable<NewAnswer> answers)
    {
        var questions = version.Questions.ToDictionary(q => q.Id);
        return answers.ToDictionary(a => questions[a.QuestionId].Key, a => Of(questions[a.QuestionId], a), StringComparer.Ordinal);
    }

    static object Of(Question question, NewAnswer answer) => answer switch
    {
        { Value: { } value } => (int)value,
        { Text: { } text } => text,
        { Reach: { } reach } => reach,
        _ => question.Kind switch
        {
            QuestionKind.Choice => answer.Options![0],
            QuestionKind.Consent => true,
            QuestionKind.Contact => answer.Options![0] == ContactAnswer.Yes,
            _ => answer.Options!,
        },
    };
}
