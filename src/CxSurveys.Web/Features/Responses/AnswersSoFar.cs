using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Responses;

internal sealed class AnswersSoFar(CxDbContext db) : IAnswersSoFar
{
    public async Task<IReadOnlyDictionary<int, long>> BySurveyAsync(CancellationToken ct)
    {
        var surveys = await db.Set<SurveyVersion>().ToDictionaryAsync(v => v.Id, v => v.SurveyId, ct);
        var versions = await CountAsync([.. surveys.Keys], ct);
        return versions.GroupBy(v => surveys[v.Key]).ToDictionary(g => g.Key, g => g.Sum(v => v.Value));
    }

    public async Task<IReadOnlyDictionary<int, long>> ByVersionAsync(int surveyId, CancellationToken ct) =>
        await CountAsync(await db.Set<SurveyVersion>().Where(v => v.SurveyId == surveyId).Select(v => v.Id).ToArrayAsync(ct), ct);

    Task<Dictionary<int, long>> CountAsync(int[] versions, CancellationToken ct) =>
        db.Set<Response>().Where(r => versions.Contains(r.VersionId) && r.State == ResponseState.Counted)
            .GroupBy(r => r.VersionId).Select(g => new { g.Key, Count = g.LongCount() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, ct);

    public async Task<IReadOnlyDictionary<string, long>> ByQuestionAsync(int surveyId, CancellationToken ct)
    {
        var keys = await db.Set<Question>().Where(q => q.Version.SurveyId == surveyId).ToDictionaryAsync(q => q.Id, q => q.Key, ct);
        int[] questions = [.. keys.Keys];
        var counts = await db.Set<Answer>()
            .Where(a => questions.Contains(a.QuestionId) && (a.Value == null || a.Value > ScaleValue.NotShown))
            .GroupBy(a => a.QuestionId).Select(g => new { QuestionId = g.Key, Count = g.LongCount() })
            .ToListAsync(ct);
        return counts.GroupBy(c => keys[c.QuestionId], StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(c => c.Count), StringComparer.Ordinal);
    }

    public async Task<IReadOnlySet<int>> AnsweredAsync(int[] questions, CancellationToken ct) => (await db.Database.SqlQuery<int>($"""
        select q.id as "Value" from unnest({questions}) as q(id)
        where exists (
            select from answer a join response r on r.id = a.response_id
            where a.question_id = q.id and (a.value is null or a.value > {ScaleValue.NotShown}) and r.state <> {(short)ResponseState.Test})
        """).ToListAsync(ct)).ToHashSet();
}
