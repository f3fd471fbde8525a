using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>
/// The messages that are due, for one sender among many: what it claims is its own until the lease ends, and what it writes later
/// is written only while the lease is still its own.
/// </summary>
internal sealed class MessageQueue(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>Longer than one mail may take with its connection, so that no living sender loses a mail it is sending.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>Stands as the problem of a message while the mail server has it; still there when the lease ends, it tells that the sender died.</summary>
    internal const string InFlight = "Sending was interrupted; whether the mail arrived is not known.";

    /// <summary>The same of the second sender of one mail; there is no third.</summary>
    internal const string InFlightAgain = "Sending was interrupted twice; whether the mail arrived is not known.";

    const int Recordings = 5;

    public Task<List<Message>> ClaimAsync(int most, Guid lease, CancellationToken ct) => WithDbAsync(async db =>
    {
        var now = clock.GetUtcNow();
        var claimed = await db.Set<Message>().FromSql($"""
            update message set lease_token = {lease}, lease_until = {now + Lease}
            where id in (
                select id from message
                where state in (0, 1) and due_at <= {now} and (lease_until is null or lease_until <= {now})
                order by due_at, id limit {most} for update skip locked)
            returning *
            """).AsNoTracking().ToListAsync(ct);
        return claimed.OrderBy(m => m.DueAt).ThenBy(m => m.Id).ToList();
    });

    /// <summary>Before the mail server gets it. False when the lease ended and another sender took over.</summary>
    public Task<bool> StartAsync(Message message, CancellationToken ct) => WithDbAsync(async db =>
    {
        var now = clock.GetUtcNow();
        string mark = message.State == MessageState.Sending ? InFlightAgain : InFlight;
        (message.State, message.Attempts, message.FirstTriedAt) = (MessageState.Sending, message.Attempts + 1, message.FirstTriedAt ?? now);
        return await db.Database.ExecuteSqlAsync($"""
            update message set state = 1, attempts = {message.Attempts}, first_tried_at = {message.FirstTriedAt}, lease_until = {now + Lease}, last_problem = {mark}
            where id = {message.Id} and lease_token = {message.LeaseToken}
            """, ct) == 1;
    });

    public Task SentAsync(Message message) => RecordAsync(message, MessageState.Sent, problem: null, notSent: null);

    public Task FailedAsync(Message message, string problem) => RecordAsync(message, MessageState.Failed, problem, notSent: null);

    /// <summary>Not sent after all; the invitation says why.</summary>
    public Task DroppedAsync(Message message, Refusal refusal) => RecordAsync(message, MessageState.Dropped, problem: null, refusal);

    public Task AgainAsync(Message message, DateTimeOffset dueAt, string? problem) => PersistAsync(db => db.Database.ExecuteSqlAsync($"""
        update message set state = 0, due_at = {dueAt}, attempts = {message.Attempts}, first_tried_at = {message.FirstTriedAt},
            last_problem = {problem}, lease_token = null, lease_until = null
        where id = {message.Id} and lease_token = {message.LeaseToken}
        """));

    /// <summary>Gives back what was claimed and not begun.</summary>
    public Task ReleaseAsync(Guid lease) => PersistAsync(db => db.Database.ExecuteSqlAsync($"update message set lease_token = null, lease_until = null where lease_token = {lease}"));

    // One statement: no mail is sent, failed or dropped whose secrets stay behind. They stay for a reminder, which is planned here, when
    // the mail before it has gone: whether it is still wanted is looked at when its time has come.
    Task RecordAsync(Message message, MessageState state, string? problem, Refusal? notSent)
    {
        DateTimeOffset? sentAt = state == MessageState.Sent ? clock.GetUtcNow() : null;
        return PersistAsync(db => db.Database.ExecuteSqlAsync($"""
            with done as (
                update message set state = {(short)state}, sent_at = {sentAt}, last_problem = {problem}, lease_token = null, lease_until = null
                where id = {message.Id} and lease_token = {message.LeaseToken} returning invitation_id, number),
            reminder as (
                insert into message (invitation_id, number, state, due_at, attempts)
                select i.id, done.number + 1, {(short)MessageState.Waiting}, {sentAt}::timestamptz + make_interval(days => i.reminder_days), 0
                from done join invitation i on i.id = done.invitation_id
                where {state == MessageState.Sent} and i.reminders_left > 0
                returning invitation_id)
            update invitation set
                sealed_secrets = case when exists (select from reminder) then sealed_secrets end,
                reminders_left = case when exists (select from reminder) then reminders_left - 1 else 0 end,
                not_sent = case when done.number = 0 then coalesce({(short?)notSent?.Why}, not_sent) else not_sent end,
                not_sent_until = case when done.number = 0 then coalesce({notSent?.Until}, not_sent_until) else not_sent_until end,
                capped_by_survey_id = case when done.number = 0 then coalesce({notSent?.CappedBy}, capped_by_survey_id) else capped_by_survey_id end
            from done where invitation.id = done.invitation_id
            """));
    }

    // What became of a mail must not be forgotten because the database is away for a moment: it would be sent twice.
    async Task PersistAsync(Func<CxDbContext, Task<int>> write)
    {
        for (int recording = 1; ; recording++)
        {
            try
            {
                await WithDbAsync(write);
                return;
            }
            catch (Exception problem) when (recording < Recordings && DatabaseFailure.MayPass(problem))
            {
                await Task.Delay(TimeSpan.FromSeconds(1), clock);
            }
        }
    }

    async Task<T> WithDbAsync<T>(Func<CxDbContext, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<CxDbContext>());
    }
}
