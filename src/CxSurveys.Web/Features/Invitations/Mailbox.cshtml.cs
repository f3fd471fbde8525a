using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>The mails of the built-in mailbox, each as its reader would see it; no such page where mail is sent.</summary>
[Authorize(Policies.AdminPages)]
public sealed class MailboxModel(CxDbContext db, InvitationSeal seal, MailState state) : PageModel
{
    public const int Newest = 50;

    public IReadOnlyList<MailView> Mails { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (state.Route != MailRoute.Mailbox) return NotFound();
        string zoneId = await db.Set<Organisation>().Select(o => o.TimeZone).SingleAsync(ct);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        var kept = await db.Set<KeptMail>().AsNoTracking().OrderByDescending(k => k.Id).Take(Newest).ToListAsync(ct);
        Mails = [.. kept.Select(k => MailView.Of(k, seal.OpenMail(k.Sealed), zone))];
        HttpContext.AllowFrames();
        return Page();
    }
}
