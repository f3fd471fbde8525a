using System.Globalization;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Settings;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Invitations.Rules;

/// <summary>
/// Plans the turns of schedules a day ahead. Who has their turn on which day of the period follows from the person's slot, a hash: each
/// day takes an equal share of the people at random, so each week is a fair sample, and nobody is planned twice in a period.
/// </summary>
internal sealed class ScheduleRound(CxDbContext db, TimeProvider clock)
{
    /// <summary>A day begins first where clocks are this far ahead of UTC; some more, so that the first minute is not missed.</summary>
    static readonly TimeSpan Ahead = TimeSpan.FromHours(15);

    /// <summary>The last day (UTC) that has to be planned by now.</summary>
    public static DateOnly Through(DateTimeOffset now) => DateOnly.FromDateTime((now + Ahead).UtcDateTime);

    /// <returns>True when there was something to plan.</returns>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        var through = Through(clock.GetUtcNow());
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var rule = await db.Set<SendingRule>().FromSql($"""
            select * from sending_rule where is_on and every_days is not null and planned_through < {through}
            order by planned_through, id limit 1 for update skip locked
            """).SingleOrDefaultAsync(ct);
        if (rule is null) return false;

        var day = rule.PlannedThrough!.Value.AddDays(1);
        await PlanAsync(rule, day, ct);
        rule.PlannedThrough = day;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        db.ChangeTracker.Clear();
        return true;
    }

    async Task PlanAsync(SendingRule rule, DateOnly day, CancellationToken ct)
    {
        var hours = new SendingHours(await db.Set<Organisation>().AsNoTracking().SingleAsync(ct));
        var now = clock.GetUtcNow();
        // The insert's foreign key locks nobody out: decisions about a person wait for no plan of another one.
        foreach (var person in await TurnsAsync(db, rule, day, ct))
        {
            if (!rule.Conditions.TrueForAll(c => c.Holds(null, person))) continue;
            var wanted = LocalTime.ToInstant(day.ToDateTime(rule.AtTime), hours.ZoneOf(person));
            var id = Guid.CreateVersion7(now);
            if (RuleMatch.IsChosen(rule, TurnId(person.Id, day)))
                db.Add(new PlannedAsk { Id = id, RuleId = rule.Id, PersonId = person.Id, WantedAt = wanted, DueAt = wanted, CreatedAt = now });
            else
                db.Add(InvitationMaker.Refuse(new InvitationDraft(rule.SurveyId, null, rule.TouchpointId, person, now, wanted) { Id = id, RuleId = rule.Id }, new Refusal(NotSent.SampledOut)));
        }
    }

    /// <summary>What stands for an event's id where none starts it.</summary>
    public static string TurnId(long person, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{person}@{day:yyyy-MM-dd}");

    /// <summary>Whose turn it is on that day: an index range of slots. Other rules begin their rounds elsewhere.</summary>
    public static Task<List<Person>> TurnsAsync(CxDbContext db, SendingRule rule, DateOnly day, CancellationToken ct)
    {
        long every = rule.EveryDays!.Value, turn = (day.DayNumber + rule.Id * 37L) % every;
        int from = (int)((turn * Person.Slots + every - 1) / every);
        int to = (int)(((turn + 1) * Person.Slots + every - 1) / every);
        return db.Set<Person>().AsNoTracking().Where(p => p.Slot >= from && p.Slot < to).ToListAsync(ct);
    }
}
