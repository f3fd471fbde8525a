using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>The HTML part of a kept mail, for the frame on the mailbox page.</summary>
[Authorize(Policies.AdminPages)]
public sealed class MailboxHtmlModel(CxDbContext db, InvitationSeal seal, MailState state) : PageModel
{
    // Inside the frame a followed link would meet a page that refuses to be framed.
    const string LinksElsewhere = "<base target=\"_blank\">";

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct)
    {
        if (state.Route != MailRoute.Mailbox) return NotFound();
        if (await db.Set<KeptMail>().AsNoTracking().SingleOrDefaultAsync(k => k.Id == id, ct) is not { } kept || seal.OpenMail(kept.Sealed) is not { } content) return NotFound();

        using var stream = new MemoryStream(content);
        using var message = await MimeMessage.LoadAsync(stream, ct);
        if (message.HtmlBody is not { } html) return NotFound();
        HttpContext.ShowForeignHtml();
        return Content(WithLinksElsewhere(html), "text/html; charset=utf-8");
    }

    static string WithLinksElsewhere(string html)
    {
        int head = html.IndexOf("<head>", StringComparison.OrdinalIgnoreCase);
        return head < 0 ? LinksElsewhere + html : html.Insert(head + "<head>".Length, LinksElsewhere);
    }
}
