using System.Threading.RateLimiting;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Identity;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>Checks an address with its password. Every refusal looks and lasts alike: nobody learns who has an account.</summary>
public sealed class PasswordSignIn(UserManager<Account> accounts, IPasswordHasher<Account> hasher, SignInGate gate, KnownDevice device, Sessions sessions, ILogger<PasswordSignIn> log)
{
    public enum Outcome { SignedIn, Wrong, TooMany }

    /// <summary>On <see cref="Outcome.TooMany"/> the answer carries Retry-After; on <see cref="Outcome.SignedIn"/> the cookie.</summary>
    public async Task<Outcome> TryAsync(HttpContext http, string email, string password, CancellationToken ct)
    {
        var attempt = new SignInGate.Attempt(ClientAddress.Of(http), email);
        using var turn = await gate.EnterAsync(ct);
        if (!turn.IsAcquired) return Refuse(http, turn);
        using var allowance = gate.Check(attempt);
        if (!allowance.IsAcquired) return Refuse(http, allowance);

        if (await FindAsync(http, email, password) is not { } account)
        {
            gate.CountWrong(attempt);
            log.LogWarning("Sign-in refused");
            return Outcome.Wrong;
        }
        await sessions.BeginAsync(http, account, ct);
        log.LogInformation("Account {Account} signed in", account.Id);
        return Outcome.SignedIn;
    }

    async Task<Account?> FindAsync(HttpContext http, string email, string password)
    {
        var account = TextRules.IsEmail(email) ? await accounts.FindByEmailAsync(email) : null;
        if (account is null or { SwitchedOffAt: not null } or { PasswordHash: null } || await accounts.IsLockedOutAsync(account) && !device.Knows(http, account))
        {
            hasher.VerifyHashedPassword(null!, gate.Decoy, password);
            return null;
        }
        if (!await accounts.CheckPasswordAsync(account, password))
        {
            await accounts.AccessFailedAsync(account);
            return null;
        }
        await accounts.ResetAccessFailedCountAsync(account);
        return account;
    }

    Outcome Refuse(HttpContext http, RateLimitLease lease)
    {
        RateLimits.SetRetryAfter(http, lease);
        log.LogWarning("Sign-in throttled");
        return Outcome.TooMany;
    }
}
