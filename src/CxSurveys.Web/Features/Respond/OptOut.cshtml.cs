using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.People;
using Microsoft.AspNetCore.Mvc;

namespace CxSurveys.Web.Features.Respond;

/// <summary>
/// Where a person says not to be asked again. Looking asks; only a POST does it: the page's button, or a mail program's
/// one-click (RFC 8058), which sends no cookie, follows no redirect and may come twice.
/// </summary>
public sealed class OptOutModel(CxDbContext db, InvitationLinks links, VisitLog visits, PeopleDirectory people) : CustomerPageModel(db)
{
    /// <summary>The address whose mail stops, for its owner to know and nobody else to learn; null where there is none.</summary>
    public string? Whose { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (await FindAsync() is not { } invitation) return Tell(Notice.Unknown);
        await visits.AddAsync(invitation.Id, VisitKind.OptOut, Aborted);
        return invitation.Person.OptedOutAt is null ? Show(Texts["optOut.title"]) : Tell(Notice.OptedOut);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await FindAsync() is not { } invitation) return Tell(Notice.Unknown);
        await people.OptOutAsync(invitation.Person.Id, Aborted);
        return Tell(Notice.OptedOut);
    }

    async Task<OpenInvitation?> FindAsync()
    {
        Response.Headers.CacheControl = "no-store";
        if (await links.FindOptOutAsync(RouteText("secret"), Aborted) is not { } invitation) return null;
        Speak(Offered, invitation.Person.Language);
        Whose = MaskedAddress.Of(invitation.Person.Email);
        return invitation;
    }
}
