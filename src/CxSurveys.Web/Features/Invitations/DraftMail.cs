using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>The mail that an invitation to a draft would be. Its links lead to the preview.</summary>
public sealed class DraftMail(MailComposer composer, JourneyCatalog journey, PublicAddress address, TimeProvider clock)
{
    // Inside the frame a followed link would meet a page that is none of a mail's.
    const string LinksElsewhere = "<head><base target=\"_blank\">";

    internal async Task<string> ComposeAsync(PublishedVersion version, string language, string? reader, HttpRequest request, Organisation company, CancellationToken ct)
    {
        var places = await journey.GetAsync(ct);
        var touchpoint = version.Definition.Questions.Select(q => q.Touchpoint).OfType<string>().Select(key => places.Touchpoints.GetValueOrDefault(key)?.Name).FirstOrDefault(name => name is not null);
        var link = address.ForReader(request, $"/surveys/{version.SurveyKey}/preview");
        var mail = new InvitationMail(Guid.Empty, "", reader, language, version, touchpoint, company, link, link, clock.GetUtcNow());
        return (composer.Compose(mail).HtmlBody ?? "").Replace("<head>", LinksElsewhere, StringComparison.OrdinalIgnoreCase);
    }
}
