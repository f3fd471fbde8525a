using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Invitations.Rules;

/// <summary>When is who asked by itself?</summary>
[Authorize(Policies.AdminPages)]
public sealed class RulesModel(CxDbContext db, TimeProvider clock) : PageModel
{
    public const string Address = "/sending/rules";
    public const int Days = 30;

    /// <param name="Waiting">To be asked later.</param>
    /// <param name="Asked">In the last <see cref="Days"/> days.</param>
    /// <param name="NotAsked">In the same days, each with a reason.</param>
    public sealed record Row(SendingRule Rule, string Survey, string? Touchpoint, long Waiting, long Asked, long NotAsked);

    sealed record Tally(int RuleId, long Waiting, long Asked, long NotAsked);

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        var rules = await db.Set<SendingRule>().AsNoTracking().OrderByDescending(r => r.IsOn).ThenBy(r => r.Name).ThenBy(r => r.Id).ToListAsync(ct);
        var surveys = (await db.Set<Survey>().AsNoTracking().ToListAsync(ct)).ToDictionary(s => s.Id, s => s.Draft.Name);
        var touchpoints = await db.Set<Touchpoint>().AsNoTracking().ToDictionaryAsync(t => t.Id, t => t.Name, ct);
        var tallies = (await TalliesAsync(ct)).ToDictionary(t => t.RuleId);
        Rows = [.. rules.Select(rule =>
        {
            var tally = tallies.GetValueOrDefault(rule.Id) ?? new Tally(rule.Id, 0, 0, 0);
            return new Row(rule, surveys[rule.SurveyId], rule.TouchpointId is { } at ? touchpoints[at] : null, tally.Waiting, tally.Asked, tally.NotAsked);
        })];
    }

    Task<List<Tally>> TalliesAsync(CancellationToken ct)
    {
        var since = clock.GetUtcNow().AddDays(-Days);
        return db.Database.SqlQuery<Tally>($"""
            select rule_id, sum(waiting)::bigint as waiting, sum(asked)::bigint as asked, sum(not_asked)::bigint as not_asked from (
                select rule_id, count(*) as waiting, 0 as asked, 0 as not_asked from planned_ask group by rule_id
                union all
                select rule_id, 0, count(*) filter (where not_sent is null), count(*) filter (where not_sent is not null)
                from invitation where rule_id is not null and created_at >= {since} group by rule_id) as t
            group by rule_id
            """).ToListAsync(ct);
    }

    public async Task<IActionResult> OnPostSwitchAsync(int id, bool on, CancellationToken ct)
    {
        if (await db.Set<SendingRule>().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } rule) return NotFound();
        // A schedule begins with the next day; what it missed while it was off stays missed.
        if (on && !rule.IsOn && rule.IsSchedule) rule.PlannedThrough = ScheduleRound.Through(clock.GetUtcNow());
        rule.IsOn = on;
        await db.SaveChangesAsync(ct);
        return LocalRedirect(Address);
    }
}
