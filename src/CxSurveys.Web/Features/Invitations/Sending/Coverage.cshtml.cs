using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Invitations.Sending;

/// <summary>Who is never asked, and why?</summary>
[Authorize(Policies.AdminPages)]
public sealed class CoverageModel(CxDbContext db, TimeProvider clock) : PageModel
{
    public const int Days = 365, PageSize = 50;

    /// <summary>Stands for the reason of those for whom nothing was ever decided.</summary>
    public const short NeverDue = 0;

    public sealed record Row(long Id, string Key, string? Name, string? Email, short Why, DateTimeOffset? LastAskedAt);

    public sealed record Tally(short Why, long Count);

    public IReadOnlyList<Tally> Tallies { get; private set; } = [];
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public bool More { get; private set; }
    public long All { get; private set; }
    public short? Why { get; private set; }
    public Organisation Company { get; private set; } = null!;

    public long Never => Tallies.Sum(t => t.Count);

    public static string Words(short why) => why == NeverDue ? "Nothing was ever due: no rule, event or list named them" : SendingWords.Of((NotSent)why);

    public static string Name(short why) => why == NeverDue ? "neverDue" : SendingFilter.NameOf((NotSent)why);

    public string Day(DateTimeOffset instant) => CompanyDays.Day(instant, Company.TimeZone);

    public async Task OnGetAsync([FromQuery] string? why, [FromQuery] long after, CancellationToken ct)
    {
        Why = why == "neverDue" ? NeverDue : Enum.TryParse<NotSent>(why, ignoreCase: true, out var reason) && Enum.IsDefined(reason) ? (short)reason : null;
        Company = await db.Set<Organisation>().AsNoTracking().SingleAsync(ct);
        All = await db.Database.SqlQuery<long>($"select count(*) as \"Value\" from person").SingleAsync(ct);
        var never = Unasked();
        Tallies = [.. (await never.GroupBy(r => r.Why).Select(g => new Tally(g.Key, g.LongCount())).ToListAsync(ct)).OrderByDescending(t => t.Count)];
        if (Why is { } one) never = never.Where(r => r.Why == one);
        var page = await never.Where(r => r.Id > after).OrderBy(r => r.Id).Take(PageSize + 1).ToListAsync(ct);
        (Rows, More) = ([.. page.Take(PageSize)], page.Count > PageSize);
    }

    /// <summary>People who were asked nothing for a year: why they cannot be asked now or, where they can, why they were not the last time.</summary>
    IQueryable<Row> Unasked()
    {
        var since = clock.GetUtcNow().AddDays(-Days);
        return db.Database.SqlQuery<Row>($"""
            select p.id, p.key, p.name, p.email,
                   (case when p.email is null then {(short)NotSent.NoAddress} when p.opted_out_at is not null then {(short)NotSent.OptedOut}
                         when p.email_consent = false then {(short)NotSent.NoConsent} else coalesce(last.not_sent, {NeverDue}) end)::smallint as why,
                   (select max(i.send_at) from invitation i where i.person_id = p.id and i.not_sent is null) as last_asked_at
            from person p
            left join lateral (select i.not_sent from invitation i where i.person_id = p.id order by i.created_at desc limit 1) last on true
            where not exists (select from invitation i where i.person_id = p.id and i.not_sent is null and i.send_at >= {since})
            """);
    }
}
