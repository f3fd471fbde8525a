using System.Globalization;
using MimeKit;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>One kept mail, in words for the mailbox.</summary>
public sealed record MailView(long Id, DateTimeOffset At, string When, string Subject, string To, IReadOnlyList<(string Name, string Value)> Headers, string? Text, bool HasHtml)
{
    static readonly HeaderId[] Shown = [HeaderId.From, HeaderId.To, HeaderId.Date, HeaderId.MessageId, HeaderId.ListUnsubscribe, HeaderId.ListUnsubscribePost, HeaderId.AutoSubmitted];

    internal static MailView Of(KeptMail kept, byte[]? content, TimeZoneInfo zone)
    {
        string when = TimeZoneInfo.ConvertTime(kept.At, zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);
        if (content is null) return new MailView(kept.Id, kept.At, when, "(sealed)", "(unknown)", [], null, false);

        using var stream = new MemoryStream(content);
        using var message = MimeMessage.Load(stream);
        var headers = message.Headers.Where(h => Shown.Contains(h.Id)).OrderBy(h => Array.IndexOf(Shown, h.Id)).Select(h => (h.Field, h.Value)).ToList();
        return new MailView(kept.Id, kept.At, when, message.Subject ?? "(no subject)", string.Join(", ", message.To.Mailboxes.Select(m => m.Address)), headers, message.TextBody, message.HtmlBody is not null);
    }
}
