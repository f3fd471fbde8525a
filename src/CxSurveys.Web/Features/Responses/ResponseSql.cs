using CxSurveys.Web.Features.Scores;
using Npgsql;

namespace CxSurveys.Web.Features.Responses;

/// <summary>
/// The statements that store a batch, its rows as arrays. They travel together, prepared, and are one transaction that ends with
/// them: PostgreSQL commits at the end of what was sent at once.
/// </summary>
internal static class ResponseSql
{
    // A statement of its own before the responses': a person whom another transaction has added meanwhile is in the next statement's snapshot.
    // Sorted, so that writers lock in one order.
    const string AddPeople = """
        insert into person as p (key, email, name, language)
        select i.key, max(i.email), max(i.name), max(i.language)
        from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[]) as i(id, key, email, name, language, is_invited)
        where not exists (select from response r where r.id = i.id) and (i.is_invited or not exists (select from invitation v where v.id = i.id))
        group by i.key order by i.key
        on conflict (key) do update
        set email = coalesce(excluded.email, p.email), name = coalesce(excluded.name, p.name), language = coalesce(excluded.language, p.language)
        where (coalesce(excluded.email, p.email), coalesce(excluded.name, p.name), coalesce(excluded.language, p.language))
            is distinct from (p.email, p.name, p.language)
        """;

    // Others are told of what counts and, apart from it, of what is kept apart until somebody releases it; of a test nobody is.
    // A known id adds nothing, nor does an invitation's that was not checked as one. A value outside the scale is none, and the table refuses the row.
    static readonly string AddResponses = $"""
        with stored as (
            insert into response (id, version_id, touchpoint_id, person_id, segment_id, submitted_at, received_at, state, flags, context_hash, answers_hash)
            select i.id, i.version_id, i.touchpoint_id, p.id, i.segment_id, i.submitted_at, $11, i.state, i.flags, i.context_hash, i.answers_hash
            from unnest($1::uuid[], $2::int[], $3::int[], $4::text[], $5::int[], $6::timestamptz[], $7::smallint[], $8::bytea[], $9::bytea[], $10::boolean[], $18::smallint[])
                as i(id, version_id, touchpoint_id, customer, segment_id, submitted_at, state, context_hash, answers_hash, is_invited, flags)
            left join person p on p.key = i.customer
            where i.is_invited or not exists (select from invitation v where v.id = i.id)
            order by i.id
            on conflict (id) do nothing
            returning id, case when state = 0 then person_id end as person_id, segment_id, submitted_at, state
        ), given as materialized (
            select s.id as response_id, g.question_id, g.place_id, s.submitted_at, s.segment_id, s.person_id, s.state, g.text, g.options, g.reach,
                (select v.value from scale_value v where v.question_id = g.question_id and v.value = g.value) as value
            from unnest($12::uuid[], $13::int[], $14::int[], $15::smallint[], $16::text[], $17::text[], $19::text[])
                as g(response_id, question_id, place_id, value, text, options, reach)
            join stored s on s.id = g.response_id
        ), answered as (
            insert into answer (response_id, question_id, place_id, submitted_at, segment_id, person_id, value, text, options, reach)
            select response_id, question_id, place_id, submitted_at, segment_id, person_id, value, text, string_to_array(options, ','), reach from given
        ), scored as (
            select question_id, place_id, segment_id, submitted_at, value, person_id from given where state = 0 and value is not null
        ), counted as (
            {CellStore.AppendFrom("scored")}
        ), told as (
            insert into outbox (type, subject_ids, happened_at)
            select case state when 0 then 'response.stored' else 'response.quarantined' end, array_agg(id order by id), $11 from stored where state <> 1 group by state
        ), marked as (
            update invitation i set answered_at = $11 from stored s where i.id = s.id and i.answered_at is null
        )
        select id from stored
        """;

    /// <summary>Stores the responses, sorted by id, that are new; their ids.</summary>
    public static async Task<HashSet<Guid>> AddAsync(NpgsqlConnection connection, NewResponse[] batch, int[] segments, AnswerRows answers, DateTimeOffset now, CancellationToken ct)
    {
        await using var statements = new NpgsqlBatch(connection);
        NewResponse[] named = [.. batch.Where(r => r.Customer is not null)];
        if (named.Length > 0) statements.BatchCommands.Add(People(named));
        statements.BatchCommands.Add(Responses(batch, segments, answers, now.UtcDateTime));
        await statements.PrepareAsync(ct);

        var stored = new HashSet<Guid>(batch.Length);
        await using var reader = await statements.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) stored.Add(reader.GetGuid(0));
        return stored;
    }

    static NpgsqlBatchCommand People(NewResponse[] named) => new(AddPeople)
    {
        Parameters =
        {
            Of(Array.ConvertAll(named, r => r.Id)),
            Of(Array.ConvertAll(named, r => r.Customer!.Id)),
            Of(Array.ConvertAll(named, r => r.Customer!.Email)),
            Of(Array.ConvertAll(named, r => r.Customer!.Name)),
            Of(Array.ConvertAll(named, r => r.Customer!.Language)),
            Of(Array.ConvertAll(named, r => r.IsInvited)),
        },
    };

    static NpgsqlBatchCommand Responses(NewResponse[] batch, int[] segments, AnswerRows answers, DateTime now) => new(AddResponses)
    {
        Parameters =
        {
            Of(Array.ConvertAll(batch, r => r.Id)),
            Of(Array.ConvertAll(batch, r => r.Version.Id)),
            Of(Array.ConvertAll(batch, r => r.TouchpointId)),
            Of(Array.ConvertAll(batch, r => r.Customer?.Id)),
            Of(segments),
            Of(Array.ConvertAll(batch, r => r.SubmittedAt.UtcDateTime)),
            Of(Array.ConvertAll(batch, r => (short)r.State)),
            Of(Array.ConvertAll(batch, r => r.ContextHash)),
            Of(Array.ConvertAll(batch, r => r.AnswersHash)),
            Of(Array.ConvertAll(batch, r => r.IsInvited)),
            Of(now),
            Of(answers.Responses),
            Of(answers.Questions),
            Of(answers.Places),
            Of(answers.Values),
            Of(answers.Texts),
            Of(answers.Options),
            Of(Array.ConvertAll(batch, r => (short)(r.Flags | AnswerQuality.Of(r.Version, r.Answers)))),
            Of(answers.Reaches),
        },
    };

    static NpgsqlParameter<T> Of<T>(T value) => new() { TypedValue = value };
}
