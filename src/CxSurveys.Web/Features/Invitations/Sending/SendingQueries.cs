using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Surveys;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Invitations.Sending;

/// <summary>One person who was asked, or not, and where that stands.</summary>
public sealed record SendingRow(
    Guid Id, DateTimeOffset CreatedAt, DateTimeOffset SendAt, string SurveyKey, string? Touchpoint, string PersonKey, string? PersonName, string? Email,
    int State, short? NotSent, DateTimeOffset? NotSentUntil, DateTimeOffset? AnsweredAt, DateTimeOffset? SentAt, DateTimeOffset? DueAt, int? Attempts, string? LastProblem, bool BeingSent, long Visits)
{
    public SendingState Stands => (SendingState)State;
    public NotSent? Reason => (NotSent?)NotSent;
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
        var rows = Rows(filter);
        var tallies = await rows.GroupBy(r => new { r.State, r.NotSent }).Select(g => new SendingTally(g.Key.State, g.Key.NotSent, g.LongCount())).ToListAsync(ct);
        if (filter.State is { } state) rows = rows.Where(r => r.State == (int)state);
        if (filter.Reason is { } reason) rows = rows.Where(r => r.NotSent == (short)reason);
        if (filter.After is var (at, id)) rows = rows.Where(r => r.CreatedAt < at || (r.CreatedAt == at && r.Id > id));
        var page = await rows.OrderByDescending(r => r.CreatedAt).ThenBy(r => r.Id).Take(PageSize + 1).ToListAsync(ct);
        var surveys = await db.Set<Survey>().AsNoTracking().OrderBy(s => s.Key).ToListAsync(ct);
        var touchpoints = await db.Set<Touchpoint>().AsNoTracking().OrderBy(t => t.Stage.Position).ThenBy(t => t.Position).Select(t => new { t.Key, t.Name }).ToListAsync(ct);
        return new SendingView([.. page.Take(PageSize)], page.Count > PageSize, tallies, [.. surveys.Select(s => (s.Key, s.Draft.Name))], [.. touchpoints.Select(t => (t.Key, t.Name))]);
    }

    IQueryable<SendingRow> Rows(SendingFilter filter)
    {
        var now = clock.GetUtcNow();
        var since = filter.Days == 0 ? DateTimeOffset.MinValue : now.AddDays(-filter.Days);
        string? start = filter.Search is { } search ? Escaped(search) + "%" : null, within = start is null ? null : "%" + start;
        return db.Database.SqlQuery<SendingRow>($"""
            select i.id, i.created_at, i.send_at, s.key as survey_key, t.name as touchpoint, p.key as person_key, p.name as person_name, p.email,
                   case when i.not_sent is not null then {(int)SendingState.NotSent} when i.answered_at is not null then {(int)SendingState.Answered}
                        when m.state = {(short)MessageState.Sent} then {(int)SendingState.Sent} when m.state = {(short)MessageState.Failed} then {(int)SendingState.Failed}
                        else {(int)SendingState.Waiting} end as state,
                   i.not_sent, i.not_sent_until, i.answered_at, m.sent_at, m.due_at, m.attempts, m.last_problem,
                   coalesce(m.state = {(short)MessageState.Sending} and m.lease_until > {now}, false) as being_sent,
                   (select count(*) from visit v where v.invitation_id = i.id) as visits
            from invitation i
            join survey s on s.id = i.survey_id
            join person p on p.id = i.person_id
            left join touchpoint t on t.id = i.touchpoint_id
            left join message m on m.invitation_id = i.id
            where i.created_at >= {since}
              and ({filter.Survey}::text is null or s.key = {filter.Survey})
              and ({filter.Touchpoint}::text is null or t.key = {filter.Touchpoint})
              and ({filter.Customer}::text is null or p.key = {filter.Customer})
              and ({start}::text is null or p.key ilike {start} or p.email ilike {start} or p.name ilike {within})
            """);
    }

    static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
