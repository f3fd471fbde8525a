using System.Globalization;
using CxSurveys.Web.Features.Invitations.Rules;

namespace CxSurveys.Web.Features.Invitations.Sending;

/// <summary>States and reasons in plain words.</summary>
internal static class SendingWords
{
    public static string Of(SendingState state) => state switch
    {
        SendingState.Waiting => "Waiting",
        SendingState.Sent => "Sent",
        SendingState.Answered => "Answered",
        SendingState.Failed => "Refused",
        _ => "Not sent",
    };

    public static string Tint(SendingState state) => state switch
    {
        SendingState.Sent or SendingState.Answered => "ok",
        SendingState.Failed => "warn",
        SendingState.NotSent => "bad",
        _ => "",
    };

    public static string Of(NotSent reason) => reason switch
    {
        NotSent.NotPublished => "The survey is not published",
        NotSent.SurveyClosed => "The survey is closed",
        NotSent.AlreadyAnswered => "Answered already",
        NotSent.NoAddress => "No email address",
        NotSent.Bounced => "The address bounced before",
        NotSent.Suppressed => "The address is suppressed",
        NotSent.OptedOut => "Opted out",
        NotSent.NoConsent => "No consent to be asked by email",
        NotSent.FrequencyCap => "Asked too recently",
        NotSent.TooLate => "Its moment had passed",
        NotSent.CalledOff => "Called off by another event",
        NotSent.RuleOff => "The rule was switched off",
        _ => "Left out of the sample",
    };

    /// <summary>One plain sentence for a row.</summary>
    public static string Because(SendingRow row, Func<DateTimeOffset, string> at) => row.Stands switch
    {
        SendingState.NotSent when row.NotSentUntil is { } until => $"{Of(row.Reason!.Value)}{(row.CappedBy is { } by ? $" ({by})" : "")}, may be asked again from {at(until)}",
        SendingState.NotSent => Of(row.Reason!.Value),
        SendingState.Answered => $"Answered {at(row.AnsweredAt!.Value)}",
        SendingState.Sent when row.ReminderAt is { } reminder => $"Sent {at(row.SentAt!.Value)}. Reminder on {at(reminder)}",
        SendingState.Sent when row.Reminders > 0 => $"Sent {at(row.SentAt!.Value)}, reminded {Times(row.Reminders)}",
        SendingState.Sent when row.Visits > 0 => $"Sent {at(row.SentAt!.Value)}. Link opened {Times(row.Visits)}, by the reader or a mail scanner",
        SendingState.Sent => $"Sent {at(row.SentAt!.Value)}",
        SendingState.Failed => row.LastProblem ?? "The mail server refused it",
        // Until the mail server answers, the row holds what is to be said should the app die meanwhile.
        _ when row.BeingSent => "Being sent now",
        _ when row.Attempts > 0 => $"{row.LastProblem} Next try {at(row.DueAt!.Value)}",
        _ when row.Waits == WaitsFor.QuietHours => $"Quiet hours or a day off where they live, goes out {at(row.SendAt)}",
        _ when row.Waits == WaitsFor.Cap => $"Asked not long ago, goes out {at(row.SendAt)}",
        _ => $"Goes out {at(row.DueAt ?? row.SendAt)}",
    };

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    static string Times(long count) => count == 1 ? "once" : $"{Count(count)} times";
}
