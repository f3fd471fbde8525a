using CxSurveys.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Surveys.Versions;

/// <summary>A question whose new words are to count as the old ones.</summary>
public sealed record Comparable(string Question, string? Reason, string By);

/// <summary>Reads how a survey was worded so far, and keeps who said that other words measure the same.</summary>
public sealed class Wordings(CxDbContext db, IAnswersSoFar answers, TimeProvider clock)
{
    public async Task<WordingHistory> ReadAsync(int surveyId, CancellationToken ct)
    {
        var versions = await db.Set<SurveyVersion>().AsNoTracking().Include(v => v.Questions).Where(v => v.SurveyId == surveyId).ToListAsync(ct);
        return await OfAsync(versions, ct);
    }

    /// <summary>The same from versions that are read already, with their questions.</summary>
    public async Task<WordingHistory> OfAsync(IReadOnlyCollection<SurveyVersion> versions, CancellationToken ct)
    {
        var asked = versions.SelectMany(v => v.Questions.Where(q => q.MetricKey is not null)
            .Select(q => new WordedQuestion(q.Id, q.GoesOnWithId, v.Number, v.PublishedAt, q.Key, q.MetricKey!, Wording.Of(v.Definition, q)))).ToList();
        int[] ids = [.. asked.Select(q => q.Id)];
        var marks = await db.Set<WordingMark>().AsNoTracking().Where(m => m.RevokedAt == null && ids.Contains(m.QuestionId)).ToListAsync(ct);
        return new WordingHistory(asked, marks, await answers.AnsweredAsync(ids, ct));
    }

    /// <summary>Marks what the version's question replaced as the same measure. Where it replaced nothing, or is marked already, nothing is to be done.</summary>
    public async Task MarkAsync(WordingHistory history, int version, Comparable comparable, CancellationToken ct)
    {
        if (history.Find(version, comparable.Question) is not { } question || history.ReplacedBy(question) is not { } earlier) return;
        if (history.LineOf(question) == history.LineOf(earlier)) return;
        db.Add(new WordingMark
        {
            QuestionId = question.Root,
            EarlierId = earlier.Root,
            MarkedBy = comparable.By,
            MarkedAt = clock.GetUtcNow(),
            Reason = string.IsNullOrWhiteSpace(comparable.Reason) ? null : comparable.Reason.Trim(),
        });
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Takes back the mark because of which the version's question goes on with what it replaced.</summary>
    public async Task UnmarkAsync(WordingHistory history, int version, string key, string by, CancellationToken ct)
    {
        if (history.Find(version, key) is not { } question || history.ReplacedBy(question) is not { } earlier || history.MarkBetween(question, earlier) is not { } mark) return;
        var stored = await db.Set<WordingMark>().SingleAsync(m => m.Id == mark.Id, ct);
        (stored.RevokedBy, stored.RevokedAt) = (by, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
    }
}
