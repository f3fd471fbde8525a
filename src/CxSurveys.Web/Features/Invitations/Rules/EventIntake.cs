using System.Text.Json;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Platform;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Invitations.Rules;

/// <summary>What became of an event that was sent.</summary>
internal enum EventOutcome
{
    Stored,

    /// <summary>Its id is known; nothing was done again.</summary>
    Duplicate,

    UnknownCustomer,
    TooManyAttributes,
}

/// <summary>
/// Stores events and what the rules make of them in one transaction, under the locks of the people: an event is stored if and only if it
/// was looked at, once; of two that concern each other the later one sees the earlier, in whatever process and order they come.
/// </summary>
internal sealed class EventIntake(CxDbContext db, TimeProvider clock)
{
    sealed record Desk(DateTimeOffset Now, SendingHours Hours, List<SendingRule> Rules, Dictionary<long, Person> People, ILookup<long, CustomerEvent> Events, List<PlannedAsk> Planned, HashSet<(int Rule, long Person)> Decided);

    /// <param name="sent">Passed <see cref="PostedEvent.Rules"/>.</param>
    /// <returns>What became of each, in their order.</returns>
    public async Task<EventOutcome[]> StoreAsync(IReadOnlyList<PostedEvent> sent, CancellationToken ct)
    {
        var outcomes = new EventOutcome[sent.Count];
        await KnowPeopleAsync(sent, outcomes, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var people = await LockAsync(sent, ct);
        for (int i = 0; i < sent.Count; i++)
            if (outcomes[i] == EventOutcome.Stored && !people.ContainsKey(sent[i].Customer.Id)) outcomes[i] = EventOutcome.UnknownCustomer;

        var fresh = await InsertAsync([.. sent.Where((_, i) => outcomes[i] == EventOutcome.Stored)], people, ct);
        var news = new HashSet<string>(fresh.Select(e => e.Id), StringComparer.Ordinal);
        for (int i = 0; i < sent.Count; i++)
            if (outcomes[i] == EventOutcome.Stored && !news.Remove(sent[i].Id)) outcomes[i] = EventOutcome.Duplicate;
        if (fresh.Count > 0) await FollowAsync(fresh, people, ct);
        await transaction.CommitAsync(ct);
        db.ChangeTracker.Clear();
        return outcomes;
    }

    // A transaction of its own: under one that goes on to lock people, two batches could wait for each other.
    async Task KnowPeopleAsync(IReadOnlyList<PostedEvent> sent, EventOutcome[] outcomes, CancellationToken ct)
    {
        int[] telling = [.. Enumerable.Range(0, sent.Count).Where(i => !sent[i].Customer.IsIdAlone)];
        if (telling.Length == 0) return;
        var upserts = await PeopleSql.UpsertAsync(db, [.. telling.Select(i => sent[i].Customer)], new Origin(Origin.Event, clock.GetUtcNow()), ct);
        for (int k = 0; k < telling.Length; k++)
            if (upserts[k] == Upsert.TooManyAttributes) outcomes[telling[k]] = EventOutcome.TooManyAttributes;
    }

    async Task<Dictionary<string, Person>> LockAsync(IReadOnlyList<PostedEvent> sent, CancellationToken ct)
    {
        string[] keys = [.. sent.Select(e => e.Customer.Id).Distinct()];
        return (await db.Set<Person>().FromSql($"select * from person where key = any({keys}) order by key for no key update").AsNoTracking().ToListAsync(ct)).ToDictionary(p => p.Key, StringComparer.Ordinal);
    }

    async Task<List<CustomerEvent>> InsertAsync(List<PostedEvent> sent, Dictionary<string, Person> people, CancellationToken ct)
    {
        if (sent.Count == 0) return [];
        string[] ids = [.. sent.Select(e => e.Id)], types = [.. sent.Select(e => e.Type)], data = [.. sent.Select(e => e.Data is { ValueKind: JsonValueKind.Object } given ? given.GetRawText() : "{}")];
        long[] persons = [.. sent.Select(e => people[e.Customer.Id].Id)];
        DateTimeOffset[] times = [.. sent.Select(e => TextRules.Instant(e.OccurredAt)!.Value)];
        // Sorted, so that two batches with the same ids wait for each other in one order.
        return await db.Set<CustomerEvent>().FromSql($"""
            insert into customer_event (id, type, person_id, occurred_at, received_at, data)
            select distinct on (e.id) e.id, e.type, e.person_id, e.occurred_at, {clock.GetUtcNow()}, e.data::jsonb
            from unnest({ids}, {types}, {persons}, {times}, {data}) with ordinality as e(id, type, person_id, occurred_at, data, position)
            order by e.id, e.position
            on conflict (id) do nothing
            returning *
            """).AsNoTracking().ToListAsync(ct);
    }

    async Task FollowAsync(List<CustomerEvent> fresh, Dictionary<string, Person> people, CancellationToken ct)
    {
        string[] types = [.. fresh.Select(e => e.Type).Distinct()];
        var rules = await db.Set<SendingRule>().AsNoTracking().Where(r => r.EventType != null && ((r.IsOn && types.Contains(r.EventType)) || r.CancelledBy.Any(t => types.Contains(t)))).OrderBy(r => r.Id).ToListAsync(ct);
        if (rules.Count == 0) return;

        var desk = await DeskAsync(rules, [.. fresh.Select(e => e.PersonId).Distinct()], people, ct);
        foreach (var happened in fresh.OrderBy(e => e.OccurredAt).ThenBy(e => e.Id, StringComparer.Ordinal))
        {
            foreach (var rule in rules.Where(r => r.IsOn)) Start(rule, happened, desk);
            foreach (var rule in rules.Where(r => r.CancelledBy.Contains(happened.Type))) CallOff(rule, happened, desk);
        }
        await db.SaveChangesAsync(ct);
    }

    async Task<Desk> DeskAsync(List<SendingRule> rules, long[] ids, Dictionary<string, Person> people, CancellationToken ct)
    {
        string[] kinds = [.. rules.SelectMany(r => r.CancelledBy.Append(r.EventType!)).Distinct()];
        int[] first = [.. rules.Where(r => r.OnlyFirst).Select(r => r.Id)];
        var events = await db.Set<CustomerEvent>().AsNoTracking().Where(e => ids.Contains(e.PersonId) && kinds.Contains(e.Type)).ToListAsync(ct);
        var planned = await db.Set<PlannedAsk>().Where(p => ids.Contains(p.PersonId)).ToListAsync(ct);
        var decided = first.Length == 0 ? [] : await db.Set<Invitation>().Where(i => ids.Contains(i.PersonId) && i.RuleId != null && first.Contains(i.RuleId.Value))
            .Select(i => new { Rule = i.RuleId!.Value, i.PersonId }).ToListAsync(ct);
        return new Desk(clock.GetUtcNow(), new SendingHours(await db.Set<Organisation>().AsNoTracking().SingleAsync(ct)), rules,
            people.Values.ToDictionary(p => p.Id), events.ToLookup(e => e.PersonId), planned, [.. decided.Select(d => (d.Rule, d.PersonId))]);
    }

    void Start(SendingRule rule, CustomerEvent happened, Desk desk)
    {
        var person = desk.People[happened.PersonId];
        if (!RuleMatch.Applies(rule, happened, person)) return;
        if (rule.OnlyFirst && !TakesFirst(rule, happened, person, desk)) return;

        var wanted = RuleMatch.WantedAt(rule, happened.OccurredAt, desk.Hours.ZoneOf(person));
        var id = Guid.CreateVersion7(desk.Now);
        if (WhyNot(rule, happened, wanted, desk) is { } why)
        {
            db.Add(InvitationMaker.Refuse(new InvitationDraft(rule.SurveyId, null, rule.TouchpointId, person, desk.Now, wanted) { Id = id, RuleId = rule.Id, EventId = happened.Id }, new Refusal(why)));
            return;
        }
        var planned = new PlannedAsk { Id = id, RuleId = rule.Id, PersonId = person.Id, EventId = happened.Id, WantedAt = wanted, DueAt = wanted, CreatedAt = desk.Now };
        desk.Planned.Add(planned);
        db.Add(planned);
    }

    /// <summary>Of a rule for the first event only: an earlier one that comes later takes the place of the one that waits.</summary>
    bool TakesFirst(SendingRule rule, CustomerEvent happened, Person person, Desk desk)
    {
        if (!RuleMatch.IsFirst(rule, happened, person, desk.Events[person.Id]) || desk.Decided.Contains((rule.Id, person.Id))) return false;
        foreach (var other in desk.Planned.Where(p => p.RuleId == rule.Id && p.PersonId == person.Id).ToList()) TakeAway(other, desk);
        return true;
    }

    static NotSent? WhyNot(SendingRule rule, CustomerEvent happened, DateTimeOffset wanted, Desk desk) =>
        desk.Events[happened.PersonId].Any(e => RuleMatch.CallsOff(rule, e, happened)) ? NotSent.CalledOff
        : rule.Latest(wanted) < desk.Now ? NotSent.TooLate
        : !RuleMatch.IsChosen(rule, happened.Id) ? NotSent.SampledOut
        : null;

    void CallOff(SendingRule rule, CustomerEvent happened, Desk desk)
    {
        foreach (var planned in desk.Planned.Where(p => p.RuleId == rule.Id && p.PersonId == happened.PersonId).ToList())
        {
            if (desk.Events[happened.PersonId].FirstOrDefault(e => e.Id == planned.EventId) is not { } start || !RuleMatch.CallsOff(rule, happened, start)) continue;
            TakeAway(planned, desk);
            var draft = new InvitationDraft(rule.SurveyId, null, rule.TouchpointId, desk.People[planned.PersonId], desk.Now, planned.WantedAt) { Id = planned.Id, RuleId = rule.Id, EventId = planned.EventId };
            db.Add(InvitationMaker.Refuse(draft, new Refusal(NotSent.CalledOff)));
        }
    }

    void TakeAway(PlannedAsk planned, Desk desk)
    {
        desk.Planned.Remove(planned);
        db.Remove(planned);
    }
}
