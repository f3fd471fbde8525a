using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using MimeKit;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>The mail that an invitation to a draft would be. Its links lead to the preview, or to a place where tests are kept.</summary>
public sealed class DraftMail(MailComposer composer, JourneyCatalog journey, PublicAddress address, TimeProvider clock)
{
    /// <summary>Whom the mail greets, in which language.</summary>
    internal sealed record Reader(string Email, string? Name, string Language);

    // Inside the frame a followed link would meet a page that is none of a mail's.
    const string LinksElsewhere = "<head><base target=\"_blank\">";

    /// <summary>Its HTML, for a frame.</summary>
    internal async Task<string> ComposeAsync(PublishedVersion version, string language, string? reader, HttpRequest request, Organisation company, CancellationToken ct)
    {
        var (_, message) = await WriteAsync(version, new Reader("", reader, language), request, company, ct);
        return (message.HtmlBody ?? "").Replace("<head>", LinksElsewhere, StringComparison.OrdinalIgnoreCase);
    }

    /// <param name="version">The draft.</param>
    /// <param name="reader">Whom it greets.</param>
    /// <param name="request">Of whoever asks for it.</param>
    /// <param name="company">Who asks.</param>
    /// <param name="ct">Gives up.</param>
    /// <param name="answerAt">Where its links lead; null = to the preview.</param>
    internal async Task<(InvitationMail Words, MimeMessage Message)> WriteAsync(PublishedVersion version, Reader reader, HttpRequest request, Organisation company, CancellationToken ct, Uri? answerAt = null)
    {
        var places = await journey.GetAsync(ct);
        var touchpoint = version.Definition.Questions.Select(q => q.Touchpoint).OfType<string>().Select(key => places.Touchpoints.GetValueOrDefault(key)?.Name).FirstOrDefault(name => name is not null);
        var link = address.ForReader(request, $"/surveys/{version.SurveyKey}/preview");
        var words = new InvitationMail(Guid.Empty, reader.Email, reader.Name, reader.Language, version, touchpoint, company, answerAt ?? link, link, clock.GetUtcNow());
        return (words, composer.Compose(words));
    }
}
