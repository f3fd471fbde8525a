namespace CxSurveys.Web.Features.Invitations;

/// <summary>How sending goes, for the pages that tell: where mail goes, and whether its server takes it.</summary>
public sealed class MailState(MailSettings settings, TimeProvider clock)
{
    readonly Lock gate = new();
    int failures;

    /// <summary>The last failure that was the mail server's as a whole, without addresses; null while it takes mail.</summary>
    public sealed record Trouble(string Problem, DateTimeOffset Since, DateTimeOffset TriesAgainAt);

    public MailRoute Route => settings.Route;

    /// <summary>What mails are sent from.</summary>
    public string From => settings.From;

    /// <summary>What this process last saw; after a start null until the first failure.</summary>
    public Trouble? Server { get; private set; }

    /// <summary>True while the server is left alone after a failure.</summary>
    internal bool Pauses => Server is { } trouble && clock.GetUtcNow() < trouble.TriesAgainAt;

    internal void Failed(string problem)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            Server = new Trouble(problem, Server?.Since ?? now, now + RetryTimes.Pause(++failures));
        }
    }

    internal void Works()
    {
        lock (gate)
        {
            failures = 0;
            Server = null;
        }
    }
}
