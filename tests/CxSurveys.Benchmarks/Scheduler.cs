namespace CxSurveys.Benchmarks;

/// <summary>How long the scheduler takes over those who are due, among few and among many who are not.</summary>
internal static class Scheduler
{
    const double BoundMilliseconds = 1000;

    public static async Task<int> RunAsync(int due, int many, CancellationToken ct)
    {
        var table = new Table("people known", "due", "ticks", "median ms", "99 of 100 ms", "longest ms", "decided a second");
        var few = await MeasureAsync(table, due, due, ct);
        var all = await MeasureAsync(table, many, due, ct);
        table.Promise(all[^1] < BoundMilliseconds, $"with {many} people and {due} due, the longest tick takes less than {BoundMilliseconds:0} ms");
        table.Promise(Percentile.Of(all, 0.5) < 1.5 * Percentile.Of(few, 0.5), $"a tick takes no longer when {many - due} more people are known who are not due (medians, half as much more allowed)");
        return table.Print();
    }

    static async Task<double[]> MeasureAsync(Table table, int people, int due, CancellationToken ct)
    {
        using var folder = new AppFolder();
        string key = await folder.CreateKeyAsync(ct);
        await using var app = await folder.StartAsync(ct);
        using var client = app.Client(key);
        await SmallSurvey.PublishAsync(client, ct);
        await using var database = Database.Of(folder);
        await FillAsync(database, people, ct);
        await database.RunAsync($"""
            insert into planned_ask (id, rule_id, person_id, wanted_at, due_at, created_at)
            select gen_random_uuid(), (select min(id) from sending_rule), id, now() - interval '1 minute', now() - interval '1 minute', now()
            from (select id, row_number() over (order by id) as n from person) p where n % {people / due} = 0
            """, ct);
        while (await database.ReadAsync<bool>("select exists (select from planned_ask)", ct)) await Task.Delay(500, ct);

        // All that one tick decides bears the moment at which it began; the last one's end is not seen.
        var begins = new List<DateTime>();
        await database.ReadAsync("select distinct created_at from invitation where rule_id is not null order by 1", row => begins.Add(row.GetDateTime(0)), ct);
        double[] ticks = [.. begins.Zip(begins.Skip(1), (a, b) => (b - a).TotalMilliseconds).Order()];
        long asked = await database.ReadAsync<long>("select count(*) from invitation where not_sent is null", ct);
        if (asked != due) throw new InvalidOperationException($"{asked} were asked, {due} were due.");
        table.Add(people, due, ticks.Length, Percentile.Of(ticks, 0.5), Percentile.Of(ticks, 0.99), ticks[^1], due / (begins[^1] - begins[0]).TotalSeconds);
        return ticks;
    }

    // Everybody has a past: half of them were asked half a year ago.
    static async Task FillAsync(Database database, int people, CancellationToken ct)
    {
        await database.RunAsync($"""
            insert into person (key, email, attributes)
            select 'c-' || n, 'c-' || n || '@example.com', jsonb_build_object('country', (array['ID', 'TH', 'MY'])[1 + n % 3]) from generate_series(1, {people}) n;
            insert into sending_rule (name, is_on, event_type, only_first, delay, delay_unit, cancelled_by, at_time, conditions, survey_id, sample_percent, priority, late_days, created_at)
            select 'Benchmark', true, 'order.delivered', false, 1, 1, array[]::text[], '10:00', '[]', id, 100, 0, 7, now() from survey;
            insert into invitation (id, survey_id, version_id, person_id, attributes, created_at, send_at, not_sent)
            select gen_random_uuid(), s.id, s.current_version_id, p.id, p.attributes, now() - interval '180 days', now() - interval '180 days', 9
            from person p, survey s where p.id % 2 = 0
            """, ct);
        await database.RunAsync("vacuum analyze", ct);
    }
}
