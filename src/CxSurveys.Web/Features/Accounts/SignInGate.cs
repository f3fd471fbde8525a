using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Identity;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>Keeps guessing slow and hashing from filling the machine. One per process.</summary>
public sealed class SignInGate(IPasswordHasher<Account> hasher) : IDisposable
{
    const int WrongPerAccountAndAddress = 10;
    const int WrongPerAddress = 100;
    static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    // A hash costs a core for about a tenth of a second; answers must be stored meanwhile.
    readonly ConcurrencyLimiter hashing = new(new() { PermitLimit = Math.Max(1, Environment.ProcessorCount / 2), QueueLimit = 32 });
    readonly PartitionedRateLimiter<Attempt> perAccount = Limiter(attempt => $"{attempt.Address} {attempt.Email.ToUpperInvariant()}", WrongPerAccountAndAddress);
    readonly PartitionedRateLimiter<Attempt> perAddress = Limiter(attempt => attempt.Address, WrongPerAddress);

    /// <summary>Verified when there is no such account, so that the answer takes as long as for a known one.</summary>
    public string Decoy { get; } = hasher.HashPassword(null!, Platform.Secret.Create());

    public readonly record struct Attempt(string Address, string Email);

    /// <summary>Waits for a turn. A lease that is not acquired means: too many are waiting.</summary>
    public ValueTask<RateLimitLease> EnterAsync(CancellationToken ct) => hashing.AcquireAsync(1, ct);

    /// <summary>Taking none asks whether one is left: only wrong attempts are counted.</summary>
    public RateLimitLease Check(Attempt attempt)
    {
        var lease = perAccount.AttemptAcquire(attempt, 0);
        return lease.IsAcquired ? perAddress.AttemptAcquire(attempt, 0) : lease;
    }

    public void CountWrong(Attempt attempt)
    {
        perAccount.AttemptAcquire(attempt).Dispose();
        perAddress.AttemptAcquire(attempt).Dispose();
    }

    public void Dispose()
    {
        hashing.Dispose();
        perAccount.Dispose();
        perAddress.Dispose();
    }

    static PartitionedRateLimiter<Attempt> Limiter(Func<Attempt, string> key, int limit) =>
        PartitionedRateLimiter.Create<Attempt, string>(attempt => RateLimitPartition.GetSlidingWindowLimiter(key(attempt),
            _ => new SlidingWindowRateLimiterOptions { PermitLimit = limit, Window = Window, SegmentsPerWindow = 15 }));
}
