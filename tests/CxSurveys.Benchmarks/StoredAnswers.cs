using System.Globalization;

namespace CxSurveys.Benchmarks;

/// <summary>
/// Answers written straight into the database: 20 touchpoints, 12 months, 200 combinations of attributes, and the same cells however many
/// answers there are. Of the responses 60 % name their customer, who answers about three times; a quarter has words.
/// </summary>
internal static class StoredAnswers
{
    public const int Touchpoints = 20, AnswersAResponse = 4, Segments = 200;

    /// <summary>A word in every third text, one in about 400 and one in about 40,000.</summary>
    public const string FrequentWord = "parcel", SeldomWord = "umbrella", RareWord = "quokka";

    const int Surveys = Touchpoints / AnswersAResponse, Stages = 5, Slots = 12_500, ResponsesAStatement = 250_000;

    public static async Task PublishAsync(HttpClient admin, CancellationToken ct)
    {
        await SmallSurvey.SendAsync(admin, HttpMethod.Put, "journey", Journey(), ct);
        for (int survey = 0; survey < Surveys; survey++)
        {
            await SmallSurvey.SendAsync(admin, HttpMethod.Put, $"surveys/survey-{survey}", Definition(survey), ct);
            await SmallSurvey.SendAsync(admin, HttpMethod.Post, $"surveys/survey-{survey}/publish", "{}", ct);
        }
    }

    /// <summary>Adds responses until there are <paramref name="answers"/> answers.</summary>
    /// <returns>Whether any were added: the cells are to be counted anew then.</returns>
    public static async Task<bool> FillAsync(Database database, int answers, CancellationToken ct)
    {
        await database.RunAsync(Helpers, ct);
        int had = (int)await database.ReadAsync<long>("select count(*) from response", ct), wanted = answers / AnswersAResponse;
        if (had >= wanted) return false;
        await database.RunAsync(string.Create(CultureInfo.InvariantCulture, $"insert into person (key) select 'c' || i from generate_series((select count(*) from person) + 1, {wanted / 5}) i"), ct);
        for (int from = had; from < wanted; from += ResponsesAStatement)
            await database.RunAsync(string.Create(CultureInfo.InvariantCulture, $"set session_replication_role = replica; call fill({from}, {Math.Min(wanted, from + ResponsesAStatement)}, {wanted / 5})"), ct);
        return true;
    }

    static string Journey()
    {
        var stages = Enumerable.Range(0, Stages).Select(s => $$"""{ "key": "stage-{{s}}", "name": "Stage {{s}}", "touchpoints": [ {{string.Join(", ", Enumerable.Range(0, Touchpoints).Where(t => t % Stages == s)
            .Select(t => $$"""{ "key": "touchpoint-{{t}}", "name": "Touchpoint {{t}}", "kind": "digital" }"""))}} ] }""");
        return $$"""{ "stages": [ {{string.Join(", ", stages)}} ] }""";
    }

    static string Definition(int survey)
    {
        var questions = Enumerable.Range(survey * AnswersAResponse, AnswersAResponse)
            .Select(t => $$"""{ "key": "q{{t}}", "kind": "csat", "text": { "en": "How satisfied are you with {{t}}?" }, "touchpoint": "touchpoint-{{t}}" }""")
            .Append("""{ "key": "why", "kind": "text", "text": { "en": "Why?" } }""");
        return $$"""{ "name": "Survey {{survey}}", "languages": ["en"], "questions": [ {{string.Join(", ", questions)}} ] }""";
    }

    // What a response is like depends on its slot, so that more responses add to the same cells; when, by whom and in which words, on its number.
    static readonly string Helpers = string.Create(CultureInfo.InvariantCulture, $$"""
        create or replace function dice(n bigint, seed bigint, sides int) returns int language sql immutable as
            $$ select (abs(hashint8extended(n, seed) % sides))::int $$;
        create or replace function syllables(n bigint, seed bigint) returns text language sql immutable as
            $$ select (array['ba','de','ki','lo','mu','na','pe','ri','so','tu','wa','ye'])[1 + dice(n, seed, 12)]
                || (array['ran','sel','tim','bor','dun','gal','hes','jin'])[1 + dice(n, seed + 1, 8)] || (array['','an','i','ka','lah'])[1 + dice(n, seed + 2, 5)] $$;
        insert into segment (attributes, language, channel, hash, part, part_ids)
        select jsonb_build_object('country', 'C' || i), null, null, 'c' || int4send(i), 'segment.country', '{}'::int[] from generate_series(0, 9) i
        union all select jsonb_build_object('plan', 'P' || i), null, null, 'p' || int4send(i), 'segment.plan', '{}' from generate_series(0, 3) i
        union all select '{}', (array['id','th','ms','ar','en'])[1 + i], null, 'l' || int4send(i), 'language', '{}' from generate_series(0, 4) i
        union all select '{}', null, 'email', 'e', 'channel', '{}' on conflict do nothing;
        insert into segment (attributes, language, channel, hash, part_ids)
        select jsonb_build_object('country', 'C' || i % 10, 'plan', 'P' || i / 10 % 4), (array['id','th','ms','ar','en'])[1 + i / 40], 'email', int4send(i),
               array(select id from segment where hash in ('c' || int4send(i % 10), 'p' || int4send(i / 10 % 4), 'l' || int4send(i / 40), 'e'))
        from generate_series(0, {{Segments - 1}}) i on conflict do nothing;
        create or replace procedure fill(first int, past int, customers int) language plpgsql as $$
        begin
            create temp table made as
            select md5('response ' || i)::uuid as id, i, slot, v.id as version_id, s.id as segment_id,
                   case when i % 5 < 3 then 1 + dice(i, 2, customers) end as person_id,
                   timestamptz '2025-01-01 00:00Z' + dice(slot, 3, 365) * interval '1 day' + dice(i, 4, 86400) * interval '1 second' as submitted_at
            from (select i, i % {{Slots}} as slot from generate_series(first, past - 1) i) n
            join (select v.id, row_number() over (order by v.survey_id) - 1 as n from survey_version v) v on v.n = slot % {{Surveys}}
            join (select id, row_number() over (order by id) - 1 as n from segment where cardinality(part_ids) > 0) s on s.n = dice(slot, 5, {{Segments}});
            insert into response (id, version_id, person_id, segment_id, submitted_at, received_at, state, context_hash, answers_hash)
            select id, version_id, person_id, segment_id, submitted_at, submitted_at, 0, '\x', '\x' from made order by submitted_at;
            insert into answer (response_id, question_id, place_id, submitted_at, segment_id, person_id, value, text)
            select m.id, q.id, q.place_id, m.submitted_at, m.segment_id, m.person_id,
                   case when q.metric_key is not null then 1 + dice(m.slot * 100 + q.position, 6, 5) end,
                   case when q.metric_key is null then syllables(m.i, 10) || ' ' || syllables(m.i, 20) || case when dice(m.i, 7, 3) = 0 then ' {{FrequentWord}} ' else ' ' end || syllables(m.i, 30)
                       || case when dice(m.i, 8, 400) = 0 then ' {{SeldomWord}} ' else ' ' end || syllables(m.i, 40) || case when dice(m.i, 9, 40000) = 0 then ' {{RareWord}}' else '' end end
            from made m join (select id, version_id, position, metric_key, coalesce((select p.id from place p where p.kind = 'Touchpoint' and p.touchpoint_id = q.touchpoint_id), 1) as place_id from question q offset 0) q using (version_id)
            where q.metric_key is not null or dice(m.i, 11, 4) = 0
            order by m.submitted_at;
            drop table made;
        end $$;
        """);
}
