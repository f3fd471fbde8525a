using System.Security.Cryptography;
using System.Text;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Settings;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.People;

/// <summary>The list of addresses that are never written to again.</summary>
public sealed class Suppression(CxDbContext db, TimeProvider clock)
{
    /// <summary>Which of the addresses are on the list.</summary>
    public async Task<IReadOnlySet<string>> OfAsync(IEnumerable<string?> addresses, CancellationToken ct)
    {
        string[] given = [.. addresses.OfType<string>().Distinct()];
        if (given.Length == 0 || !await db.Set<SuppressedAddress>().AnyAsync(ct)) return new HashSet<string>();
        byte[][] hashes = await HashesAsync(given, ct);
        var listed = (await db.Set<SuppressedAddress>().Where(a => hashes.Contains(a.Hash)).Select(a => a.Hash).ToListAsync(ct)).Select(Convert.ToHexString).ToHashSet();
        return given.Where((_, i) => listed.Contains(Convert.ToHexString(hashes[i]))).ToHashSet(StringComparer.Ordinal);
    }

    /// <returns>How many are new on the list.</returns>
    public async Task<int> AddAsync(IReadOnlyCollection<string> addresses, string source, CancellationToken ct)
    {
        byte[][] hashes = await HashesAsync([.. addresses.Distinct()], ct);
        return await db.Database.ExecuteSqlAsync($"insert into suppressed_address (hash, added_at, source) select hash, {clock.GetUtcNow()}, {source} from unnest({hashes}) as h(hash) order by hash on conflict (hash) do nothing", ct);
    }

    /// <returns>How many were on the list.</returns>
    public async Task<int> RemoveAsync(IReadOnlyCollection<string> addresses, CancellationToken ct)
    {
        byte[][] hashes = await HashesAsync([.. addresses.Distinct()], ct);
        return await db.Set<SuppressedAddress>().Where(a => hashes.Contains(a.Hash)).ExecuteDeleteAsync(ct);
    }

    public Task<int> CountAsync(CancellationToken ct) => db.Set<SuppressedAddress>().CountAsync(ct);

    async Task<byte[][]> HashesAsync(string[] addresses, CancellationToken ct)
    {
        byte[] salt = await db.Set<Organisation>().Select(o => o.SuppressionSalt).SingleAsync(ct);
        // Mail servers tell no capitals apart, or must not be relied on to.
        return [.. addresses.Select(address => HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(address.Trim().ToLowerInvariant())))];
    }
}
