using System.Collections.Concurrent;
using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>Looks keys up. An answer is kept for less than a second: a key revoked by another process stops within one.</summary>
public sealed class ApiKeys(IServiceScopeFactory scopes, TimeProvider clock)
{
    static readonly TimeSpan Kept = TimeSpan.FromMilliseconds(900);

    // Only valid keys get in, so that guessing cannot fill it.
    readonly ConcurrentDictionary<string, Found> found = new(StringComparer.Ordinal);

    /// <summary>The valid key behind a text, or null: unknown, revoked and malformed are one.</summary>
    public async ValueTask<ApiKey?> FindAsync(string text, CancellationToken ct)
    {
        if (text.Length != ApiKey.Prefix.Length + Secret.Length || !text.StartsWith(ApiKey.Prefix, StringComparison.Ordinal)) return null;

        var hash = Secret.Hash(text);
        var name = Convert.ToHexString(hash);
        if (found.TryGetValue(name, out var known) && clock.GetElapsedTime(known.ReadAt) < Kept) return known.Key;

        var readAt = clock.GetTimestamp();
        if (await ReadAsync(hash, ct) is { } key)
        {
            found[name] = new Found(key, readAt);
            return key;
        }
        found.TryRemove(name, out _);
        return null;
    }

    async Task<ApiKey?> ReadAsync(byte[] hash, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CxDbContext>();
        var key = await db.Set<ApiKey>().AsNoTracking().SingleOrDefaultAsync(k => k.Hash == hash && k.RevokedAt == null, ct);
        if (key is null) return null;

        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        if (key.LastUsed != today) await db.Set<ApiKey>().Where(k => k.Id == key.Id).ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsed, today), ct);
        return key;
    }

    sealed record Found(ApiKey Key, long ReadAt);
}
