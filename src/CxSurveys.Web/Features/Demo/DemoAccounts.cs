using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Accounts;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Demo;

/// <summary>How far the demo came that was begun on a day.</summary>
internal sealed record DemoState(DateOnly Today, bool Loaded);

/// <summary>
/// Who signs in to the demo. The admin's account also bears the mark of the demo: it is made first and marked as loaded last,
/// so that a load that was cut off is known, and goes on with the same story.
/// </summary>
internal sealed class DemoAccounts(CxDbContext db, UserManager<Account> accounts, IDataProtectionProvider keyRing, TimeProvider clock)
{
    public const string Admin = "admin@demo.example", Manager = "manager@demo.example";

    const string Mark = "demo", Loading = "loading ", Loaded = "loaded ", Sealed = "demo-password";

    // Without letters that are mistaken for one another; 20 of them hold 98 bits.
    const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    readonly IDataProtector seal = keyRing.CreateProtector("Demo.Password");

    /// <summary>Null when no demo was ever begun here.</summary>
    public async Task<DemoState?> StateAsync(CancellationToken ct) =>
        await ClaimAsync(Mark, ct) is { } mark ? new(DateOnly.Parse(mark.Split(' ')[1], CultureInfo.InvariantCulture), mark.StartsWith(Loaded, StringComparison.Ordinal)) : null;

    /// <summary>Makes the accounts and marks the demo as begun.</summary>
    public async Task BeginAsync(DateOnly today, CancellationToken ct)
    {
        string password = string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 5)));
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var admin = await CreateAsync(Admin, "Nadia Rahman", Role.Admin, password);
        await CreateAsync(Manager, "Arun Srisuk", Role.Manager, password);
        Done(await accounts.AddClaimsAsync(admin, [new Claim(Mark, Loading + Iso(today)), new Claim(Sealed, seal.Protect(password))]));
        await transaction.CommitAsync(ct);
    }

    public async Task FinishAsync(DateOnly today)
    {
        var admin = (await accounts.FindByEmailAsync(Admin))!;
        Done(await accounts.ReplaceClaimAsync(admin, new Claim(Mark, Loading + Iso(today)), new Claim(Mark, Loaded + Iso(today))));
    }

    /// <summary>What to print: the generated password, or why it is of no use.</summary>
    public async Task<string> PasswordAsync(CancellationToken ct)
    {
        try
        {
            string password = seal.Unprotect((await ClaimAsync(Sealed, ct))!);
            return await accounts.CheckPasswordAsync((await accounts.FindByEmailAsync(Admin))!, password) ? password : "(was changed)";
        }
        catch (CryptographicException)
        {
            return "(cannot be read without the data folder of the first start; make an administrator with the verb admin create)";
        }
    }

    async Task<Account> CreateAsync(string email, string name, Role role, string password)
    {
        var account = Account.Create(email, name, role, clock);
        Done(await accounts.CreateAsync(account, password));
        return account;
    }

    async Task<string?> ClaimAsync(string type, CancellationToken ct) =>
        await (from claim in db.UserClaims
               join account in db.Users on claim.UserId equals account.Id
               where account.Email == Admin && claim.ClaimType == type
               select claim.ClaimValue).SingleOrDefaultAsync(ct);

    static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static void Done(IdentityResult result)
    {
        if (!result.Succeeded) throw new InvalidOperationException("The demo's accounts: " + string.Join(' ', result.Errors.Select(e => e.Description)));
    }
}
