using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>Which systems may come in?</summary>
[Authorize(Policies.AdminPages)]
public sealed class KeysModel(ApiKeys keys, CxDbContext db) : PageModel
{
    public const string Address = "/set-up/keys";

    /// <summary>Keys that work, and of those that do not the latest: a page is not an archive.</summary>
    const int MostShown = 500, MostRevokedShown = 50;

    public sealed record KeyForm
    {
        public string? Name { get; init; }
        public KeyRole Role { get; init; } = KeyRole.Ingest;
    }

    [BindProperty] public KeyForm Form { get; set; } = new();

    /// <summary>The key just made: this answer is the only one that holds it.</summary>
    public string? NewKey { get; private set; }

    public string? NewName { get; private set; }
    public string? Revoked { get; private set; }
    public IReadOnlyList<ApiKey> Valid { get; private set; } = [];
    public IReadOnlyList<ApiKey> Ended { get; private set; } = [];
    public Organisation Organisation { get; private set; } = null!;

    public static string MayDo(KeyRole role) => role switch
    {
        KeyRole.Ingest => "sends answers, people, events and invitations",
        KeyRole.Analyst => "reads scores and answers",
        _ => "everything the API can",
    };

    public string Day(DateTimeOffset moment) => CompanyDays.Day(moment, Organisation.TimeZone);

    public Task OnGetAsync(string? revoked, CancellationToken ct)
    {
        Revoked = revoked;
        return ReadAsync(ct);
    }

    /// <summary>Answers with the page itself: a redirect would have to carry the key.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        bool isRole = ModelState.IsValid;
        ModelState.Clear();
        string? problem = null;
        if (isRole) (NewKey, problem) = await keys.CreateAsync(Form.Name?.Trim() ?? "", Form.Role, ct);
        else ModelState.AddModelError("Form.Role", "Choose a role from the list.");
        if (problem is not null) ModelState.AddModelError("Form.Name", problem);

        if (!ModelState.IsValid) Response.StatusCode = StatusCodes.Status400BadRequest;
        else
        {
            NewName = Form.Name?.Trim();
            // The form is ready for the next one.
            Form = new();
        }
        await ReadAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(string? name, CancellationToken ct)
    {
        if (name is null || !await keys.RevokeAsync(name, ct)) return NotFound();
        return LocalRedirect($"{Address}?revoked={Uri.EscapeDataString(name)}");
    }

    async Task ReadAsync(CancellationToken ct)
    {
        Organisation = await db.Set<Organisation>().AsNoTracking().SingleAsync(ct);
        Valid = await db.Set<ApiKey>().AsNoTracking().Where(k => k.RevokedAt == null).OrderBy(k => k.Name).Take(MostShown).ToListAsync(ct);
        Ended = await db.Set<ApiKey>().AsNoTracking().Where(k => k.RevokedAt != null).OrderByDescending(k => k.RevokedAt).ThenBy(k => k.Name).Take(MostRevokedShown).ToListAsync(ct);
    }
}
