using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Invitations.Rules;

/// <summary>Whom would this rule have asked, and whom not?</summary>
[Authorize(Policies.AdminPages)]
public sealed class TryRuleModel(IServiceProvider services, CxDbContext db) : PageModel
{
    public const int MostShown = 50;

    public SendingRule Known { get; private set; } = null!;
    internal SimulationResult Result { get; private set; } = null!;
    public Organisation Company { get; private set; } = null!;

    /// <summary>Only those not asked for this reason, or only those asked.</summary>
    public NotSent? Reason { get; private set; }

    public bool OnlyAsked { get; private set; }

    internal IReadOnlyList<Simulated> Shown => [.. Result.Rows.Where(r => OnlyAsked ? r.Refusal is null : Reason is null || r.Refusal?.Why == Reason).Take(MostShown)];

    internal string At(DateTimeOffset instant) => CompanyDays.Minute(instant, Company.TimeZone);

    public async Task<IActionResult> OnGetAsync(int id, [FromQuery] string? show, CancellationToken ct)
    {
        if (await db.Set<SendingRule>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } rule) return NotFound();
        Known = rule;
        Company = await db.Set<Organisation>().AsNoTracking().SingleAsync(ct);
        OnlyAsked = show == "asked";
        Reason = Enum.TryParse<NotSent>(show, ignoreCase: true, out var reason) && Enum.IsDefined(reason) ? reason : null;
        Result = await services.GetRequiredService<Simulation>().RunAsync(rule, ct);
        return Page();
    }
}
