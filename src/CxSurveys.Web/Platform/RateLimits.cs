using System.Globalization;
using System.Threading.RateLimiting;

namespace CxSurveys.Web.Platform;

/// <summary>How much one address may ask for. A refusal is 429 with Retry-After.</summary>
public static class RateLimits
{
    /// <summary>Forms that customers send: a whole office behind one address passes, a script does not.</summary>
    public const string Public = "public";

    /// <summary>Pages opened by a one-time secret.</summary>
    public const string OneTimeLinks = "one-time-links";

    public static IServiceCollection AddRateLimits(this IServiceCollection services) => services.AddRateLimiter(limits =>
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.OnRejected = (rejected, _) =>
        {
            SetRetryAfter(rejected.HttpContext, rejected.Lease);
            return ValueTask.CompletedTask;
        };
        limits.AddPolicy(Public, PublicPartition);
        limits.AddPolicy(OneTimeLinks, context => RateLimitPartition.GetFixedWindowLimiter(ClientAddress.Of(context),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = 60, Window = TimeSpan.FromMinutes(1) }));
    });

    public static void SetRetryAfter(HttpContext context, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var told) ? told : TimeSpan.FromSeconds(5);
        context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }

    // Loopback is a proxy on the same machine, or a check: behind it stand all customers together.
    static RateLimitPartition<string> PublicPartition(HttpContext context) => ClientAddress.IsLoopback(context)
        ? RateLimitPartition.GetNoLimiter("loopback")
        : RateLimitPartition.GetTokenBucketLimiter(ClientAddress.Of(context), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = 2000,
            TokensPerPeriod = 30,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        });
}
