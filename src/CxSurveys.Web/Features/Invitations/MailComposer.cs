using MimeKit;
using MimeKit.Text;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>Writes a mail's subject and body. Sender, addressee and all other headers are the <see cref="MailEnvelope"/>'s.</summary>
public sealed class MailComposer
{
    public MimeMessage Compose(InvitationMail mail) => new()
    {
        Subject = $"{mail.Company.Name}: {mail.Version.Definition.Name}",
        Body = new TextPart(TextFormat.Plain)
        {
            Text = $"""
                {mail.Company.Name} asks for your opinion{(mail.Touchpoint is { } touchpoint ? $" about {touchpoint}" : "")}.

                Answer here: {mail.Link}

                Not to be asked again: {mail.OptOut}

                {mail.Company.PostalAddress}
                """,
        },
    };
}
