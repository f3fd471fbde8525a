using System.Text.RegularExpressions;
using MimeKit;

namespace CxSurveys.Web.Features.Invitations;

internal enum DeliveryOutcome
{
    /// <summary>Open, or taken over by the other side.</summary>
    Done,

    /// <summary>This mail was not taken now; later it may be.</summary>
    RefusedForNow,

    /// <summary>This mail will never be taken.</summary>
    RefusedForGood,

    /// <summary>No mail would be taken now: no connection, no sign-in, the sender refused.</summary>
    ServerTrouble,

    /// <summary>The server had ended a connection that was used before, and saw nothing of this mail.</summary>
    ConnectionEnded,
}

/// <summary>What became of one mail, or of opening the way for mails.</summary>
internal sealed partial record Delivery(DeliveryOutcome Outcome, string? Problem = null)
{
    const int LongestProblem = 300;

    public static readonly Delivery Done = new(DeliveryOutcome.Done);

    /// <summary>With a text that may be shown and stored: one line, without addresses.</summary>
    public static Delivery Of(DeliveryOutcome outcome, string problem)
    {
        string text = Address().Replace(Breaks().Replace(problem, " "), "(address)").Trim();
        return new Delivery(outcome, text.Length <= LongestProblem ? text : text[..LongestProblem]);
    }

    [GeneratedRegex(@"[^\s<>""'=:;,()]+@[^\s<>""',;()]+")]
    private static partial Regex Address();

    [GeneratedRegex(@"[\p{Cc}\u2028\u2029]+")]
    private static partial Regex Breaks();
}

/// <summary>The way mails leave. Used by one sender at a time.</summary>
internal interface IMailTransport
{
    /// <summary>Opens the way unless it is open: <see cref="DeliveryOutcome.Done"/> or <see cref="DeliveryOutcome.ServerTrouble"/>.</summary>
    Task<Delivery> OpenAsync(CancellationToken ct);

    /// <summary>Sends one mail over the open way.</summary>
    Task<Delivery> SendAsync(MimeMessage mail, CancellationToken ct);

    /// <summary>Ends what is open.</summary>
    Task CloseAsync(CancellationToken ct);
}
