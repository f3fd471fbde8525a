using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>One-time links by which colleagues set their own password, the first or a forgotten one.</summary>
public sealed class AccountLinks(CxDbContext db, UserManager<Account> accounts, TimeProvider clock)
{
    /// <summary>A new secret in place of an earlier one, which works no more.</summary>
    public async Task<string> IssueAsync(Guid account, CancellationToken ct)
    {
        var secret = Secret.Create();
        var hash = Secret.Hash(secret);
        var expiresAt = clock.GetUtcNow() + AccountLink.Lasts;
        await db.Database.ExecuteSqlAsync($"""
            insert into account_link (account_id, hash, expires_at) values ({account}, {hash}, {expiresAt})
            on conflict (account_id) do update set hash = excluded.hash, expires_at = excluded.expires_at
            """, ct);
        return secret;
    }

    /// <summary>Whose link this is; null when it is unknown, used, replaced or too old.</summary>
    public Task<Account?> FindAsync(string secret, CancellationToken ct) => Open(secret).Select(l => l.Account).SingleOrDefaultAsync(ct);

    /// <summary>Uses the link up and sets name and password. Null when it was used meanwhile; on failure it stays open.</summary>
    public async Task<(Account Account, IdentityResult Result)?> UseAsync(string secret, string? name, string password, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await FindAsync(secret, ct) is not { } account) return null;
        // Deleting is the claim: of two posts at once the second finds no row.
        if (await Open(secret).ExecuteDeleteAsync(ct) == 0) return null;

        account.Name = string.IsNullOrWhiteSpace(name) ? account.Name : name.Trim();
        var result = await accounts.RemovePasswordAsync(account);
        if (result.Succeeded) result = await accounts.AddPasswordAsync(account, password);
        if (result.Succeeded) await transaction.CommitAsync(ct);
        return (account, result);
    }

    IQueryable<AccountLink> Open(string secret)
    {
        var hash = Secret.Hash(secret);
        var now = clock.GetUtcNow();
        return db.Set<AccountLink>().Where(l => l.Hash == hash && l.ExpiresAt > now && l.Account.SwitchedOffAt == null);
    }
}
