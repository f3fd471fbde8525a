using System.Net.Security;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>Mail over SMTP; one connection serves many mails.</summary>
internal sealed class SmtpTransport(MailSettings settings, ILogger<SmtpTransport> log, RemoteCertificateValidationCallback? certificateCheck = null) : IMailTransport, IDisposable
{
    static readonly TimeSpan LongestOpening = TimeSpan.FromSeconds(30), LongestSending = TimeSpan.FromMinutes(2), LongestParting = TimeSpan.FromSeconds(5);

    Connection? connection;

    public async Task<Delivery> OpenAsync(CancellationToken ct)
    {
        if (connection is { IsConnected: true }) return Delivery.Done;
        Drop();
        connection = new Connection { CheckCertificateRevocation = false, ServerCertificateValidationCallback = certificateCheck };   // revocation lists are often out of a server's reach
        using var limit = Limit(LongestOpening, ct);
        try
        {
            await connection.ConnectAsync(settings.Host, settings.Port, Security, limit.Token);
            if (settings.User is { } user) await connection.AuthenticateAsync(user, settings.Password!, limit.Token);
            return Delivery.Done;
        }
        catch (Exception problem) when (IsOfTheWay(problem) || problem is AuthenticationException or SslHandshakeException or NotSupportedException or SmtpCommandException)
        {
            Drop();
            return Delivery.Of(DeliveryOutcome.ServerTrouble, Words(problem));
        }
    }

    public async Task<Delivery> SendAsync(MimeMessage mail, CancellationToken ct)
    {
        if (connection is not { } open) return Delivery.Of(DeliveryOutcome.ServerTrouble, "There is no connection.");
        using var limit = Limit(LongestSending, ct);
        try
        {
            open.SenderAccepted = false;
            await open.SendAsync(mail, limit.Token);
            open.Sent++;
            return Delivery.Done;
        }
        catch (SmtpCommandException refusal)
        {
            return Ended(open, refusal.StatusCode == SmtpStatusCode.ServiceNotAvailable) ?? Delivery.Of(OutcomeOf(refusal), Words(refusal));
        }
        catch (ServiceNotAuthenticatedException problem)
        {
            return Delivery.Of(DeliveryOutcome.ServerTrouble, Words(problem));
        }
        catch (NotSupportedException)
        {
            return Delivery.Of(DeliveryOutcome.RefusedForGood, "The mail server does not take addresses with such letters.");
        }
        catch (Exception problem) when (IsOfTheWay(problem))
        {
            Drop();
            return Ended(open, true) ?? Delivery.Of(DeliveryOutcome.RefusedForNow, Words(problem));
        }
    }

    public async Task CloseAsync(CancellationToken ct)
    {
        if (connection is not { } open) return;
        using var limit = Limit(LongestParting, ct);
        try
        {
            await open.DisconnectAsync(quit: true, limit.Token);
        }
        catch (Exception problem) when (IsOfTheWay(problem) || problem is SmtpCommandException)
        {
            log.LogDebug("The mail server did not say goodbye: {Problem}", Words(problem));
        }
        finally
        {
            Drop();
        }
    }

    public void Dispose() => Drop();

    SecureSocketOptions Security => settings.Tls switch
    {
        MailTls.Tls => SecureSocketOptions.SslOnConnect,
        MailTls.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    // Servers end connections after some mails or some idle time. That is no one's failure: this mail goes over a new one.
    Delivery? Ended(Connection open, bool gone)
    {
        if (!gone) return null;
        Drop();
        return open is { Sent: > 0, SenderAccepted: false } ? Delivery.Of(DeliveryOutcome.ConnectionEnded, "The mail server ended the connection.") : null;
    }

    static DeliveryOutcome OutcomeOf(SmtpCommandException refusal) => refusal switch
    {
        { ErrorCode: SmtpErrorCode.SenderNotAccepted } or { StatusCode: SmtpStatusCode.ServiceNotAvailable } => DeliveryOutcome.ServerTrouble,
        { StatusCode: >= (SmtpStatusCode)500 } => DeliveryOutcome.RefusedForGood,
        _ => DeliveryOutcome.RefusedForNow,
    };

    static bool IsOfTheWay(Exception problem) => problem is IOException or SocketException or ProtocolException or ServiceNotConnectedException or OperationCanceledException or TimeoutException;

    static string Words(Exception problem) => problem switch
    {
        SmtpCommandException refusal => $"The mail server said {(int)refusal.StatusCode} {refusal.Message}",
        AuthenticationException => "The mail server refused the user name or password.",
        ServiceNotAuthenticatedException => "The mail server asks for a user name and password.",
        SslHandshakeException => "No secure connection: the mail server's certificate is not trusted, or it speaks no TLS on this port.",
        NotSupportedException => "The mail server offers no secure connection (STARTTLS), or no way to sign in.",
        OperationCanceledException or TimeoutException => "The mail server did not answer in time.",
        SocketException socket => $"The mail server cannot be reached: {socket.SocketErrorCode}.",
        _ => "The connection to the mail server broke.",
    };

    static CancellationTokenSource Limit(TimeSpan longest, CancellationToken ct)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(longest);
        return limit;
    }

    void Drop()
    {
        connection?.Dispose();
        connection = null;
    }

    /// <summary>Remembers how far it came with a mail.</summary>
    sealed class Connection : SmtpClient
    {
        public int Sent { get; set; }
        public bool SenderAccepted { get; set; }

        protected override void OnSenderAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => SenderAccepted = true;
    }
}
