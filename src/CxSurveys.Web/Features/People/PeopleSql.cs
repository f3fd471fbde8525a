using System.Text.Json;
using CxSurveys.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.People;

/// <summary>What became of a person that was sent.</summary>
internal enum Upsert
{
    Stored,

    /// <summary>All of it was known already.</summary>
    Unchanged,

    /// <summary>With those known already there would be too many; nothing was stored.</summary>
    TooManyAttributes,
}

/// <summary>The statement that writes people. A batch goes in as arrays, one statement for all its rows.</summary>
internal static class PeopleSql
{
    /// <summary>
    /// Adds and updates people; the same id may stand in the batch more than once, and then counts in the order given.
    /// An opt-out is no column of this statement, so nothing that is sent can undo one.
    /// </summary>
    public static async Task<Upsert[]> UpsertAsync(CxDbContext db, IReadOnlyList<PostedPerson> people, Origin origin, CancellationToken ct)
    {
        var outcomes = new Upsert[people.Count];
        // A caller may be in the middle of a transaction of its own.
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        foreach (var round in Rounds(people)) await UpsertOnceAsync(db, people, round, origin, outcomes, ct);
        if (transaction is not null) await transaction.CommitAsync(ct);
        return outcomes;
    }

    // A statement may touch a row only once: the second row of an id goes into a second statement, which locks no new row.
    static List<List<int>> Rounds(IReadOnlyList<PostedPerson> people)
    {
        var rounds = new List<List<int>>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < people.Count; i++)
        {
            int round = seen[people[i].Id] = seen.GetValueOrDefault(people[i].Id, -1) + 1;
            if (round == rounds.Count) rounds.Add([]);
            rounds[round].Add(i);
        }
        return rounds;
    }

    static async Task UpsertOnceAsync(CxDbContext db, IReadOnlyList<PostedPerson> people, List<int> round, Origin origin, Upsert[] outcomes, CancellationToken ct)
    {
        var rows = round.ConvertAll(i => people[i]);
        string[] keys = [.. rows.Select(p => p.Id)], attributes = [.. rows.Select(p => JsonSerializer.Serialize(p.AllAttributes()))];
        var stored = await StoreAsync(db, rows, keys, attributes, origin, ct);
        HashSet<string> tooMany = stored.Count == rows.Count ? [] : await TooManyAsync(db, keys, attributes, ct);
        foreach (int i in round)
            outcomes[i] = stored.Contains(people[i].Id) ? Upsert.Stored : tooMany.Contains(people[i].Id) ? Upsert.TooManyAttributes : Upsert.Unchanged;
    }

    // A consent that changes leaves its proof in the same statement.
    // Sorted, like every writer of people, so that two of them lock rows in one order.
    static Task<HashSet<string>> StoreAsync(CxDbContext db, List<PostedPerson> rows, string[] keys, string[] attributes, Origin origin, CancellationToken ct)
    {
        string?[] emails = [.. rows.Select(p => p.Email)], names = [.. rows.Select(p => p.Name)];
        string?[] languages = [.. rows.Select(p => p.Language)], zones = [.. rows.Select(p => p.TimeZone)];
        bool?[] consents = [.. rows.Select(p => p.Consent)];
        return db.Database.SqlQuery<string>($"""
            with before as (
                select key, email_consent from person where key = any({keys})
            ), stored as (
                insert into person as p (key, email, name, language, time_zone, email_consent, attributes)
                select i.key, i.email, i.name, i.language, i.time_zone, i.email_consent, i.attributes::jsonb
                from unnest({keys}, {emails}, {names}, {languages}, {zones}, {consents}, {attributes})
                    as i(key, email, name, language, time_zone, email_consent, attributes)
                order by i.key
                on conflict (key) do update
                set email = coalesce(excluded.email, p.email), name = coalesce(excluded.name, p.name), language = coalesce(excluded.language, p.language),
                    time_zone = coalesce(excluded.time_zone, p.time_zone), email_consent = coalesce(excluded.email_consent, p.email_consent),
                    attributes = p.attributes || excluded.attributes
                where (coalesce(excluded.email, p.email), coalesce(excluded.name, p.name), coalesce(excluded.language, p.language),
                        coalesce(excluded.time_zone, p.time_zone), coalesce(excluded.email_consent, p.email_consent), p.attributes || excluded.attributes)
                        is distinct from (p.email, p.name, p.language, p.time_zone, p.email_consent, p.attributes)
                    and (select count(*) from jsonb_object_keys(p.attributes || excluded.attributes)) <= {PostedPerson.MaxAttributes}
                returning p.id, p.key, p.email_consent
            ), consent as (
                insert into consent_change (person_id, channel, given, at, source)
                select s.id, {ConsentChange.Email}, s.email_consent, {origin.At}, {origin.Source}
                from stored s left join before b on b.key = s.key where s.email_consent is distinct from b.email_consent
            )
            select key as "Value" from stored
            """).ToHashSetAsync(StringComparer.Ordinal, ct);
    }

    static Task<HashSet<string>> TooManyAsync(CxDbContext db, string[] keys, string[] attributes, CancellationToken ct) =>
        db.Database.SqlQuery<string>($"""
            select p.key as "Value" from unnest({keys}, {attributes}) as i(key, attributes) join person p on p.key = i.key
            where (select count(*) from jsonb_object_keys(p.attributes || i.attributes::jsonb)) > {PostedPerson.MaxAttributes}
            """).ToHashSetAsync(StringComparer.Ordinal, ct);
}
