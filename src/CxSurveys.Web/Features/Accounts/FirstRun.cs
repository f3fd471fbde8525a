using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>From an empty database to the first admin, through a link that only the operator's console shows.</summary>
public sealed class FirstRun(CxDbContext db, UserManager<Account> accounts, TimeProvider clock)
{
    public sealed record Company(string Name, string TimeZone);

    /// <summary>A new secret in place of the earlier one; null when there is an account already.</summary>
    public async Task<string?> IssueAsync(CancellationToken ct)
    {
        if (await db.Set<Account>().AnyAsync(ct)) return null;
        var secret = Secret.Create();
        var hash = Secret.Hash(secret);
        // Two processes may start at once: the later link is the valid one.
        await db.Database.ExecuteSqlAsync($"insert into setup_secret (id, hash) values ({SetupSecret.OnlyId}, {hash}) on conflict (id) do update set hash = excluded.hash", ct);
        return secret;
    }

    public async Task<bool> IsOpenAsync(string secret, CancellationToken ct)
    {
        var hash = Secret.Hash(secret);
        return await db.Set<SetupSecret>().AnyAsync(s => s.Hash == hash, ct) && !await db.Set<Account>().AnyAsync(ct);
    }

    public Task<Organisation?> OrganisationAsync(CancellationToken ct) => db.Set<Organisation>().AsNoTracking().SingleOrDefaultAsync(ct);

    /// <summary>Makes the admin and names the company. Null when the link was used meanwhile; the password was checked before.</summary>
    public async Task<(Account Admin, IdentityResult Result)?> CompleteAsync(string secret, Account admin, string password, Company company, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var hash = Secret.Hash(secret);
        // Deleting is the claim: of two posts at once the second finds no row.
        if (await db.Set<SetupSecret>().Where(s => s.Hash == hash).ExecuteDeleteAsync(ct) == 0 || await db.Set<Account>().AnyAsync(ct)) return null;

        var result = await accounts.CreateAsync(admin, password);
        if (!result.Succeeded) return (admin, result);
        await NameAsync(company, ct);
        await transaction.CommitAsync(ct);
        return (admin, result);
    }

    /// <summary>An admin made on the command line; the link, if there is one, ends with it.</summary>
    public async Task<IdentityResult> CreateAdminAsync(string email, string password, CancellationToken ct)
    {
        var result = await accounts.CreateAsync(Account.Create(email, null, Role.Admin, clock), password);
        if (result.Succeeded) await db.Set<SetupSecret>().ExecuteDeleteAsync(ct);
        return result;
    }

    async Task NameAsync(Company company, CancellationToken ct)
    {
        if (await db.Set<Organisation>().SingleOrDefaultAsync(ct) is { } organisation)
            (organisation.Name, organisation.TimeZone) = (company.Name, company.TimeZone);
        else
            db.Add(new Organisation { Name = company.Name, TimeZone = company.TimeZone, CellsTimeZone = company.TimeZone });
        await db.SaveChangesAsync(ct);
    }
}
