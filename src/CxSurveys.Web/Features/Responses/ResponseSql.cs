using CxSurveys.Web.Features.Scores;
using Npgsql;

namespace CxSurveys.Web.Features.Responses;

/// <summary>
/// The statements that store a batch, its rows as arrays. They travel together, prepared, and are one transaction that ends with
/// them: PostgreSQL commits at the end of what was sent at once.
/// </summary>
internal static class ResponseSql
{
    // Statements of their own before the responses': what another transaction has committed meanwhile, a person or a recount,
    // is in the next statement's snapshot. Sorted, so that writers lock in one order.
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

    // A known id adds nothing, nor does an invitation's that was not checked as one.
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
        ), answered as (
            insert into answer (response_id, question_id, place_id, submitted_at, segment_id, person_id, value, text, options)
            select s.id, g.question_id, g.place_id, s.submitted_at, s.segment_id, s.person_id, g.value, g.text, string_to_array(g.options, ',')
            from unnest($12::uuid[], $13::int[], $14::int[], $15::smallint[], $16::text[], $17::text[])
                as g(response_id, question_id, place_id, value, text, options)
            join stored s on s.id = g.response_id
            returning response_id, question_id, place_id, submitted_at, segment_id, value
        ), scored as (
            select a.question_id, a.place_id, a.segment_id, (a.submitted_at at time zone o.cells_time_zone)::date as day, a.value
            from answered a join stored s on s.id = a.response_id cross join organisation o
            where s.state = 0 and a.value is not null
        ), counted as (
            {CellStore.AddFrom("scored")}
        ), told as (
            insert into outbox (type, subject_id, happened_at) select 'response.stored', id, $11 from stored order by id
        ), marked as (
            update invitation i set answered_at = $11 from stored s where i.id = s.id and i.answered_at is null
        )
        select id from stored
        """;

    /// <summary>Stores the responses, sorted by id, that are new; their ids.</summary>
    public static async Task<HashSet<Guid>> AddAsync(NpgsqlConnection connection, NewResponse[] batch, int[] segments, byte[][] answersHashes, short[] flags, AnswerRows answers, DateTimeOffset now, CancellationToken ct)
    {
        await using var statements = new NpgsqlBatch(connection) { BatchCommands = { CellLock.Shared() } };
        NewResponse[] named = [.. batch.Where(r => r.Customer is not null)];
        if (named.Length > 0) statements.BatchCommands.Add(People(named));
        statements.BatchCommands.Add(Responses(batch, segments, answersHashes, flags, answers, now.UtcDateTime));
        await statements.PrepareAsync(ct);

        var stored = new HashSet<Guid>(batch.Length);
        await using var reader = await statements.ExecuteReaderAsync(ct);
        // The lock's own result comes first.
        await reader.NextResultAsync(ct);
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

    static NpgsqlBatchCommand Responses(NewResponse[] batch, int[] segments, byte[][] answersHashes, short[] flags, AnswerRows answers, DateTime now) => new(AddResponses)
    {
        Parameters =
        {
            Of(Array.ConvertAll(batch, r => r.Id)),
            Of(Array.ConvertAll(batch, r => r.VersionId)),
            Of(Array.ConvertAll(batch, r => r.TouchpointId)),
            Of(Array.ConvertAll(batch, r => r.Customer?.Id)),
            Of(segments),
            Of(Array.ConvertAll(batch, r => r.SubmittedAt.UtcDateTime)),
            Of(Array.ConvertAll(batch, r => (short)r.State)),
            Of(Array.ConvertAll(batch, r => r.ContextHash)),
            Of(answersHashes),
            Of(Array.ConvertAll(batch, r => r.IsInvited)),
            Of(now),
            Of(answers.Responses),
            Of(answers.Questions),
            Of(answers.Places),
            Of(answers.Values),
            Of(answers.Texts),
            Of(answers.Options),
            Of(flags),
        },
    };

    static NpgsqlParameter<T> Of<T>(T value) => new() { TypedValue = value };
}
