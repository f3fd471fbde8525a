using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;

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

    public required string State { get; init; }
}

/// <summary>Reads responses back as they were sent: a fixed number of queries for a page of them.</summary>
internal sealed class ResponseRows(CxDbContext db, SurveyCatalog surveys, JourneyCatalog journey)
{
    public async Task<List<ResponseRow>> ReadAsync(IReadOnlyList<Response> responses, CancellationToken ct)
    {
        var ids = responses.Select(r => r.Id).ToArray();
        var segmentIds = responses.Select(r => r.SegmentId).Distinct().ToArray();
        var personIds = responses.Select(r => r.PersonId).OfType<long>().Distinct().ToArray();
        var answers = (await db.Set<Answer>().AsNoTracking().Where(a => ids.Contains(a.ResponseId)).ToListAsync(ct)).ToLookup(a => a.ResponseId);
        var segments = await db.Set<Segment>().AsNoTracking().Where(s => segmentIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
        var people = personIds.Length == 0 ? [] : await db.Set<Person>().AsNoTracking().Where(p => personIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        var touchpoints = (await journey.GetAsync(ct)).Touchpoints.Values.ToDictionary(t => t.Id, t => t.Key);

        var rows = new List<ResponseRow>(responses.Count);
        foreach (var response in responses)
        {
            var version = (await surveys.VersionAsync(response.VersionId, ct))!;
            var segment = segments[response.SegmentId];
            rows.Add(new ResponseRow
            {
                Id = response.Id,
                Survey = version.SurveyKey,
                Version = version.Number,
                Touchpoint = response.TouchpointId is { } touchpoint ? touchpoints.GetValueOrDefault(touchpoint) : null,
                SubmittedAt = response.SubmittedAt,
                ChangedAt = response.ChangedAt,
                Language = segment.Language,
                Channel = segment.Channel,
                Customer = response.PersonId is { } person ? ToCustomer(people[person]) : null,
                Segment = segment.Attributes,
                Answers = ToAnswers(version, answers[response.Id]),
                State = response.State.ToString().ToLowerInvariant(),
            });
        }
        return rows;
    }

    static PostedCustomer ToCustomer(Person person) => new() { Id = person.Key, Email = person.Email, Name = person.Name, Language = person.Language };

    static Dictionary<string, object> ToAnswers(PublishedVersion version, IEnumerable<Answer> answers)
    {
        var byQuestion = answers.Where(a => a.IsAnswered).ToDictionary(a => a.QuestionId);
        var written = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var question in version.Questions)
        {
            if (!byQuestion.TryGetValue(question.Id, out var answer)) continue;
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
