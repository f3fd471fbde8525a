using CxSurveys.Web.Data;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Invitations.Rules;

/// <summary>
/// Decides what is due, for some people at a time, in one transaction under their locks: a process that dies decided nothing, and of two
/// processes each takes the people whom the other does not hold. What it costs follows from what is due, not from who is known.
/// </summary>
internal sealed class PlannedRound(CxDbContext db, SurveyCatalog surveys, AskSources sources, InvitationMaker maker, MailSignal signal, TimeProvider clock)
{
    /// <summary>Few enough that a tick is over in a moment on a busy machine too.</summary>
    public const int UsualPeople = 100;

    sealed record Batch(DateTimeOffset Now, Organisation Settings, SendingHours Hours, AskBook Book, ILookup<long, PlannedAsk> Planned,
        Dictionary<long, Person> People, Dictionary<int, SendingRule> Rules, Dictionary<int, PublishedVersion?> Versions);

    /// <returns>How many people were looked at; 0 = nothing is due that another process does not hold.</returns>
    public async Task<int> RunAsync(int most, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = clock.GetUtcNow();
        var people = await LockAsync(now, most, ct);
        if (people.Count == 0) return 0;

        var batch = await ReadAsync(people, now, ct);
        bool asked = false;
        foreach (var due in batch.Planned.SelectMany(p => p).Where(p => p.DueAt <= now).OrderByDescending(p => batch.Rules[p.RuleId].Priority).ThenBy(p => p.WantedAt).ThenBy(p => p.Id))
            asked |= Decide(due, batch);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        db.ChangeTracker.Clear();
        if (asked) signal.Ring();
        return people.Count;
    }

    // More are looked at than are taken, so that a second process finds some that the first does not hold.
    Task<List<Person>> LockAsync(DateTimeOffset now, int most, CancellationToken ct) =>
        db.Set<Person>().FromSql($"""
            select * from person where id in (select person_id from planned_ask where due_at <= {now} order by due_at limit {most * 4})
            limit {most} for no key update skip locked
            """).AsNoTracking().ToListAsync(ct);

    async Task<Batch> ReadAsync(List<Person> people, DateTimeOffset now, CancellationToken ct)
    {
        long[] ids = [.. people.Select(p => p.Id)];
        var settings = await db.Set<Organisation>().AsNoTracking().SingleAsync(ct);
        var planned = await db.Set<PlannedAsk>().Where(p => ids.Contains(p.PersonId)).ToListAsync(ct);
        var rules = await db.Set<SendingRule>().AsNoTracking().ToDictionaryAsync(r => r.Id, ct);
        var keys = await db.Set<Survey>().AsNoTracking().Select(s => new { s.Id, s.Key }).ToListAsync(ct);
        var versions = new Dictionary<int, PublishedVersion?>();
        foreach (var survey in keys) versions[survey.Id] = await surveys.NewestAsync(survey.Key, ct);
        return new Batch(now, settings, new SendingHours(settings), await AskBook.ReadAsync(sources, people, settings, now, ct),
            planned.ToLookup(p => p.PersonId), people.ToDictionary(p => p.Id), rules, versions);
    }

    /// <returns>True when the person is asked.</returns>
    bool Decide(PlannedAsk due, Batch batch)
    {
        var (rule, person) = (batch.Rules[due.RuleId], batch.People[due.PersonId]);
        var open = batch.Hours.Next(batch.Now, batch.Hours.ZoneOf(person));
        var draft = new InvitationDraft(rule.SurveyId, batch.Versions[rule.SurveyId], rule.TouchpointId, person, batch.Now, open) { Id = due.Id, RuleId = rule.Id, EventId = due.EventId };
        var refusal = Refusal(due, rule, draft, batch);
        if (refusal is { Why: NotSent.FrequencyCap, Until: { } until } && until <= rule.Latest(due.WantedAt)) Wait(due, until, WaitsFor.Cap);
        else if (refusal is not null) End(due, InvitationMaker.Refuse(draft, refusal));
        else if (open > batch.Now) Wait(due, open, WaitsFor.QuietHours);
        else
        {
            End(due, maker.Ask(draft, batch.Settings).Invitation);
            db.Add(new Message { InvitationId = due.Id, DueAt = open });
            batch.Book.Add(person.Id, new OtherAsk(rule.SurveyId, open));
            return true;
        }
        return false;
    }

    static Refusal? Refusal(PlannedAsk due, SendingRule rule, InvitationDraft draft, Batch batch) =>
        !rule.IsOn ? new Refusal(NotSent.RuleOff)
        : draft.SendAt > rule.Latest(due.WantedAt) ? new Refusal(NotSent.TooLate)
        : batch.Book.Refusal(draft) ?? GivesWay(due, rule, draft, batch);

    /// <summary>A survey of higher priority that waits for the same person, within the cap, goes first.</summary>
    static Refusal? GivesWay(PlannedAsk due, SendingRule rule, InvitationDraft draft, Batch batch)
    {
        var cap = TimeSpan.FromDays(batch.Settings.CapDays);
        var first = batch.Planned[due.PersonId]
            .Where(p => p.DueAt > batch.Now && p.DueAt - draft.SendAt < cap && batch.Rules[p.RuleId] is { IsOn: true } other && other.Priority > rule.Priority)
            .Where(p => AskRules.OfSurvey(batch.Versions[batch.Rules[p.RuleId].SurveyId]) is null)
            .MinBy(p => p.DueAt);
        return first is null ? null : new Refusal(NotSent.FrequencyCap, first.DueAt + cap, batch.Rules[first.RuleId].SurveyId);
    }

    static void Wait(PlannedAsk due, DateTimeOffset until, WaitsFor what) => (due.DueAt, due.WaitsFor) = (until, what);

    void End(PlannedAsk due, Invitation decided)
    {
        db.Remove(due);
        db.Add(decided);
    }
}
