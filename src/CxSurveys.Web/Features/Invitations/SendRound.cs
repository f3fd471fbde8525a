using MimeKit;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>Sends what is due, a few at a time over one connection, until nothing is, the server fails or the app stops.</summary>
internal sealed class SendRound(MessageQueue queue, IMailTransport transport, IServiceScopeFactory scopes, MailState state, TimeProvider clock, ILogger<SendRound> log)
{
    const int Few = 10;

    /// <summary>How long what is in flight may still take when the app stops.</summary>
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    public async Task RunAsync(CancellationToken stopping)
    {
        using var sending = new CancellationTokenSource();
        using var ending = stopping.Register(() => sending.CancelAfter(Grace));
        try
        {
            while (!stopping.IsCancellationRequested && !state.Pauses && await BatchAsync(sending.Token, stopping)) { }
        }
        finally
        {
            await transport.CloseAsync(sending.Token);
        }
    }

    /// <returns>False when nothing was due.</returns>
    async Task<bool> BatchAsync(CancellationToken sending, CancellationToken stopping)
    {
        var lease = Guid.NewGuid();
        try
        {
            // A server in trouble is asked with one mail: the others keep their tries.
            var claimed = await queue.ClaimAsync(state.Server is null ? Few : 1, lease, stopping);
            foreach (var message in claimed)
            {
                if (stopping.IsCancellationRequested || state.Pauses) break;
                await OneAsync(message, sending);
            }
            return claimed.Count > 0;
        }
        finally
        {
            await queue.ReleaseAsync(lease);
        }
    }

    async Task OneAsync(Message message, CancellationToken ct)
    {
        try
        {
            await SendAsync(message, ct);
        }
        catch (Exception problem) when (message.State == MessageState.Waiting)
        {
            log.LogError(problem, "Message {Message} could not be made; it is tried again", message.Id);
            await LaterAsync(CountTry(message), $"The mail could not be made ({problem.GetType().Name}).");
        }
        catch (Exception problem)
        {
            // Perhaps it was sent: when its lease ends it is taken up like one whose sender died.
            log.LogError(problem, "What became of message {Message} could not be recorded", message.Id);
        }
    }

    async Task SendAsync(Message message, CancellationToken ct)
    {
        if (message is { State: MessageState.Sending, LastProblem: MessageQueue.InFlightAgain })
        {
            await queue.FailedAsync(message, MessageQueue.InFlightAgain);
            return;
        }
        if (message.State == MessageState.Sending) log.LogWarning("Message {Message} was interrupted while the mail server had it; it is sent once more under the same Message-ID", message.Id);
        var prepared = await PrepareAsync(message, ct);
        if (prepared.NotBefore is { } later) await queue.AgainAsync(message, later, message.LastProblem);
        else if (prepared.Refusal is { } refusal) await queue.DroppedAsync(message, refusal);
        else if (prepared.Mail is not { } mail) await queue.FailedAsync(message, prepared.Failure!);
        else await DeliverAsync(message, mail, ct);
    }

    async Task<Prepared> PrepareAsync(Message message, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<MailPreparation>().RunAsync(message, ct);
    }

    async Task DeliverAsync(Message message, MimeMessage mail, CancellationToken ct)
    {
        var opened = await transport.OpenAsync(ct);
        if (opened.Outcome != DeliveryOutcome.Done)
        {
            await SettleAsync(CountTry(message), opened);
            return;
        }
        if (!await queue.StartAsync(message, ct)) return;

        var delivery = await transport.SendAsync(mail, ct);
        if (delivery.Outcome == DeliveryOutcome.ConnectionEnded)
        {
            opened = await transport.OpenAsync(ct);
            delivery = opened.Outcome == DeliveryOutcome.Done ? await transport.SendAsync(mail, ct) : opened;
        }
        await SettleAsync(message, delivery);
    }

    async Task SettleAsync(Message message, Delivery delivery)
    {
        if (delivery.Outcome == DeliveryOutcome.ServerTrouble) state.Failed(delivery.Problem!);
        else state.Works();

        if (delivery.Outcome == DeliveryOutcome.Done) await queue.SentAsync(message);
        else if (delivery.Outcome == DeliveryOutcome.RefusedForGood) await queue.FailedAsync(message, delivery.Problem!);
        else await LaterAsync(message, delivery.Problem!);
    }

    async Task LaterAsync(Message message, string problem)
    {
        log.LogInformation("Message {Message} did not go: {Problem}", message.Id, problem);
        if (RetryTimes.Next(message.Attempts, message.FirstTriedAt!.Value, clock.GetUtcNow()) is { } dueAt) await queue.AgainAsync(message, dueAt, problem);
        else await queue.FailedAsync(message, problem);
    }

    Message CountTry(Message message)
    {
        message.Attempts++;
        message.FirstTriedAt ??= clock.GetUtcNow();
        return message;
    }
}
