using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Responses;

/// <summary>Replaces the answers of a stored response, and moves its cells with them.</summary>
internal sealed class ResponseChange(CxDbContext db, SurveyCatalog surveys, AnswerPlaces places, TimeProvider clock)
{
    /// <summary>The row lock makes two changes wait for each other; the later one stands. False when there is no such response.</summary>
    public async Task<bool> RunAsync(Guid id, IReadOnlyList<NewAnswer> answers, CancellationToken ct)
    {
        // The version never changes, so it is looked up before: inside, it could wait for a connection while holding one.
        if (await db.Set<Response>().Where(r => r.Id == id).Select(r => new { r.VersionId, r.TouchpointId }).SingleOrDefaultAsync(ct) is not { } asked) return false;
        var version = (await surveys.VersionAsync(asked.VersionId, ct))!;
        var rows = new AnswerRows();
        await places.AddAsync(rows, id, version, asked.TouchpointId, answers, ct);

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var response = await db.Set<Response>().FromSql($"select * from response where id = {id} for update").SingleAsync(ct);
        await CellStore.ApplyAsync(db, [id], sign: -1, ct);
        await ReplaceAsync(id, rows, ct);
        response.AnswersHash = ContentHash.OfAnswers(version, answers);
        response.ChangedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        await CellStore.ApplyAsync(db, [id], sign: 1, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    // A scale question that is no longer answered becomes skipped, any other loses its row.
    async Task ReplaceAsync(Guid id, AnswerRows given, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"""
            delete from answer a using question q
            where a.response_id = {id} and q.id = a.question_id and q.metric_key is null and a.question_id <> all({given.Questions})
            """, ct);
        await db.Database.ExecuteSqlAsync($"""
            update answer a set value = g.value
            from unnest({given.Questions}, {given.Values}) as g(question_id, value)
            where a.response_id = {id} and a.question_id = g.question_id and g.value is not null
                and a.value <> {ScaleValue.NotShown} and a.value <> g.value
            """, ct);
        await db.Database.ExecuteSqlAsync($"""
            insert into answer (response_id, question_id, place_id, submitted_at, segment_id, person_id, value, text, options)
            select r.id, g.question_id, g.place_id, r.submitted_at, r.segment_id, case when r.state = 0 then r.person_id end, null, g.text, string_to_array(g.options, ',')
            from response r cross join unnest({given.Questions}, {given.Places}, {given.Texts}, {given.Options}) as g(question_id, place_id, text, options)
            where r.id = {id} and (g.text is not null or g.options is not null)
            on conflict (response_id, question_id) do update set text = excluded.text, options = excluded.options
            """, ct);
        await db.Database.ExecuteSqlAsync($"insert into outbox (type, subject_id, happened_at) values ('response.changed', {id}, {clock.GetUtcNow()})", ct);
    }
}
