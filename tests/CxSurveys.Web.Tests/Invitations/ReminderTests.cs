using CxSurveys.Web.Features.Invitations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CxSurveys.Web.Tests.Invitations;

/// <summary>Reminders belong to their invitation, and stop when there is nothing to remind of.</summary>
public sealed class ReminderTests(MailApp app) : IClassFixture<MailApp>, IAsyncLifetime
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    readonly string customer = $"c-{Guid.NewGuid():N}";

    public async ValueTask InitializeAsync()
    {
        await app.Smtp.ForgetPlansAsync();
        await PutAsync("""{ "reminders": 2, "reminderDays": 4, "quietHours": null, "capDays": 30, "surveyCapDays": 90 }""");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    async Task PutAsync(string settings) => await (await app.WithKey("admin").PutTextAsync("/settings", settings)).ReadOkAsync();

    List<TakenMail> Taken => [.. app.Smtp.Mails.Where(m => m.To.Contains($"{customer}@example.com"))];

    void Later(TimeSpan by)
    {
        app.Clock.Advance(by);
        app.Services.GetRequiredService<MailSignal>().Ring();
    }

    Task<List<Message>> MessagesAsync(Guid id) => app.WithDbAsync(db => db.Set<Message>().AsNoTracking().Where(m => m.InvitationId == id).OrderBy(m => m.Number).ToListAsync(Cancel));

    async Task<List<Message>> UntilAsync(Guid id, int number, MessageState state)
    {
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); ; await Task.Delay(50, Cancel))
        {
            var messages = await MessagesAsync(id);
            if (messages.Count > number && messages[number].State == state) return messages;
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), $"{number} is not {state}: {string.Join(", ", messages.Select(m => $"{m.Number} {m.State} {m.LastProblem}"))}");
        }
    }

    [Fact]
    public async Task Who_does_not_answer_is_reminded_so_often_with_the_same_link_and_that_is_no_new_asking()
    {
        var (id, link) = await app.AskAsync(customer);
        var sent = await UntilAsync(id, 1, MessageState.Waiting);
        Assert.Equal(sent[0].SentAt!.Value.AddDays(4), sent[1].DueAt);
        Assert.NotNull((await app.InvitationAsync(id)).SealedSecrets);

        Later(TimeSpan.FromDays(4));
        await UntilAsync(id, 2, MessageState.Waiting);
        Later(TimeSpan.FromDays(4));
        await UntilAsync(id, 2, MessageState.Sent);
        Later(TimeSpan.FromDays(40));
        Assert.Equal(3, (await MessagesAsync(id)).Count);
        Assert.Equal([link, link, link], Taken.Select(m => m.Link));
        Assert.Equal([$"{id}@shop.example", $"{id}.1@shop.example", $"{id}.2@shop.example"], Taken.Select(m => m.Message.MessageId));
        Assert.Equal($"{id}@shop.example", Taken[1].Message.InReplyTo);
        Assert.StartsWith("Reminder: ", Taken[1].Message.Subject, StringComparison.Ordinal);
        Assert.Null((await app.InvitationAsync(id)).SealedSecrets);

        // Another survey may ask: 48 days are over since the invitation, whatever its reminders did.
        await app.WithKey("admin").PublishAsync("other", Api.SmallSurvey);
        await app.AskAsync(customer, "other");
    }

    [Theory]
    [InlineData("answered")]
    [InlineData("opted out")]
    [InlineData("closed")]
    public async Task No_reminder_goes_out_after(string what)
    {
        string survey = $"s-{Guid.NewGuid():N}";
        await app.WithKey("admin").PublishAsync(survey, Api.SmallSurvey);
        var (id, _) = await app.AskAsync(customer, survey);
        await UntilAsync(id, 1, MessageState.Waiting);
        if (what == "answered") await (await app.Ingest.PostTextAsync("/responses", $$"""{ "id": "{{id}}", "survey": "{{survey}}", "answers": { "recommend": 0 } }""")).ReadOkAsync();
        if (what == "opted out") await app.ChangePersonAsync(customer, p => p.OptedOutAt = app.Clock.GetUtcNow());
        if (what == "closed") await (await app.WithKey("admin").PostTextAsync($"/surveys/{survey}/close", "{}")).ReadOkAsync();

        Later(TimeSpan.FromDays(4));
        await UntilAsync(id, 1, MessageState.Dropped);
        Assert.Single(Taken);
        var invitation = await app.InvitationAsync(id);
        Assert.Null(invitation.SealedSecrets);
        // The person was asked: why the reminder did not go is no reason why they were not.
        Assert.Null(invitation.NotSent);
    }

    [Fact]
    public async Task A_mail_waits_for_the_end_of_quiet_hours_at_the_moment_it_is_sent_too()
    {
        var (id, _) = await app.AskAsync(customer);
        await UntilAsync(id, 1, MessageState.Waiting);
        var due = app.Clock.GetUtcNow().AddDays(4);
        await PutAsync($$"""{ "quietHours": { "from": "{{due.AddHours(-1):HH:mm}}", "to": "{{due.AddHours(3):HH:mm}}" } }""");
        Later(TimeSpan.FromDays(4));
        var message = (await WaitedAsync(id))[1];
        Assert.Equal(due.AddHours(3).ToString("HH:mm", null), message.DueAt.ToString("HH:mm", null));
        Assert.Single(Taken);
        Later(TimeSpan.FromHours(4));
        await UntilAsync(id, 1, MessageState.Sent);

        async Task<List<Message>> WaitedAsync(Guid invitation)
        {
            for (var waited = System.Diagnostics.Stopwatch.StartNew(); ; await Task.Delay(50, Cancel))
            {
                var messages = await MessagesAsync(invitation);
                if (messages[1].DueAt > due.AddMinutes(5)) return messages;
                Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), "The reminder does not wait.");
            }
        }
    }

    [Fact]
    public async Task A_mail_refused_for_good_asked_nobody_so_the_cap_does_not_count_it()
    {
        await app.Smtp.PlanAsync("rcpt", 550, "5.1.1 unknown", $"{customer}@example.com");
        var (id, _) = await app.AskAsync(customer);
        Assert.Single(await UntilAsync(id, 0, MessageState.Failed));
        await app.ChangePersonAsync(customer, p => p.Email = $"right-{customer}@example.com");
        using var again = await app.Ingest.PostTextAsync("/invitations", $$"""{ "survey": "after-delivery", "customer": { "id": "{{customer}}" } }""");
        Assert.Equal(201, (int)again.StatusCode);
    }

    [Fact]
    public async Task A_cap_that_is_set_while_a_mail_waits_holds_for_it()
    {
        await PutAsync("""{ "capDays": 0, "surveyCapDays": 0, "reminders": 0 }""");
        var (first, _) = await app.AskAsync(customer);
        await UntilAsync(first, 0, MessageState.Sent);
        using var planned = await app.Ingest.PostTextAsync("/invitations", $$"""{ "survey": "after-delivery", "customer": { "id": "{{customer}}" }, "sendAt": "{{app.Clock.GetUtcNow().AddDays(5):yyyy-MM-ddTHH:mm:ss}}Z" }""");
        var second = (Guid)(await planned.ReadOkAsync())["id"]!;
        await PutAsync("""{ "capDays": 30 }""");
        Later(TimeSpan.FromDays(5));
        await UntilAsync(second, 0, MessageState.Dropped);
        Assert.Equal(NotSent.FrequencyCap, (await app.InvitationAsync(second)).NotSent);
    }
}
