using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Responses;

/// <summary>
/// Knows the responses of an export again. A line of one has not all that was once posted (no name, no address of the customer),
/// so it is compared with what an export would say now, not by the hash of what was sent.
/// </summary>
internal sealed class ExportedResponses(CxDbContext db, ResponseRows reader, SurveyCatalog surveys)
{
    /// <summary>Of those that are stored, by id, whether they are the same.</summary>
    public async Task<IReadOnlyDictionary<Guid, bool>> CompareAsync(IReadOnlyList<PostedResponse> exported, CancellationToken ct)
    {
        var ids = exported.Select(e => e.Id).ToArray();
        var stored = await db.Set<Response>().AsNoTracking().Where(r => ids.Contains(r.Id)).ToListAsync(ct);
        var rows = await reader.ReadAsync(stored, ct);
        var same = new Dictionary<Guid, bool>();
        foreach (var (response, row) in stored.Zip(rows))
        {
            var version = (await surveys.VersionAsync(response.VersionId, ct))!;
            same[response.Id] = exported.Where(e => e.Id == response.Id).All(e => IsSame(e, row) && HasAnswers(e, version, row));
        }
        return same;
    }

    static bool IsSame(PostedResponse exported, ResponseRow row) =>
        (exported.Survey, exported.Touchpoint, exported.Language, exported.Channel, exported.Customer?.Id) == (row.Survey, row.Touchpoint, row.Language, row.Channel, row.Customer?.Id)
        && exported.SubmittedInstant() == row.SubmittedAt
        && (exported.Segment ?? []).OrderBy(s => s.Key, StringComparer.Ordinal).SequenceEqual(row.Segment.OrderBy(s => s.Key, StringComparer.Ordinal));

    static bool HasAnswers(PostedResponse exported, PublishedVersion version, ResponseRow row)
    {
        var errors = new Errors();
        var answers = AnswersAsSent.Of(version, AnswerCheck.Run(exported.Answers, version, ResponseDoor.SegmentOf(exported), errors));
        return !errors.Any && answers.Count == row.Answers.Count && answers.All(a =>
            row.Answers.TryGetValue(a.Key, out object? stored) && Equals(Cell(a.Key, a.Value), Cell(a.Key, stored)));

        object? Cell(string key, object answer) => ExportColumns.Cell(answer, row.Contacts.Contains(key));
    }
}
