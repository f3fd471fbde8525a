using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Surveys.Versions;

/// <summary>Marks wordings of a published version as the same measure, or takes that back. No answer and no cell is touched.</summary>
public sealed class MarkWordings(CxDbContext db, Wordings wordings)
{
    /// <summary>Marks these of the version's changed wordings and none of its others.</summary>
    /// <returns>False when there is no such survey or version.</returns>
    public Task<bool> SetAsync(string key, int version, IReadOnlyList<string> comparable, string? reason, string by, Errors errors, CancellationToken ct) =>
        ChangeAsync(key, version, comparable, errors, async (history, questions) =>
        {
            foreach (string question in questions)
            {
                if (comparable.Contains(question)) await wordings.MarkAsync(history, version, new(question, reason, by), ct);
                else await wordings.UnmarkAsync(history, version, question, by, ct);
            }
        }, ct);

    /// <summary>Marks one question's words, or takes its mark back, and leaves the others.</summary>
    /// <returns>False when there is no such survey or version.</returns>
    public Task<bool> SetOneAsync(string key, int version, Comparable question, bool comparable, Errors errors, CancellationToken ct) =>
        ChangeAsync(key, version, [question.Question], errors, (history, _) => comparable
            ? wordings.MarkAsync(history, version, question, ct)
            : wordings.UnmarkAsync(history, version, question.Question, question.By, ct), ct);

    async Task<bool> ChangeAsync(string key, int version, IReadOnlyList<string> named, Errors errors, Func<WordingHistory, IReadOnlyList<string>, Task> change, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Who publishes or marks in the same survey waits.
        if (await db.Set<Survey>().FromSql($"select * from survey where key = {key} for update").AsNoTracking().SingleOrDefaultAsync(ct) is not { } survey) return false;
        var versions = await db.Set<SurveyVersion>().AsNoTracking().Include(v => v.Questions).Where(v => v.SurveyId == survey.Id).ToListAsync(ct);
        if (versions.Find(v => v.Number == version) is not { } marked) return false;

        for (int i = 0; i < named.Count; i++)
            if (marked.Questions.TrueForAll(q => q.Key != named[i])) errors.Add($"comparable[{i}]", $"Version {version} has no question '{named[i]}'.");
        if (errors.Any) return true;
        await change(await wordings.OfAsync(versions, ct), [.. marked.Questions.Select(q => q.Key)]);
        await transaction.CommitAsync(ct);
        return true;
    }
}
