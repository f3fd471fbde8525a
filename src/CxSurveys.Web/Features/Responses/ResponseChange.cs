using System.Buffers.Text;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Responses;

/// <summary>What became of a change.</summary>
public enum Change
{
    Done,

    /// <summary>There is no such response.</summary>
    Unknown,

    /// <summary>Another change came first: nothing was changed by this one.</summary>
    Overtaken,
}

/// <summary>Replaces the answers of a stored response, and moves its cells with them.</summary>
internal sealed class ResponseChange(CxDbContext db, SurveyCatalog surveys, AnswerPlaces places, TimeProvider clock)
{
    /// <summary>By which a change is known to be based on what is stored.</summary>
    public static string Stamp(Response response) => Base64Url.EncodeToString(response.AnswersHash.AsSpan(0, 12));

    /// <summary>The row lock makes two changes wait for each other. A scale question without an answer keeps the one it has: a comment never erases a score.</summary>
    /// <param name="seen">The stamp of the answers it replaces; null = whatever is stored.</param>
    public async Task<Change> RunAsync(Guid id, IReadOnlyList<NewAnswer> answers, string? seen, CancellationToken ct)
    {
        // The version never changes, so it is looked up before: inside, it could wait for a connection while holding one.
        if (await db.Set<Response>().Where(r => r.Id == id).Select(r => new { r.VersionId, r.TouchpointId }).SingleOrDefaultAsync(ct) is not { } asked) return Change.Unknown;
        var version = (await surveys.VersionAsync(asked.VersionId, ct))!;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var response = await db.Set<Response>().FromSql($"select * from response where id = {id} for update").SingleAsync(ct);
        if (seen is not null && seen != Stamp(response)) return Change.Overtaken;

        IReadOnlyList<NewAnswer> all = [.. answers, .. await KeptAsync(id, answers, ct)];
        var rows = new AnswerRows();
        await places.AddAsync(rows, id, version, asked.TouchpointId, all, ct);
        await CellStore.AppendAsync(db, [id], sign: -1, ct);
        await ReplaceAsync(id, rows, ct);
        response.AnswersHash = ContentHash.OfAnswers(version, all);
        response.Flags = response.Flags & ~FlagNames.OfAnswers | AnswerQuality.Of(version, all);
        response.ChangedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        await CellStore.AppendAsync(db, [id], sign: 1, ct);
        await transaction.CommitAsync(ct);
        return Change.Done;
    }

    async Task<IReadOnlyList<NewAnswer>> KeptAsync(Guid id, IReadOnlyList<NewAnswer> answers, CancellationToken ct)
    {
        var given = answers.Select(a => a.QuestionId).ToArray();
        var kept = await db.Set<Answer>().Where(a => a.ResponseId == id && a.Value > ScaleValue.NotShown && !given.Contains(a.QuestionId))
            .Select(a => new { a.QuestionId, a.Value }).ToListAsync(ct);
        return [.. kept.Select(a => new NewAnswer(a.QuestionId, a.Value))];
    }

    // A text or choice that is no longer there loses its row.
    async Task ReplaceAsync(Guid id, AnswerRows given, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"""
            delete from answer a using question q
            where a.response_id = {id} and q.id = a.question_id and q.metric_key is null and a.question_id <> all({given.Questions})
            """, ct);
        await db.Database.ExecuteSqlAsync($"""
            update answer a set value = (select v.value from scale_value v where v.question_id = g.question_id and v.value = g.value)
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
        await db.Database.ExecuteSqlAsync($"insert into outbox (type, subject_ids, happened_at) values ('response.changed', array[{id}], {clock.GetUtcNow()})", ct);
    }
}
