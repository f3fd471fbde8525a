using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.People;

/// <summary>Finds and keeps people, for every feature that asks someone. What it returns is not tracked.</summary>
public sealed class PeopleDirectory(CxDbContext db, TimeProvider clock)
{
    public Task<Person?> FindAsync(string key, CancellationToken ct) =>
        TextRules.IsStorable(key) ? db.Set<Person>().AsNoTracking().SingleOrDefaultAsync(p => p.Key == key, ct) : Task.FromResult<Person?>(null);

    /// <summary>
    /// Adds a person or changes what is given of them; what is left out stays, an opt-out too. Safe beside another that adds the same.
    /// </summary>
    /// <param name="person">Passed <see cref="PostedPerson.Rules"/>.</param>
    /// <exception cref="BadHttpRequestException">With the known ones there would be too many attributes: a 400. The other overload names the field.</exception>
    public async Task<Person> AddOrUpdateAsync(PostedPerson person, CancellationToken ct) =>
        await AddOrUpdateAsync(person, new Errors(), "", ct) ?? throw new BadHttpRequestException(PostedPerson.TooMany);

    /// <inheritdoc cref="AddOrUpdateAsync(PostedPerson, CancellationToken)"/>
    /// <param name="errors">Told when there would be too many attributes.</param>
    /// <param name="path">Where the person stands in the request, with its dot: "customer."; or "".</param>
    /// <param name="source">Where it came from, for the proof of a consent.</param>
    /// <returns>Null when <paramref name="errors"/> say why nothing was stored.</returns>
    public async Task<Person?> AddOrUpdateAsync(PostedPerson person, Errors errors, string path, CancellationToken ct, string source = Origin.Api)
    {
        if (await PeopleSql.UpsertAsync(db, [person], new Origin(source, clock.GetUtcNow()), ct) is [Upsert.TooManyAttributes])
        {
            errors.Add(path + "attributes", PostedPerson.TooMany);
            return null;
        }
        return await db.Set<Person>().AsNoTracking().SingleAsync(p => p.Key == person.Id, ct);
    }

    /// <summary>From now on this person is not asked; once more changes nothing, the first instant stays.</summary>
    public Task OptOutAsync(long personId, CancellationToken ct, string source = Origin.OwnLink)
    {
        var now = clock.GetUtcNow();
        return db.Database.ExecuteSqlAsync($"""
            with changed as (update person set opted_out_at = {now} where id = {personId} and opted_out_at is null returning id)
            insert into consent_change (person_id, channel, given, at, source) select id, {ConsentChange.All}, false, {now}, {source} from changed
            """, ct);
    }

    /// <summary>Takes an opt-out back: only at the person's own wish.</summary>
    internal Task LetBackInAsync(long personId, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        with changed as (update person set opted_out_at = null where id = {personId} and opted_out_at is not null returning id)
        insert into consent_change (person_id, channel, given, at, source) select id, {ConsentChange.All}, true, {clock.GetUtcNow()}, {Origin.ByHand} from changed
        """, ct);
}
