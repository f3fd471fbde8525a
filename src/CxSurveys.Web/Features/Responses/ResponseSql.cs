using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Responses;

/// <summary>The statements that write answers. A batch goes in as arrays, one statement for all its rows.</summary>
internal static class ResponseSql
{
    /// <summary>
    /// Customers of the responses that are new. A statement of its own before the responses': a person that another
    /// transaction adds meanwhile is found by the next statement's snapshot. Sorted, so that writers lock in one order.
    /// </summary>
    public static async Task AddPeopleAsync(CxDbContext db, NewResponse[] batch, CancellationToken ct)
    {
        var named = batch.Where(r => r.Customer is not null).ToArray();
        if (named.Length == 0) return;
        var ids = named.Select(r => r.Id).ToArray();
        var keys = named.Select(r => r.Customer!.Id).ToArray();
        var emails = named.Select(r => r.Customer!.Email).ToArray();
        var names = named.Select(r => r.Customer!.Name).ToArray();
        var languages = named.Select(r => r.Customer!.Language).ToArray();
        await db.Database.ExecuteSqlAsync($"""
            insert into person as p (key, email, name, language)
            select i.key, max(i.email), max(i.name), max(i.language)
            from unnest({ids}, {keys}, {emails}, {names}, {languages}) as i(id, key, email, name, language)
            where not exists (select from response r where r.id = i.id)
            group by i.key order by i.key
            on conflict (key) do update
            set email = coalesce(excluded.email, p.email), name = coalesce(excluded.name, p.name), language = coalesce(excluded.language, p.language)
            where (coalesce(excluded.email, p.email), coalesce(excluded.name, p.name), coalesce(excluded.language, p.language))
                is distinct from (p.email, p.name, p.language)
            """, ct);
    }

    /// <summary>
    /// Responses with their answers and outbox rows; a known id adds nothing. Returns the ids that were new. The place of
    /// each answer is looked up here, in the same snapshot, and stays with it. A scale question without an answer is stored as skipped.
    /// </summary>
    public static Task<Guid[]> AddAsync(CxDbContext db, NewResponse[] batch, int[] segments, byte[][] answersHashes, DateTimeOffset now, CancellationToken ct)
    {
        var ids = batch.Select(r => r.Id).ToArray();
        var versions = batch.Select(r => r.VersionId).ToArray();
        var touchpoints = batch.Select(r => r.TouchpointId).ToArray();
        var customers = batch.Select(r => r.Customer?.Id).ToArray();
        var submitted = batch.Select(r => r.SubmittedAt).ToArray();
        var states = batch.Select(r => (short)r.State).ToArray();
        var contextHashes = batch.Select(r => r.ContextHash).ToArray();
        var given = new GivenAnswers([.. batch.SelectMany(r => r.Answers, (r, a) => (r.Id, a))]);
        return db.Database.SqlQuery<Guid>($"""
            with stored as (
                insert into response (id, version_id, touchpoint_id, person_id, segment_id, submitted_at, received_at, state, context_hash, answers_hash)
                select i.id, i.version_id, i.touchpoint_id, p.id, i.segment_id, i.submitted_at, {now}, i.state, i.context_hash, i.answers_hash
                from unnest({ids}, {versions}, {touchpoints}, {customers}, {segments}, {submitted}, {states}, {contextHashes}, {answersHashes})
                    as i(id, version_id, touchpoint_id, customer, segment_id, submitted_at, state, context_hash, answers_hash)
                left join person p on p.key = i.customer
                order by i.id
                on conflict (id) do nothing
                returning id, version_id, touchpoint_id, case when state = 0 then person_id end as person_id, segment_id, submitted_at
            ), asked as materialized (
                select q.id as question_id, q.version_id, q.metric_key is not null as is_scale, t.touchpoint_id, answer_place(q.id, t.touchpoint_id) as place_id
                from (select distinct version_id, touchpoint_id from stored) t join question q using (version_id)
            ), answered as (
                insert into answer (response_id, question_id, place_id, submitted_at, segment_id, person_id, value, text, options)
                select s.id, k.question_id, k.place_id, s.submitted_at, s.segment_id, s.person_id, case when k.is_scale then coalesce(g.value, {ScaleValue.Skipped}) end, g.text, string_to_array(g.options, ',')
                from stored s
                join asked k on k.version_id = s.version_id and coalesce(k.touchpoint_id, 0) = coalesce(s.touchpoint_id, 0)
                left join unnest({given.Responses}, {given.Questions}, {given.Values}, {given.Texts}, {given.Options})
                    as g(response_id, question_id, value, text, options) on g.response_id = s.id and g.question_id = k.question_id
                where k.is_scale or g.question_id is not null
            ), told as (
                insert into outbox (type, subject_id, happened_at) select 'response.stored', id, {now} from stored order by id
            )
            select id as "Value" from stored
            """).ToArrayAsync(ct);
    }

    /// <summary>Overwrites the answers of one response; a scale question that is no longer answered becomes skipped, any other loses its row.</summary>
    public static async Task ReplaceAnswersAsync(CxDbContext db, Guid id, IReadOnlyList<NewAnswer> answers, DateTimeOffset now, CancellationToken ct)
    {
        var given = new GivenAnswers([.. answers.Select(a => (id, a))]);
        await db.Database.ExecuteSqlAsync($"""
            delete from answer a using question q
            where a.response_id = {id} and q.id = a.question_id and q.metric_key is null and a.question_id <> all({given.Questions})
            """, ct);
        await db.Database.ExecuteSqlAsync($"""
            update answer a set value = coalesce(g.value, {ScaleValue.Skipped})
            from question q left join unnest({given.Questions}, {given.Values}) as g(question_id, value) on g.question_id = q.id
            where a.response_id = {id} and q.id = a.question_id and q.metric_key is not null
                and a.value <> {ScaleValue.NotShown} and a.value is distinct from coalesce(g.value, {ScaleValue.Skipped})
            """, ct);
        await db.Database.ExecuteSqlAsync($"""
            insert into answer (response_id, question_id, place_id, submitted_at, segment_id, person_id, value, text, options)
            select r.id, g.question_id, answer_place(g.question_id, r.touchpoint_id), r.submitted_at, r.segment_id, case when r.state = 0 then r.person_id end, null, g.text, string_to_array(g.options, ',')
            from response r cross join unnest({given.Questions}, {given.Texts}, {given.Options}) as g(question_id, text, options)
            where r.id = {id} and (g.text is not null or g.options is not null)
            on conflict (response_id, question_id) do update set text = excluded.text, options = excluded.options
            """, ct);
        await db.Database.ExecuteSqlAsync($"insert into outbox (type, subject_id, happened_at) values ('response.changed', {id}, {now})", ct);
    }

    /// <summary>Answers as columns. Option keys hold no comma, so a list of them travels as one text.</summary>
    sealed class GivenAnswers((Guid Response, NewAnswer Answer)[] rows)
    {
        public Guid[] Responses { get; } = [.. rows.Select(r => r.Response)];
        public int[] Questions { get; } = [.. rows.Select(r => r.Answer.QuestionId)];
        public short?[] Values { get; } = [.. rows.Select(r => r.Answer.Value)];
        public string?[] Texts { get; } = [.. rows.Select(r => r.Answer.Text)];
        public string?[] Options { get; } = [.. rows.Select(r => r.Answer.Options is { } keys ? string.Join(',', keys) : null)];
    }
}
