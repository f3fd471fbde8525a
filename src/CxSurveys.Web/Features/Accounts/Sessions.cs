using System.Security.Claims;
using CxSurveys.Web.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>Begins, checks and ends sessions.</summary>
public sealed class Sessions(CxDbContext db, KnownDevice device, TimeProvider clock)
{
    public async Task BeginAsync(HttpContext http, Account account, CancellationToken ct)
    {
        await EndAsync(http.User, ct);
        var oldest = clock.GetUtcNow() - Session.Longest;
        await db.Set<Session>().Where(s => s.StartedAt < oldest).ExecuteDeleteAsync(ct);

        var session = new Session { AccountId = account.Id, Account = account, StartedAt = clock.GetUtcNow(), SecurityStamp = account.SecurityStamp! };
        db.Add(session);
        await db.SaveChangesAsync(ct);
        await db.Set<Account>().Where(a => a.Id == account.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.LastSignInAt, session.StartedAt), ct);
        await http.SignInAsync(Schemes.Cookie, session.ToPrincipal());
        device.Remember(http, account);
    }

    public async Task EndAsync(HttpContext http, CancellationToken ct)
    {
        await EndAsync(http.User, ct);
        await http.SignOutAsync(Schemes.Cookie);
    }

    /// <summary>Runs for every request with a cookie: what ended, or changed role, does so at the next click.</summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var db = services.GetRequiredService<CxDbContext>();
        var session = SessionOf(context.Principal) is { } id
            ? await db.Set<Session>().AsNoTracking().Include(s => s.Account).SingleOrDefaultAsync(s => s.Id == id, context.HttpContext.RequestAborted)
            : null;

        if (session is null || session.IsOver(now)) context.RejectPrincipal();
        else context.ReplacePrincipal(session.ToPrincipal());
    }

    async Task EndAsync(ClaimsPrincipal user, CancellationToken ct)
    {
        if (SessionOf(user) is { } id) await db.Set<Session>().Where(s => s.Id == id).ExecuteDeleteAsync(ct);
    }

    static Guid? SessionOf(ClaimsPrincipal? user) => Guid.TryParse(user?.FindFirstValue(Claims.Session), out var id) ? id : null;
}
