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
    /// <param name="id">The response's.</param>
    /// <param name="answers">The new ones.</param>
    /// <param name="seen">The stamp of the answers it replaces; null = whatever is stored.</param>
    /// <param name="shown">The questions, by id, that the sender had before them; null = all.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Change> RunAsync(Guid id, IReadOnlyList<NewAnswer> answers, string? seen, IReadOnlySet<int>? shown, CancellationToken ct)
    {
        // Version and segment never change, so they are looked up before: inside, it could wait for a connection while holding one.
        if (await db.Set<Response>().Where(r => r.Id == id).Select(r => new { r.VersionId, r.TouchpointId, r.SegmentId }).SingleOrDefaultAsync(ct) is not { } asked) return Change.Unknown;
        var segment = (await db.Set<Segment>().AsNoTracking().SingleAsync(s => s.Id == asked.SegmentId, ct)).Key;
        var version = (await surveys.VersionAsync(asked.VersionId, ct))!;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var response = await db.Set<Response>().FromSql($"select * from response where id = {id} for update").SingleAsync(ct);
        if (seen is not null && seen != Stamp(response)) return Change.Overtaken;

        IReadOnlyList<NewAnswer> all = Asked(version, [.. answers, .. await KeptAsync(id, answers, shown, ct)], segment);
        var rows = new AnswerRows();
        await places.AddAsync(rows, id, version, asked.TouchpointId, all, segment, ct);
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

    // What a change hides is not there any more: kept, it would be counted though nobody was asked.
    static List<NewAnswer> Asked(PublishedVersion version, List<NewAnswer> answers, SegmentKey segment)
    {
        var shown = ShownQuestions.Of(version, answers, segment);
        return [.. version.Questions.Where(q => shown[q.Position]).Select(q => ShownQuestions.Find(answers, q.Id)).OfType<NewAnswer>()];
    }

    async Task<IReadOnlyList<NewAnswer>> KeptAsync(Guid id, IReadOnlyList<NewAnswer> answers, IReadOnlySet<int>? shown, CancellationToken ct)
    {
        var given = answers.Select(a => a.QuestionId).ToArray();
        var stored = await db.Set<Answer>().AsNoTracking().Where(a => a.ResponseId == id && !given.Contains(a.QuestionId)).ToListAsync(ct);
        return [.. stored.Where(a => a.IsAnswered && (a.Value is not null || shown?.Contains(a.QuestionId) == false))
            .Select(a => new NewAnswer(a.QuestionId, a.Value, a.Text, a.Options, a.Reach))];
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
            where a.response_id = {id} and a.question_id = g.question_id and g.value is not null and a.value <> g.value
            """, ct);
        await db.Database.ExecuteSqlAsync($"""
            insert into answer (response_id, question_id, place_id, submitted_at, segment_id, person_id, value, text, options, reach)
            select r.id, g.question_id, g.place_id, r.submitted_at, r.segment_id, case when r.state = 0 then r.person_id end, null, g.text, string_to_array(g.options, ','), g.reach
            from response r cross join unnest({given.Questions}, {given.Places}, {given.Texts}, {given.Options}, {given.Reaches}) as g(question_id, place_id, text, options, reach)
            where r.id = {id} and (g.text is not null or g.options is not null)
            on conflict (response_id, question_id) do update set text = excluded.text, options = excluded.options, reach = excluded.reach
            """, ct);
        await db.Database.ExecuteSqlAsync($"insert into outbox (type, subject_ids, happened_at) values ('response.changed', array[{id}], {clock.GetUtcNow()})", ct);
    }
}
