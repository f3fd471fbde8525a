using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>The two links of an invitation: to answer, and to opt out.</summary>
public sealed record InvitationSecrets(Uri Link, Uri OptOut);

/// <summary>
/// Seals what may be read only by the app: the links of a mail that is still to be sent (whole, so that the mail carries the link
/// that was answered even when the site's address changed since), and mails that are kept.
/// </summary>
public sealed class InvitationSeal(IDataProtectionProvider protection)
{
    readonly IDataProtector secrets = protection.CreateProtector("Invitations.Secrets");
    readonly IDataProtector mails = protection.CreateProtector("Invitations.KeptMail");

    public byte[] Seal(InvitationSecrets links) => secrets.Protect(Encoding.UTF8.GetBytes($"{links.Link.AbsoluteUri}\n{links.OptOut.AbsoluteUri}"));

    /// <summary>Null when the key that sealed it is lost.</summary>
    public InvitationSecrets? Open(byte[] sealedSecrets) =>
        Open(secrets, sealedSecrets) is { } plain && Encoding.UTF8.GetString(plain).Split('\n') is [var link, var optOut]
            ? new InvitationSecrets(new Uri(link), new Uri(optOut))
            : null;

    public byte[] SealMail(byte[] mail) => mails.Protect(mail);

    /// <summary>Null when the key that sealed it is lost.</summary>
    public byte[]? OpenMail(byte[] sealedMail) => Open(mails, sealedMail);

    static byte[]? Open(IDataProtector protector, byte[] sealedBytes)
    {
        try
        {
            return protector.Unprotect(sealedBytes);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
