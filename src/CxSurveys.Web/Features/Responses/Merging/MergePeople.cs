using CxSurveys.Web.Data;
using CxSurveys.Web.Features.People;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Responses.Merging;

/// <summary>
/// Makes one person of two: what the second was asked, answered and told is the first one's from then on. Kept here, because it writes
/// whose answers are whose. No cell changes: cells count answers, not people.
/// </summary>
public sealed class MergePeople(CxDbContext db, TimeProvider clock)
{
    /// <returns>False when one of them is no more.</returns>
    public async Task<bool> RunAsync(long keep, long drop, CancellationToken ct)
    {
        if (keep == drop) return false;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Waits for answers of theirs that are being stored, and lets no new one in between.
        long[] both = [keep, drop];
        var found = await db.Set<Person>().FromSql($"select * from person where id = any({both}) order by key for update").AsNoTracking().ToListAsync(ct);
        if (found.Count < 2) return false;

        await MoveAnswersAsync(keep, drop, ct);
        await MoveRestAsync(keep, drop, ct);
        await MoveFieldsAsync(keep, drop, ct);
        await db.Set<Person>().Where(p => p.Id == drop).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    async Task MoveAnswersAsync(long keep, long drop, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"update answer a set person_id = {keep} from response r where r.person_id = {drop} and a.response_id = r.id and a.person_id is not null", ct);
        await db.Database.ExecuteSqlAsync($"update response set person_id = {keep} where person_id = {drop}", ct);
    }

    async Task MoveRestAsync(long keep, long drop, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"update invitation set person_id = {keep} where person_id = {drop}", ct);
        await db.Database.ExecuteSqlAsync($"update planned_ask set person_id = {keep} where person_id = {drop}", ct);
        await db.Database.ExecuteSqlAsync($"update customer_event set person_id = {keep} where person_id = {drop}", ct);
        await db.Database.ExecuteSqlAsync($"update consent_change set person_id = {keep} where person_id = {drop}", ct);
    }

    /// <summary>What the first one lacks; of a wish not to be asked and a refused consent either one's holds.</summary>
    async Task MoveFieldsAsync(long keep, long drop, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"""
            insert into consent_change (person_id, channel, given, at, source)
            select k.id, {ConsentChange.Email}, false, {clock.GetUtcNow()}, 'merged with ' || d.key
            from person k, person d where k.id = {keep} and d.id = {drop} and d.email_consent = false and k.email_consent is distinct from false
            """, ct);
        await db.Database.ExecuteSqlAsync($"""
            update person k set email = coalesce(k.email, d.email), name = coalesce(k.name, d.name), language = coalesce(k.language, d.language), time_zone = coalesce(k.time_zone, d.time_zone),
                email_consent = case when k.email_consent = false or d.email_consent = false then false else coalesce(k.email_consent, d.email_consent) end,
                opted_out_at = least(k.opted_out_at, d.opted_out_at),
                attributes = case when (select count(*) from jsonb_object_keys(d.attributes || k.attributes)) <= {PostedPerson.MaxAttributes} then d.attributes || k.attributes else k.attributes end
            from person d where k.id = {keep} and d.id = {drop}
            """, ct);
    }
}
