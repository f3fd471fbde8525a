using System.Collections.Concurrent;
using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>Makes, ends and looks up keys. An answer is kept for a second at most: a key revoked by another process stops within one.</summary>
public sealed class ApiKeys(IServiceScopeFactory scopes, TimeProvider clock)
{
    // Only valid keys get in, so that guessing cannot fill it.
    readonly ConcurrentDictionary<Hash256, Cached<Found>> found = new();

    /// <summary>A new key, to be shown once: the database knows only its hash. Else what is wrong with the name.</summary>
    public async Task<(string? Key, string? Problem)> CreateAsync(string name, KeyRole role, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > ApiKey.MaxName || name.Any(char.IsControl) || !TextRules.IsStorable(name))
            return (null, $"A name has 1 to {ApiKey.MaxName} characters, on one line.");

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CxDbContext>();
        var key = ApiKey.Prefix + Secret.Create();
        db.Add(new ApiKey { Name = name, Role = role, Hash = Secret.Hash(key), CreatedAt = clock.GetUtcNow() });
        try
        {
            await db.SaveChangesAsync(ct);
            return (key, null);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return (null, $"There is, or was, a key named \"{name}\". Choose another name.");
        }
    }

    /// <summary>False when there is no key of this name. One that is revoked already stays as it is.</summary>
    public async Task<bool> RevokeAsync(string name, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CxDbContext>();
        if (await db.Set<ApiKey>().SingleOrDefaultAsync(k => k.Name == name, ct) is not { } key) return false;

        key.RevokedAt ??= clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        found.TryRemove(Hash256.Of(key.Hash), out _);
        return true;
    }

    /// <summary>The valid key behind a text, or null: unknown, revoked and malformed are one.</summary>
    public async ValueTask<ApiKey?> FindAsync(string text, CancellationToken ct)
    {
        if (text.Length != ApiKey.Prefix.Length + Secret.Length || !text.StartsWith(ApiKey.Prefix, StringComparison.Ordinal)) return null;

        var hash = Secret.Hash(text);
        var name = Hash256.Of(hash);
        if (!found.TryGetValue(name, out var kept))
        {
            if (await ReadAsync(hash, ct) is not { } valid) return null;
            found.TryAdd(name, new Cached<Found>(clock));
            return valid;
        }
        var key = (await kept.GetAsync(async none => new Found(await ReadAsync(hash, none)), ct)).Key;
        if (key is null) found.TryRemove(name, out _);
        return key;
    }

    /// <summary>Whether an <c>Authorization</c> header holds a key that may store responses, from memory alone; false also when it would have to be read.</summary>
    public bool MayIngest(string? header)
    {
        const string Scheme = "Bearer ";
        if (header is null || header.Length != Scheme.Length + ApiKey.Prefix.Length + Secret.Length || !header.StartsWith(Scheme, StringComparison.Ordinal)) return false;
        var text = new Fingerprint(stackalloc byte[Fingerprint.Usual]);
        text.AddText(header.AsSpan(Scheme.Length));
        return found.TryGetValue(text.Sha256(), out var kept) && kept.Fresh?.Key is { Role: KeyRole.Ingest or KeyRole.Admin };
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

    sealed record Found(ApiKey? Key);
}
