using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace CxSurveys.Web.Tests.Invitations;

/// <summary>What reaches a real mail server, and what the table says of it afterwards.</summary>
public sealed class SendingTests(MailApp app) : IClassFixture<MailApp>, IAsyncLifetime
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    readonly string customer = $"c-{Guid.NewGuid():N}";

    string Email => $"{customer}@example.com";

    public async ValueTask InitializeAsync() => await app.Smtp.ForgetPlansAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    List<TakenMail> Taken(string? email = null) => [.. app.Smtp.Mails.Where(m => m.To.Contains(email ?? Email))];

    void Later(TimeSpan by)
    {
        app.Clock.Advance(by);
        app.Services.GetRequiredService<MailSignal>().Ring();
    }

    [Fact]
    public async Task The_mail_carries_the_answered_link_and_says_who_and_how_to_be_left_alone()
    {
        var (id, link) = await app.AskAsync(customer);
        await app.UntilAsync(id, m => m.State == MessageState.Sent);
        var mail = Assert.Single(Taken());

        Assert.Equal(link, mail.Link);
        Assert.Equal([Email], mail.To);
        Assert.Equal(("Our company", "surveys@shop.example"), (mail.Message.From.Mailboxes.Single().Name, mail.Message.From.Mailboxes.Single().Address));
        Assert.Equal($"{id}@shop.example", mail.Message.MessageId);
        Assert.Equal("auto-generated", mail.Message.Headers[HeaderId.AutoSubmitted]);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Message.Headers[HeaderId.ListUnsubscribePost]);
        Assert.Matches("(?m)^List-Unsubscribe: <https://cx\\.example/u/[A-Za-z0-9_-]{43}>\r?$", mail.Raw);
        Assert.Null((await app.InvitationAsync(id)).SealedSecrets);
        Assert.Equal(0, await Leaks.CountAsync(app, new Uri(link).Segments[^1]));
    }

    [Fact]
    public async Task A_refusal_for_now_is_tried_again_at_the_told_times_for_a_day()
    {
        for (int i = 0; i < 7; i++) await app.Smtp.PlanAsync("rcpt", 451, $"4.7.1 <{Email}> come back later");
        var (id, _) = await app.AskAsync(customer);
        int attempt = 1;
        foreach (int seconds in new[] { 5, 30, 120, 600, 3600, 3600 })
        {
            var message = await app.UntilAsync(id, m => m.State == MessageState.Waiting && m.Attempts == attempt);
            Assert.InRange((message.DueAt - app.Clock.GetUtcNow()).TotalSeconds, seconds - 5, seconds);
            Assert.Equal("The mail server said 451 4.7.1 <(address)> come back later", message.LastProblem);
            attempt++;
            Later(TimeSpan.FromSeconds(attempt == 7 ? 23 * 3600 : seconds));
        }
        Assert.Equal(7, (await app.UntilAsync(id, m => m.State == MessageState.Failed)).Attempts);
        Assert.Empty(Taken());
        Assert.Null((await app.InvitationAsync(id)).SealedSecrets);
    }

    [Fact]
    public async Task A_refusal_for_good_is_the_end_of_that_mail_alone()
    {
        await app.Smtp.PlanAsync("rcpt", 550, $"5.1.1 <{Email}> unknown");
        var (id, _) = await app.AskAsync(customer);
        var message = await app.UntilAsync(id, m => m.State == MessageState.Failed);
        Assert.Equal((1, "The mail server said 550 5.1.1 <(address)> unknown"), (message.Attempts, message.LastProblem));
        await SentAsync($"{customer}-next");
        Assert.Empty(Taken());
    }

    [Theory]
    [InlineData("data", 2)]
    [InlineData("rcpt", 1)]
    [InlineData("mail", 1)]
    public async Task A_connection_that_breaks_is_made_anew_and_only_after_the_whole_mail_can_that_double_it(string at, int copies)
    {
        await app.Smtp.PlanAsync(at);
        var (id, link) = await app.AskAsync(customer);
        await app.UntilAsync(id, m => m is { State: MessageState.Waiting, Attempts: 1 });
        Later(TimeSpan.FromSeconds(5));
        await app.UntilAsync(id, m => m is { State: MessageState.Sent, Attempts: 2 });
        Assert.Equal(copies, Taken().Count);
        Assert.All(Taken(), m => Assert.Equal((link, $"{id}@shop.example"), (m.Link, m.Message.MessageId)));
    }

    [Fact]
    public async Task A_server_that_fails_as_a_whole_costs_one_mail_a_try_and_is_left_alone_meanwhile()
    {
        var ids = await PlannedAsync("a", "b", "c");
        await app.Smtp.PlanAsync("mail", 550, "5.7.1 sender not allowed");
        Later(TimeSpan.FromHours(1));
        var state = app.Services.GetRequiredService<MailState>();
        await AnyAsync(ids, m => m.Attempts == 1);
        Assert.Contains("550", state.Server?.Problem, StringComparison.Ordinal);
        var messages = await AllAsync(ids);
        Assert.Equal((1, 3), (messages.Sum(m => m.Attempts), messages.Count(m => m.State == MessageState.Waiting)));

        Later(TimeSpan.FromSeconds(5));
        foreach (var id in ids) await app.UntilAsync(id, m => m.State == MessageState.Sent);
        Assert.Null(state.Server);
    }

    [Fact]
    public async Task Several_mails_share_a_connection_and_one_that_the_server_ends_is_nobodys_failure()
    {
        var ids = await PlannedAsync("d", "e", "f");
        await app.Smtp.PlanAsync("third mail", 421, "4.7.0 enough for one connection");
        Later(TimeSpan.FromHours(1));
        foreach (var id in ids) Assert.Equal(1, (await app.UntilAsync(id, m => m.State == MessageState.Sent)).Attempts);
        var mine = app.Smtp.Mails.Where(m => m.To[0].StartsWith(customer, StringComparison.Ordinal)).ToList();
        Assert.Equal(3, mine.Count);
        Assert.Equal(mine[0].Session, mine[1].Session);
        Assert.NotEqual(mine[1].Session, mine[2].Session);
    }

    [Theory]
    [InlineData("opted out", NotSent.OptedOut)]
    [InlineData("consent withdrawn", NotSent.NoConsent)]
    [InlineData("address gone", NotSent.NoAddress)]
    [InlineData("survey closed", NotSent.SurveyClosed)]
    [InlineData("answered elsewhere", NotSent.AlreadyAnswered)]
    public async Task What_changed_since_the_ask_is_heeded_when_it_is_sent(string change, NotSent why)
    {
        string survey = $"s-{Guid.NewGuid():N}";
        await app.WithKey("admin").PublishAsync(survey, Api.SmallSurvey);
        var id = Assert.Single(await PlannedOfAsync(survey, [""]));
        await ChangeAsync(change, survey);
        Later(TimeSpan.FromHours(1));
        await app.UntilAsync(id, m => m.State == MessageState.Dropped);
        var invitation = await app.InvitationAsync(id);
        Assert.Equal((why, true), (invitation.NotSent, invitation.SealedSecrets is null));
        Assert.Empty(Taken());
    }

    [Fact]
    public async Task Two_senders_send_each_mail_once()
    {
        using var second = app.StartAnother();
        var ids = await PlannedAsync([.. Enumerable.Range(0, 30).Select(i => $"n{i}")]);
        Later(TimeSpan.FromHours(1));
        second.Services.GetRequiredService<MailSignal>().Ring();
        foreach (var id in ids) await app.UntilAsync(id, m => m.State == MessageState.Sent);
        var mine = app.Smtp.Mails.Where(m => m.To[0].StartsWith(customer, StringComparison.Ordinal)).ToList();
        Assert.Equal((30, 30), (mine.Count, mine.Select(m => m.To[0]).Distinct().Count()));
    }

    [Fact]
    public async Task What_a_dead_sender_left_is_sent_once_more_under_the_same_id_and_not_a_third_time()
    {
        var ids = await PlannedAsync("once", "twice");
        await LeaveAsync(ids[0], MessageQueue.InFlight);
        await LeaveAsync(ids[1], MessageQueue.InFlightAgain);
        Later(TimeSpan.Zero);
        Assert.Equal(2, (await app.UntilAsync(ids[0], m => m.State == MessageState.Sent)).Attempts);
        await app.UntilAsync(ids[1], m => m.State == MessageState.Failed);
        Assert.Equal($"{ids[0]}@shop.example", Assert.Single(Taken($"{customer}once@example.com")).Message.MessageId);
        Assert.Empty(Taken($"{customer}twice@example.com"));
    }

    [Fact]
    public async Task A_lease_that_still_holds_is_respected_and_one_that_ended_is_not()
    {
        var id = Assert.Single(await PlannedAsync(""));
        var until = app.Clock.GetUtcNow().AddMinutes(70);
        await app.WithDbAsync(db => db.Database.ExecuteSqlAsync($"update message set lease_token = {Guid.NewGuid()}, lease_until = {until} where invitation_id = {id}", Cancel));
        Later(TimeSpan.FromMinutes(61));
        await SentAsync($"{customer}-other");
        Assert.Equal(0, (await app.MessageAsync(id)).Attempts);
        Later(TimeSpan.FromMinutes(10));
        await app.UntilAsync(id, m => m.State == MessageState.Sent);
    }

    [Fact]
    public async Task A_line_break_in_a_name_makes_no_header_and_no_addressee()
    {
        var id = Assert.Single(await PlannedAsync(""));
        await app.ChangePersonAsync(customer, p => p.Name = "Eve\r\nBcc: victim@evil.example\r\n\r\nHello");
        await NameCompanyAsync("Shop\r\nX-Evil: yes");
        Later(TimeSpan.FromHours(1));
        await app.UntilAsync(id, m => m.State == MessageState.Sent);
        await NameCompanyAsync("Our company");
        var mail = Assert.Single(Taken());
        Assert.Equal([Email], mail.To);
        Assert.DoesNotContain(mail.Message.Headers, h => h.Field is "Bcc" or "X-Evil");
        Assert.Equal("Eve Bcc: victim@evil.example Hello", mail.Message.To.Mailboxes.Single().Name);
        Assert.Equal("Shop X-Evil: yes", mail.Message.From.Mailboxes.Single().Name);
    }

    async Task SentAsync(string other) => await app.UntilAsync((await app.AskAsync(other)).Id, m => m.State == MessageState.Sent);

    Task<List<Guid>> PlannedAsync(params string[] suffixes) => PlannedOfAsync("after-delivery", suffixes);

    // One hour ahead, so that a test can prepare before anything moves.
    async Task<List<Guid>> PlannedOfAsync(string survey, string[] suffixes)
    {
        var ids = new List<Guid>();
        foreach (string suffix in suffixes)
        {
            using var response = await app.Ingest.PostTextAsync("/invitations", $$"""
                { "survey": "{{survey}}", "customer": { "id": "{{customer}}{{suffix}}", "email": "{{customer}}{{suffix}}@example.com" },
                  "sendAt": "{{app.Clock.GetUtcNow().AddHours(1):yyyy-MM-ddTHH:mm:ss}}Z" }
                """);
            ids.Add((Guid)(await response.ReadOkAsync())["id"]!);
        }
        return ids;
    }

    async Task ChangeAsync(string change, string survey)
    {
        if (change == "survey closed") await (await app.WithKey("admin").PostTextAsync($"/surveys/{survey}/close", "")).ReadOkAsync();
        else if (change == "answered elsewhere")
            await (await app.Ingest.PostTextAsync("/responses", $$"""{ "id": "{{Guid.NewGuid()}}", "survey": "{{survey}}", "answers": { "recommend": 9 }, "customer": { "id": "{{customer}}" } }""")).ReadOkAsync();
        else await app.ChangePersonAsync(customer, p =>
        {
            if (change == "opted out") p.OptedOutAt = app.Clock.GetUtcNow();
            if (change == "consent withdrawn") p.EmailConsent = false;
            if (change == "address gone") p.Email = null;
        });
    }

    Task<int> LeaveAsync(Guid id, string problem)
    {
        var past = app.Clock.GetUtcNow().AddMinutes(-1);
        return app.WithDbAsync(db => db.Database.ExecuteSqlAsync($"""
            update message set state = 1, attempts = 1, first_tried_at = {past}, due_at = {past}, lease_token = {Guid.NewGuid()}, lease_until = {past}, last_problem = {problem}
            where invitation_id = {id}
            """, Cancel));
    }

    Task<int> NameCompanyAsync(string name) => app.WithDbAsync(db => db.Set<Organisation>().ExecuteUpdateAsync(set => set.SetProperty(o => o.Name, name), Cancel));

    async Task<List<Message>> AllAsync(List<Guid> ids) => await app.WithDbAsync(db => db.Set<Message>().AsNoTracking().Where(m => ids.Contains(m.InvitationId)).ToListAsync(Cancel));

    async Task AnyAsync(List<Guid> ids, Func<Message, bool> condition)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (!(await AllAsync(ids)).Exists(m => condition(m) && m.State == MessageState.Waiting))
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), "No message was tried.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), Cancel);
        }
    }
}
