using System.Net.Mail;
using System.Text;
using MimeKit;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>The headers of a mail, but for its subject: who, to whom, and how to be left alone.</summary>
internal static class MailEnvelope
{
    const int LongestName = 100;

    /// <summary>Writes the headers over what the message has; a mail always gets the same Message-ID, however often it is tried.</summary>
    public static void Address(MimeMessage message, InvitationMail mail, string from)
    {
        message.From.Clear();
        message.From.Add(new MailboxAddress(OneLine(mail.Company.Name), from));
        message.To.Clear();
        message.To.Add(new MailboxAddress(OneLine(mail.Name), mail.Email));
        message.Subject = OneLine(message.Subject);
        message.Date = mail.SentAt;
        string host = new MailAddress(from).Host, first = $"{mail.InvitationId}@{host}";
        message.MessageId = mail.Number == 0 ? first : $"{mail.InvitationId}.{mail.Number}@{host}";
        if (mail.Number > 0) message.InReplyTo = first;
        message.Headers.Replace(HeaderId.AutoSubmitted, "auto-generated");
        message.Headers.Replace(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        OnOneLine(message.Headers, HeaderId.ListUnsubscribe, $"<{mail.OptOut.AbsoluteUri}>");
    }

    // The library would fold it. A folded List-Unsubscribe is one that mail programs overlook, and that breaks signatures on its way.
    static void OnOneLine(HeaderList headers, HeaderId id, string value)
    {
        var header = new Header(id, "");
        header.SetRawValue(Encoding.ASCII.GetBytes($" {value}\r\n"));
        headers.Replace(header);
    }

    /// <summary>A text that may stand in a header: nothing that ends a line or reorders it, and no longer than one can read.</summary>
    static string OneLine(string? text)
    {
        var line = string.Join(' ', new string([.. (text ?? "").Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestName * 2 ? line : line[..(LongestName * 2)];
    }
}
