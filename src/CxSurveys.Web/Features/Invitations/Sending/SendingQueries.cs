using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Invitations.Rules;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Invitations.Sending;

/// <summary>One person who was asked, or not, and where that stands.</summary>
public sealed record SendingRow(
    Guid Id, DateTimeOffset CreatedAt, DateTimeOffset SendAt, string SurveyKey, string? TouchpointKey, string? Touchpoint, string PersonKey, string? PersonName, string? Email,
    int State, short? NotSent, DateTimeOffset? NotSentUntil, string? CappedBy, DateTimeOffset? AnsweredAt, DateTimeOffset? SentAt, DateTimeOffset? DueAt, int? Attempts, string? LastProblem, bool BeingSent, long Visits,
    int? RuleId, string? RuleName, string? EventId, short? WaitsFor, long Reminders, DateTimeOffset? ReminderAt)
{
    public SendingState Stands => (SendingState)State;
    public NotSent? Reason => (NotSent?)NotSent;
    public WaitsFor? Waits => (WaitsFor?)WaitsFor;
}

/// <summary>How many stand where, and why some were not sent.</summary>
public sealed record SendingTally(int State, short? NotSent, long Count);

/// <summary>What the page Sending shows.</summary>
public sealed record SendingView(IReadOnlyList<SendingRow> Rows, bool More, IReadOnlyList<SendingTally> Tallies, IReadOnlyList<(string Key, string Name)> Surveys, IReadOnlyList<(string Key, string Name)> Touchpoints)
{
    public long Due => Tallies.Sum(t => t.Count);

    public long Count(SendingState state) => Tallies.Where(t => t.State == (int)state).Sum(t => t.Count);

    /// <summary>Reasons, the most frequent first.</summary>
    public IEnumerable<(NotSent Reason, long Count)> Reasons =>
        Tallies.Where(t => t.NotSent is not null).GroupBy(t => (NotSent)t.NotSent!).Select(g => (g.Key, g.Sum(t => t.Count))).OrderByDescending(r => r.Item2);
}

/// <summary>Reads the invitations with their mails.</summary>
public sealed class SendingQueries(CxDbContext db, TimeProvider clock)
{
    public const int PageSize = 50;

    public async Task<SendingView> ReadAsync(SendingFilter filter, CancellationToken ct)
    {
        var tallies = await Rows(filter).GroupBy(r => new { r.State, r.NotSent }).Select(g => new SendingTally(g.Key.State, g.Key.NotSent, g.LongCount())).ToListAsync(ct);
        var page = await List(filter).Take(PageSize + 1).ToListAsync(ct);
        var surveys = await db.Set<Survey>().AsNoTracking().OrderBy(s => s.Key).ToListAsync(ct);
        var touchpoints = await db.Set<Touchpoint>().AsNoTracking().OrderBy(t => t.Stage.Position).ThenBy(t => t.Position).Select(t => new { t.Key, t.Name }).ToListAsync(ct);
        return new SendingView([.. page.Take(PageSize)], page.Count > PageSize, tallies, [.. surveys.Select(s => (s.Key, s.Draft.Name))], [.. touchpoints.Select(t => (t.Key, t.Name))]);
    }

    /// <summary>All rows of the filter behind its cursor, newest first.</summary>
    public IQueryable<SendingRow> List(SendingFilter filter)
    {
        var rows = Rows(filter);
        if (filter.State is { } state) rows = rows.Where(r => r.State == (int)state);
        if (filter.Reason is { } reason) rows = rows.Where(r => r.NotSent == (short)reason);
        if (filter.After is var (at, id)) rows = rows.Where(r => r.CreatedAt < at || (r.CreatedAt == at && r.Id > id));
        return rows.OrderByDescending(r => r.CreatedAt).ThenBy(r => r.Id);
    }

    // What a rule plans is an invitation that waits: it has the id that the invitation will have.
    IQueryable<SendingRow> Rows(SendingFilter filter)
    {
        var now = clock.GetUtcNow();
        var since = filter.Days == 0 ? DateTimeOffset.MinValue : now.AddDays(-filter.Days);
        string? start = filter.Search is { } search ? Escaped(search) + "%" : null, within = start is null ? null : "%" + start;
        return db.Database.SqlQuery<SendingRow>($"""
            select i.id, i.created_at, i.send_at, s.key as survey_key, t.key as touchpoint_key, t.name as touchpoint, p.key as person_key, p.name as person_name, p.email,
                   case when i.not_sent is not null then {(int)SendingState.NotSent} when i.answered_at is not null then {(int)SendingState.Answered}
                        when m.state = {(short)MessageState.Sent} then {(int)SendingState.Sent} when m.state = {(short)MessageState.Failed} then {(int)SendingState.Failed}
                        else {(int)SendingState.Waiting} end as state,
                   i.not_sent, i.not_sent_until, (select c.key from survey c where c.id = i.capped_by_survey_id) as capped_by,
                   i.answered_at, m.sent_at, m.due_at, m.attempts, m.last_problem,
                   coalesce(m.state = {(short)MessageState.Sending} and m.lease_until > {now}, false) as being_sent,
                   (select count(*) from visit v where v.invitation_id = i.id) as visits,
                   i.rule_id, r.name as rule_name, i.event_id, i.waits_for,
                   (select count(*) from message n where n.invitation_id = i.id and n.number > 0 and n.state = {(short)MessageState.Sent}) as reminders,
                   (select min(n.due_at) from message n where n.invitation_id = i.id and n.number > 0 and n.state in (0, 1)) as reminder_at
            from (
                select id, created_at, send_at, survey_id, person_id, touchpoint_id, not_sent, not_sent_until, capped_by_survey_id, answered_at, rule_id, event_id, null::smallint as waits_for from invitation
                union all
                select a.id, a.created_at, a.due_at, u.survey_id, a.person_id, u.touchpoint_id, null, null, null, null, a.rule_id, a.event_id, a.waits_for
                from planned_ask a join sending_rule u on u.id = a.rule_id) i
            left join sending_rule r on r.id = i.rule_id
            join survey s on s.id = i.survey_id
            join person p on p.id = i.person_id
            left join touchpoint t on t.id = i.touchpoint_id
            left join message m on m.invitation_id = i.id and m.number = 0
            where i.created_at >= {since}
              and ({filter.Survey}::text is null or s.key = {filter.Survey})
              and ({filter.Touchpoint}::text is null or t.key = {filter.Touchpoint})
              and ({filter.Customer}::text is null or p.key = {filter.Customer})
              and ({filter.Rule}::int is null or i.rule_id = {filter.Rule})
              and ({filter.From}::timestamptz is null or i.created_at >= {filter.From})
              and ({filter.To}::timestamptz is null or i.created_at < {filter.To})
              and ({start}::text is null or p.key ilike {start} or p.email ilike {start} or p.name ilike {within})
            """);
    }

    static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
