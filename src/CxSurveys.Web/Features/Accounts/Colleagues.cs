using CxSurveys.Web.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>What admins do with the accounts of others, and their own. At least one admin who can sign in is always left.</summary>
public sealed class Colleagues(CxDbContext db, UserManager<Account> accounts, AccountLinks links, TimeProvider clock, ILogger<Colleagues> log)
{
    const long LockKey = 0x4378_4163_636f; // "CxAcco": two admins who demote each other wait for each other

    public enum Outcome { Done, Unknown, LastAdmin }

    /// <param name="LinkUntil">Until when a link is open; null when there is none.</param>
    public sealed record Listed(Account Account, DateTimeOffset? LinkUntil)
    {
        public bool HasPassword => Account.PasswordHash is not null;
    }

    public const int MostListed = 500;

    public async Task<IReadOnlyList<Listed>> ListAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await db.Set<Account>().AsNoTracking()
            .OrderBy(a => a.SwitchedOffAt != null).ThenBy(a => a.NormalizedEmail).Take(MostListed)
            .Select(a => new Listed(a, db.Set<AccountLink>().Where(l => l.AccountId == a.Id && l.ExpiresAt > now).Select(l => (DateTimeOffset?)l.ExpiresAt).SingleOrDefault()))
            .ToListAsync(ct);
    }

    /// <summary>An account without a password, and the secret of the link that sets one; null when the address has an account.</summary>
    public async Task<string?> AddAsync(string email, string? name, Role role, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await LockAsync(ct);
        var account = Account.Create(email, name, role, clock);
        var result = await accounts.CreateAsync(account);
        if (!result.Succeeded) return null;
        var secret = await links.IssueAsync(account.Id, ct);
        await transaction.CommitAsync(ct);
        log.LogInformation("Account {Account} added as {Role}", account.Id, role);
        return secret;
    }

    /// <summary>A link to set a password anew; null for an account that is unknown or switched off.</summary>
    public async Task<(string Secret, string Email)?> NewLinkAsync(Guid id, CancellationToken ct)
    {
        var account = await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && a.SwitchedOffAt == null, ct);
        return account is null ? null : (await links.IssueAsync(id, ct), account.Email!);
    }

    public Task<Outcome> ChangeRoleAsync(Guid id, Role role, CancellationToken ct) => ChangeAsync(id, staysAdmin: role == Role.Admin, account =>
    {
        account.Role = role;
        return accounts.UpdateAsync(account);
    }, ct);

    /// <summary>Ends every session and link of the account; the next click of its owner leads to sign-in.</summary>
    public Task<Outcome> SwitchOffAsync(Guid id, CancellationToken ct) => ChangeAsync(id, staysAdmin: false, async account =>
    {
        account.SwitchedOffAt ??= clock.GetUtcNow();
        await db.Set<Session>().Where(s => s.AccountId == id).ExecuteDeleteAsync(ct);
        await db.Set<AccountLink>().Where(l => l.AccountId == id).ExecuteDeleteAsync(ct);
        // The stamp also takes back the mark that lets a known browser try passwords while sign-in pauses.
        return await accounts.UpdateSecurityStampAsync(account);
    }, ct);

    public Task<Outcome> SwitchOnAsync(Guid id, CancellationToken ct) => ChangeAsync(id, staysAdmin: true, account =>
    {
        account.SwitchedOffAt = null;
        return accounts.UpdateAsync(account);
    }, ct);

    async Task<Outcome> ChangeAsync(Guid id, bool staysAdmin, Func<Account, Task<IdentityResult>> change, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await LockAsync(ct);
        if (await db.Set<Account>().SingleOrDefaultAsync(a => a.Id == id, ct) is not { } account) return Outcome.Unknown;
        if (!staysAdmin && CanAdminister(account) && await AdminsAsync(ct) == 1) return Outcome.LastAdmin;

        var result = await change(account);
        if (!result.Succeeded) throw new InvalidOperationException(string.Join(' ', result.Errors.Select(e => e.Description)));
        await transaction.CommitAsync(ct);
        log.LogInformation("Account {Account} is now {Role}, switched off: {SwitchedOff}", id, account.Role, account.SwitchedOffAt is not null);
        return Outcome.Done;
    }

    // One who never set a password administers nothing yet.
    static bool CanAdminister(Account account) => account is { Role: Role.Admin, SwitchedOffAt: null, PasswordHash: not null };

    Task<int> AdminsAsync(CancellationToken ct) => db.Set<Account>().CountAsync(a => a.Role == Role.Admin && a.SwitchedOffAt == null && a.PasswordHash != null, ct);

    Task<int> LockAsync(CancellationToken ct) => db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({LockKey})", ct);
}
