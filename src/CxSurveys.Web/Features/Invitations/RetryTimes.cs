namespace CxSurveys.Web.Features.Invitations;

/// <summary>When mail that did not go is tried again: after 5, 30, 120, 600 s, then hourly, until a day after the first try.</summary>
internal static class RetryTimes
{
    static readonly TimeSpan[] First = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(600)];
    static readonly TimeSpan Later = TimeSpan.FromHours(1), Patience = TimeSpan.FromDays(1);

    /// <param name="attempts">Tries so far, at least 1.</param>
    /// <param name="firstTriedAt">When the first of them was.</param>
    /// <param name="now">When the last of them failed.</param>
    /// <returns>The instant of the next try; null when the day is over.</returns>
    public static DateTimeOffset? Next(int attempts, DateTimeOffset firstTriedAt, DateTimeOffset now)
    {
        var next = now + (attempts <= First.Length ? First[attempts - 1] : Later);
        return next <= firstTriedAt + Patience ? next : null;
    }

    /// <summary>
    /// How long to leave a mail server alone after so many failures in a row that were the server's, not a mail's. Never an hour:
    /// one mail tried in vain costs little, and the others wait for it.
    /// </summary>
    public static TimeSpan Pause(int failures) => First[Math.Min(failures, First.Length) - 1];
}
