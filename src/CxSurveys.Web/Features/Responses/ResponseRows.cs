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

    /// <summary>By question key: a number, a text, an option key or a list of them. What was skipped is not in it.</summary>
    public required IReadOnlyDictionary<string, object> Answers { get; init; }

    /// <summary>counted, test or quarantine; only counted ones are in any score.</summary>
    public required string State { get; init; }

    /// <summary>What was noticed about it.</summary>
    public required IReadOnlyList<string> Flags { get; init; }
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
        Answers = ToAnswers(whole),
        State = whole.Response.State.ToString().ToLowerInvariant(),
        Flags = FlagNames.Of(whole.Response.Flags),
    };

    static PostedCustomer ToCustomer(Person person) => new() { Id = person.Key, Email = person.Email, Name = person.Name, Language = person.Language };

    static Dictionary<string, object> ToAnswers(WholeResponse whole)
    {
        var written = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var question in whole.Version.Questions)
        {
            if (!whole.Answers.TryGetValue(question.Id, out var answer) || !answer.IsAnswered) continue;
            written[question.Key] = answer switch
            {
                { Value: { } value } => (int)value,
                { Text: { } text } => text,
                _ when question.Kind == QuestionKind.Choice => answer.Options![0],
                _ => answer.Options!,
            };
        }
        return written;
    }
}
