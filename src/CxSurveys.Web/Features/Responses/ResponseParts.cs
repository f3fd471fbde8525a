using CxSurveys.Web.Data;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Responses;

/// <summary>A stored response with all it refers to.</summary>
/// <param name="Answers">By question id, skipped ones among them.</param>
internal sealed record WholeResponse(Response Response, PublishedVersion Version, Segment Segment, Person? Person, IReadOnlyDictionary<int, Answer> Answers)
{
    /// <summary>By position, whether the version's questions were shown.</summary>
    public bool[] Shown { get; } = ShownQuestions.Of(Version, [.. Answers.Values.Where(a => a.IsAnswered).Select(a => new NewAnswer(a.QuestionId, a.Value, a.Text, a.Options, a.Reach))], Segment.Key);

    /// <summary>The part of the scale that the score was in which a question is worded by; null where it is not.</summary>
    public string? GroupOf(Question question) =>
        Version.Definition.Questions[question.Position].TextBy is { } by && Version.ByKey.TryGetValue(by.Question, out var score)
        && Answers.TryGetValue(score.Id, out var answer) && answer is { IsAnswered: true, Value: { } value } ? ScoreGroups.Of(score, value) : null;

    /// <summary>Questions of the version that were answered, in the order asked.</summary>
    public IEnumerable<(Question Question, Answer Answer)> Answered =>
        from question in Version.Questions
        where Answers.ContainsKey(question.Id)
        let answer = Answers[question.Id]
        where answer.IsAnswered
        select (question, answer);
}

/// <summary>Reads what responses refer to: a fixed number of queries for a page of them.</summary>
internal sealed class ResponseParts(CxDbContext db, SurveyCatalog surveys)
{
    public async Task<List<WholeResponse>> ReadAsync(IReadOnlyList<Response> responses, CancellationToken ct)
    {
        var ids = responses.Select(r => r.Id).ToArray();
        var segmentIds = responses.Select(r => r.SegmentId).Distinct().ToArray();
        var personIds = responses.Select(r => r.PersonId).OfType<long>().Distinct().ToArray();
        var answers = (await db.Set<Answer>().AsNoTracking().Where(a => ids.Contains(a.ResponseId)).ToListAsync(ct)).ToLookup(a => a.ResponseId);
        var segments = await db.Set<Segment>().AsNoTracking().Where(s => segmentIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
        var people = personIds.Length == 0 ? [] : await db.Set<Person>().AsNoTracking().Where(p => personIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);

        var whole = new List<WholeResponse>(responses.Count);
        foreach (var response in responses)
            whole.Add(new WholeResponse(
                response,
                (await surveys.VersionAsync(response.VersionId, ct))!,
                segments[response.SegmentId],
                response.PersonId is { } person ? people[person] : null,
                answers[response.Id].ToDictionary(a => a.QuestionId)));
        return whole;
    }
}
