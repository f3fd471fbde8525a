using System.Globalization;

namespace CxSurveys.Benchmarks;

/// <summary>
/// Attributes so rich that nearly each response has a combination of its own, as in the airport survey: of six attributes five have 2 to 12
/// values and one as many as there are responses. Read by one of them.
/// </summary>
internal static class RichAttributes
{
    const double Milliseconds = 500;
    const string Year = "from=2025-01-01&to=2026-01-01";

    static readonly (string Name, string Address)[] Questions =
    [
        ("filter by one attribute", $"api/v1/scores?kind=csat&touchpoint=room&{Year}&segment.country=C3"),
        ("group by one attribute", $"api/v1/scores?kind=csat&touchpoint=room&{Year}&by=segment.country"),
        ("filter by one, a month", "api/v1/scores?kind=csat&touchpoint=room&from=2025-03-01&to=2025-04-01&segment.country=C3"),
        ("group by one, a quarter", "api/v1/scores?kind=csat&touchpoint=room&from=2025-04-01&to=2025-07-01&by=segment.country"),
        ("no attribute", $"api/v1/scores?kind=csat&touchpoint=room&{Year}"),
    ];

    const int ResponsesAStatement = 250_000;

    // Four answers of five have a score at the touchpoint, all one about the journey: so many cells as there are answers.
    static readonly string Fill = """
        create or replace function dice(n bigint, seed bigint, sides int) returns int language sql immutable as
            $$ select (abs(hashint8extended(n, seed) % sides))::int $$;
        create or replace procedure fill(first int, past int) language plpgsql as $$
        begin
            create temp table combined as
            select jsonb_build_object('country', 'C' || dice(i, 1, 10), 'plan', 'P' || dice(i, 2, 4), 'age', 'A' || dice(i, 3, 7), 'visits', dice(i, 4, 12)::text, 'reason', 'R' || dice(i, 5, 5), 'flight', 'F' || i) as attributes,
                   (array['id','th','ms','ar','en'])[1 + dice(i, 6, 5)] as language, 'email' as channel, int4send(i) as hash
            from generate_series(first, past - 1) i;
            create temp table single as
            select c.hash as whole, jsonb_build_object(a.key, a.value) as attributes, null as language, null as channel, sha256(convert_to(a.key || '=' || a.value, 'UTF8')) as hash, 'segment.' || a.key as part
            from combined c, jsonb_each_text(c.attributes) a
            union all select hash, '{}', language, null, sha256(convert_to('language=' || language, 'UTF8')), 'language' from combined
            union all select hash, '{}', null, channel, sha256(convert_to('channel=' || channel, 'UTF8')), 'channel' from combined;
            insert into segment (attributes, language, channel, hash, part, part_ids)
            select distinct on (hash) attributes, language, channel, hash, part, '{}'::int[] from single on conflict do nothing;
            insert into segment (attributes, language, channel, hash, part_ids)
            select c.attributes, c.language, c.channel, c.hash, p.ids
            from combined c join (select single.whole, array_agg(s.id) as ids from single join segment s using (hash) group by 1) p on p.whole = c.hash;
            drop table combined, single;
            create temp table made as
            select md5('response ' || n)::uuid as id, n as i, s.id as segment_id, (select current_version_id from survey) as version_id,
                   timestamptz '2025-01-01 00:00Z' + dice(n, 7, 365) * interval '1 day' + dice(n, 8, 86400) * interval '1 second' as submitted_at
            from (select s.id, row_number() over (order by s.id) - 1 + first as n from segment s where cardinality(s.part_ids) > 0 and s.id > (select coalesce(max(segment_id), 0) from response)) s;
            insert into response (id, version_id, segment_id, submitted_at, received_at, state, context_hash, answers_hash)
            select id, version_id, segment_id, submitted_at, submitted_at, 0, '\x', '\x' from made;
            insert into answer (response_id, question_id, place_id, submitted_at, segment_id, value)
            select m.id, q.id, case when q.touchpoint_id is null then 2 else (select p.id from place p where p.touchpoint_id = q.touchpoint_id) end,
                   m.submitted_at, m.segment_id, case when q.max = 10 then dice(m.i, 9, 11) else 1 + dice(m.i, 10, 5) end
            from made m join question q on q.version_id = m.version_id and q.metric_key is not null
            where q.max = 10 or dice(m.i, 11, 5) > 0;
            drop table made;
        end $$;
        """;

    /// <param name="sizes">Numbers of responses, ascending.</param>
    /// <param name="times">How often each is read.</param>
    /// <param name="keptAt">Where the responses stay for the next run; null = nowhere.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<int> RunAsync(int[] sizes, int times, string? keptAt, CancellationToken ct)
    {
        using var folder = AppFolder.KeptAt(keptAt);
        string key = await folder.PrepareOnceAsync(async made =>
        {
            await using var app = await folder.StartAsync(ct);
            using var admin = app.Client(made);
            await SmallSurvey.PublishAsync(admin, ct);
        }, ct);
        var taken = new List<double[]>();
        foreach (int size in sizes) taken.Add(await AtAsync(folder, key, size, times, ct));

        var table = new Table(["median ms, by responses stored", .. sizes.Select(s => s.ToString("N0", CultureInfo.InvariantCulture))]);
        for (int i = 0; i < Questions.Length; i++)
        {
            table.Add([(FormattableString)$"{Questions[i].Name}", .. taken.Select(t => (IFormattable)t[i])]);
            table.Promise(taken[^1][i] < Milliseconds, $"{Questions[i].Name}: {taken[^1][i]:0} ms at {sizes[^1]:N0} responses, less than {Milliseconds:0} ms was wanted");
        }
        return table.Print();
    }

    static async Task<double[]> AtAsync(AppFolder folder, string key, int size, int times, CancellationToken ct)
    {
        await using var app = await folder.StartAsync(ct);
        await using var database = Database.Of(folder);
        await database.RunAsync(Fill, ct);
        bool added = false;
        for (long had; (had = await database.ReadAsync<long>("select count(*) from response", ct)) < size; added = true)
            await database.RunAsync(string.Create(CultureInfo.InvariantCulture, $"set session_replication_role = replica; call fill({had}, {Math.Min(size, had + ResponsesAStatement)})"), ct);
        if (added)
        {
            if ((await folder.RunAsync(["rebuild-scores"], ct)).ExitCode != 0) throw new InvalidOperationException("The cells were not counted.");
            await database.RunAsync("vacuum analyze", ct);
        }
        await Console.Error.WriteLineAsync($"{size} responses, {await database.ReadAsync<long>("select count(*) from cell", ct)} cells");

        using var client = app.Client(key);
        var medians = new double[Questions.Length];
        for (int i = 0; i < Questions.Length; i++) medians[i] = Percentile.Of(await Reading.MeasureAsync(client, Questions[i].Address, times, ct), 0.5);
        return medians;
    }
}
