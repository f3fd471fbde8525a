using System.Threading.Channels;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>Tells this process's sender that there is something to send, so that it need not wait for its next look.</summary>
public sealed class MailSignal(TimeProvider clock)
{
    readonly Channel<bool> bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => bell.Writer.TryWrite(true);

    /// <summary>Returns when it rings, or after that time.</summary>
    internal async Task WaitAsync(TimeSpan atMost, CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await await Task.WhenAny(bell.Reader.WaitToReadAsync(either.Token).AsTask(), Task.Delay(atMost, clock, either.Token));
        await either.CancelAsync();
        bell.Reader.TryRead(out _);
    }
}
