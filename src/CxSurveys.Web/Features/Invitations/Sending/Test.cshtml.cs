using System.Security.Claims;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Channels;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Invitations.Sending;

/// <summary>How does the mail of this draft look in my own mailbox?</summary>
[Authorize(Policies.AdminPages)]
public sealed class TestModel(CxDbContext db, DraftPreview drafts, StoredSurveys surveys, SharedSurvey shared, MailState mail, IServiceProvider services) : PageModel
{
    public PublishedVersion Draft { get; private set; } = null!;

    /// <summary>Where answers to the published survey are kept as tests; null while it is not published.</summary>
    public Uri? TryAt { get; private set; }

    /// <summary>The draft is what is published.</summary>
    public bool IsPublished { get; private set; }
    public MailRoute Route => mail.Route;

    /// <summary>The address of whoever is signed in.</summary>
    public string Email => User.FindFirstValue(ClaimTypes.Email) ?? "";

    [BindProperty(Name = "language")]
    public string? Language { get; set; }

    public bool Sent { get; private set; }

    /// <summary>Why it did not go.</summary>
    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(string key, CancellationToken ct) => await FindAsync(key, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string key, CancellationToken ct)
    {
        if (!await FindAsync(key, ct)) return NotFound();
        var company = await db.Set<Organisation>().AsNoTracking().SingleAsync(ct);
        var reader = new DraftMail.Reader(Email, User.Identity?.Name, Draft.Definition.Languages.FirstOrDefault(l => l == Language) ?? Draft.Definition.Languages[0]);
        Problem = await services.GetRequiredService<TestMail>().SendAsync(reader, Draft, Request, company, IsPublished ? TryAt : null, ct);
        Sent = Problem is null;
        if (!Sent) Response.StatusCode = StatusCodes.Status502BadGateway;
        return Page();
    }

    async Task<bool> FindAsync(string key, CancellationToken ct)
    {
        if (await drafts.ReadAsync(key, ct) is not { } draft || await surveys.FindAsync(key, ct) is not { } stored) return false;
        Draft = draft;
        if (stored.Present is not null) TryAt = shared.Link(Request, key, LinkContext.Plain with { Channel = Channel.Test });
        IsPublished = stored.Present is not null && !stored.DraftChanged;
        return true;
    }
}
