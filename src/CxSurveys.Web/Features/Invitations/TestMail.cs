using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Features.Surveys;
using MimeKit;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>
/// Sends a draft's mail to the one who writes it, the way invitations go. It is no invitation: nobody is counted as asked, and what is
/// answered on its links is not stored, or kept as a test.
/// </summary>
internal sealed class TestMail(DraftMail drafts, MailSettings settings, KeptMailTransport kept, ILogger<SmtpTransport> log)
{
    const string Unused = "No mail server is set up: see Set-up, Mail.";

    /// <summary>Null when it was handed over; else why not.</summary>
    public async Task<string?> SendAsync(DraftMail.Reader reader, PublishedVersion version, HttpRequest request, Organisation company, Uri? answerAt, CancellationToken ct)
    {
        var (words, message) = await drafts.WriteAsync(version, reader, request, company, ct, answerAt);
        MailEnvelope.Address(message, words with { InvitationId = Guid.NewGuid() }, settings.From);
        // A reader's mail program would offer to stop what is no mailing.
        message.Headers.Remove(HeaderId.ListUnsubscribe);
        message.Headers.Remove(HeaderId.ListUnsubscribePost);
        return settings.Route switch
        {
            MailRoute.Smtp => await SendAsync(message, ct),
            MailRoute.Mailbox => (await kept.SendAsync(message, ct)).Problem,
            _ => Unused,
        };
    }

    // A connection of its own: that of the invitations serves one sender at a time.
    async Task<string?> SendAsync(MimeMessage message, CancellationToken ct)
    {
        using var smtp = new SmtpTransport(settings, log);
        var opened = await smtp.OpenAsync(ct);
        if (opened.Outcome != DeliveryOutcome.Done) return opened.Problem;
        var sent = await smtp.SendAsync(message, ct);
        await smtp.CloseAsync(ct);
        return sent.Outcome == DeliveryOutcome.Done ? null : sent.Problem;
    }
}
