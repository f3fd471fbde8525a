using CxSurveys.Web.Data;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Invitations.Rules;

/// <summary>One person whom the rule would have asked, or not.</summary>
/// <param name="At">When; for one who would not be asked, when they were to be.</param>
internal sealed record Simulated(Person Person, string? EventId, DateTimeOffset At, Refusal? Refusal);

/// <param name="Seen">Events of the kind, or turns, in the period.</param>
/// <param name="IsCut">There were more events than are looked at; the newest were.</param>
internal sealed record SimulationResult(int Seen, IReadOnlyList<Simulated> Rows, bool IsCut)
{
    public int Asked => Rows.Count(r => r.Refusal is null);

    public IEnumerable<(NotSent Why, int Count)> Reasons => Rows.Where(r => r.Refusal is not null).GroupBy(r => r.Refusal!.Why).Select(g => (g.Key, g.Count())).OrderByDescending(r => r.Item2);
}

/// <summary>
/// What a rule would have done with the events of the last days, by the same code that does it; caps count what was asked then by
/// others, and what this rule would have asked. People, consent and settings are taken as they are now.
/// </summary>
internal sealed class Simulation(CxDbContext db, SurveyCatalog surveys, AskSources sources, TimeProvider clock)
{
    public const int Days = 30, MostEvents = 50_000;

    sealed record Wish(Person Person, string? EventId, DateTimeOffset WantedAt, NotSent? Why);

    public async Task<SimulationResult> RunAsync(SendingRule rule, CancellationToken ct)
    {
        var settings = await db.Set<Organisation>().AsNoTracking().SingleAsync(ct);
        var hours = new SendingHours(settings);
        var now = clock.GetUtcNow();
        var (seen, wishes) = rule.IsSchedule ? await TurnsAsync(rule, hours, now, ct) : await EventsAsync(rule, hours, now, ct);
        string key = await db.Set<Survey>().Where(s => s.Id == rule.SurveyId).Select(s => s.Key).SingleAsync(ct);
        var version = await surveys.NewestAsync(key, ct);
        var book = await AskBook.ReadAsync(sources, [.. wishes.Select(w => w.Person).DistinctBy(p => p.Id)], settings, now.AddDays(-Days), ct, butOf: rule.Id);
        var rows = wishes.OrderBy(w => w.WantedAt).ThenBy(w => w.EventId, StringComparer.Ordinal).Select(wish => Decide(wish, rule, version, hours, book, now)).ToList();
        return new SimulationResult(seen, rows, seen == MostEvents);
    }

    static Simulated Decide(Wish wish, SendingRule rule, PublishedVersion? version, SendingHours hours, AskBook book, DateTimeOffset now)
    {
        if (wish.Why is { } why) return new Simulated(wish.Person, wish.EventId, wish.WantedAt, new Refusal(why));
        var at = hours.Next(wish.WantedAt, hours.ZoneOf(wish.Person));
        while (true)
        {
            if (at > rule.Latest(wish.WantedAt)) return new Simulated(wish.Person, wish.EventId, wish.WantedAt, new Refusal(NotSent.TooLate));
            var refusal = book.Refusal(new InvitationDraft(rule.SurveyId, version, rule.TouchpointId, wish.Person, now, at));
            if (refusal is { Why: NotSent.FrequencyCap, Until: { } until } && until > at && until <= rule.Latest(wish.WantedAt)) at = hours.Next(until, hours.ZoneOf(wish.Person));
            else
            {
                if (refusal is null) book.Add(wish.Person.Id, new OtherAsk(rule.SurveyId, at));
                return new Simulated(wish.Person, wish.EventId, refusal is null ? at : wish.WantedAt, refusal);
            }
        }
    }

    async Task<(int, List<Wish>)> EventsAsync(SendingRule rule, SendingHours hours, DateTimeOffset now, CancellationToken ct)
    {
        var since = now.AddDays(-Days);
        var seen = await db.Set<CustomerEvent>().AsNoTracking().Where(e => e.Type == rule.EventType && e.OccurredAt >= since && e.OccurredAt <= now).OrderByDescending(e => e.OccurredAt).Take(MostEvents).ToListAsync(ct);
        long[] ids = [.. seen.Select(e => e.PersonId).Distinct()];
        var people = await db.Set<Person>().AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        string[] kinds = [.. rule.CancelledBy.Append(rule.EventType!)];
        var ofPerson = (await db.Set<CustomerEvent>().AsNoTracking().Where(e => ids.Contains(e.PersonId) && kinds.Contains(e.Type)).ToListAsync(ct)).ToLookup(e => e.PersonId);
        var wishes = new List<Wish>();
        foreach (var happened in seen)
        {
            var person = people[happened.PersonId];
            if (!RuleMatch.Applies(rule, happened, person) || (rule.OnlyFirst && !RuleMatch.IsFirst(rule, happened, person, ofPerson[person.Id]))) continue;
            var wanted = RuleMatch.WantedAt(rule, happened.OccurredAt, hours.ZoneOf(person));
            // What calls it off after it was asked comes too late for that.
            NotSent? why = ofPerson[person.Id].Any(e => e.OccurredAt <= wanted && RuleMatch.CallsOff(rule, e, happened)) ? NotSent.CalledOff : RuleMatch.IsChosen(rule, happened.Id) ? null : NotSent.SampledOut;
            wishes.Add(new Wish(person, happened.Id, wanted, why));
        }
        return (seen.Count, wishes);
    }

    async Task<(int, List<Wish>)> TurnsAsync(SendingRule rule, SendingHours hours, DateTimeOffset now, CancellationToken ct)
    {
        var wishes = new List<Wish>();
        int seen = 0;
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        for (var day = today.AddDays(-Days); day < today; day = day.AddDays(1))
        {
            var turns = await ScheduleRound.TurnsAsync(db, rule, day, ct);
            seen += turns.Count;
            foreach (var person in turns.Where(p => rule.Conditions.TrueForAll(c => c.Holds(null, p))))
                wishes.Add(new Wish(person, null, LocalTime.ToInstant(day.ToDateTime(rule.AtTime), hours.ZoneOf(person)), RuleMatch.IsChosen(rule, ScheduleRound.TurnId(person.Id, day)) ? null : NotSent.SampledOut));
        }
        return (seen, wishes);
    }
}
