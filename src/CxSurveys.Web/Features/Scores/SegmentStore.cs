using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CxSurveys.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Scores;

/// <summary>A combination of reporting attributes, with the response's own language and channel beside them.</summary>
public sealed record SegmentKey(IReadOnlyDictionary<string, string> Attributes, string? Language, string? Channel);

/// <summary>Finds or makes the id of a combination of reporting attributes. Ids are for good, so they are kept in memory.</summary>
public sealed class SegmentStore(IServiceScopeFactory scopes)
{
    const int KeptInMemory = 100_000;

    readonly ConcurrentDictionary<string, int> known = new();

    sealed record Found(int Id, byte[] Hash);

    /// <summary>The ids of these combinations, in their order. Commits by itself: never wait for it inside a transaction that locks segments.</summary>
    public async Task<int[]> IdsAsync(IReadOnlyList<SegmentKey> segments, CancellationToken ct)
    {
        var hashes = segments.Select(Hash).ToArray();
        var ids = new Dictionary<string, int>();
        var unknown = new SortedDictionary<string, SegmentKey>(StringComparer.Ordinal);
        for (var i = 0; i < hashes.Length; i++)
        {
            var name = Convert.ToHexString(hashes[i]);
            if (known.TryGetValue(name, out var id)) ids[name] = id;
            else unknown[name] = segments[i];
        }

        if (unknown.Count > 0) await FindOrMakeAsync(unknown, ids, ct);
        return [.. hashes.Select(hash => ids[Convert.ToHexString(hash)])];
    }

    async Task FindOrMakeAsync(SortedDictionary<string, SegmentKey> unknown, Dictionary<string, int> ids, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CxDbContext>();
        if (known.Count > KeptInMemory) known.Clear();

        // A second look finds what another writer made while the first one ran.
        while (unknown.Count > 0)
            foreach (var segment in await FindOrMakeAsync(db, unknown, ct))
            {
                var name = Convert.ToHexString(segment.Hash);
                ids[name] = known[name] = segment.Id;
                unknown.Remove(name);
            }
    }

    // Inserts only what it did not find, so that a known combination costs no number of the sequence; sorted, so that two
    // batches never wait for each other.
    static Task<List<Found>> FindOrMakeAsync(CxDbContext db, SortedDictionary<string, SegmentKey> unknown, CancellationToken ct)
    {
        byte[][] hashes = [.. unknown.Keys.Select(Convert.FromHexString)];
        string[] attributes = [.. unknown.Values.Select(s => JsonSerializer.Serialize(s.Attributes))];
        string?[] languages = [.. unknown.Values.Select(s => s.Language)];
        string?[] channels = [.. unknown.Values.Select(s => s.Channel)];
        return db.Database.SqlQuery<Found>($"""
            with wanted as (
                select * from unnest({hashes}, {attributes}, {languages}, {channels}) as t(hash, attributes, language, channel)
            ), there as (
                select s.id, s.hash from segment s where s.hash = any({hashes})
            ), made as (
                insert into segment (hash, attributes, language, channel)
                select w.hash, w.attributes::jsonb, w.language, w.channel
                from wanted w
                where not exists (select from there where there.hash = w.hash)
                order by w.hash
                on conflict (hash) do nothing
                returning id, hash
            )
            select id, hash from there union all select id, hash from made
            """).ToListAsync(ct);
    }

    // Every text with its length before it: no two combinations write the same bytes, whatever characters they hold.
    internal static byte[] Hash(SegmentKey segment)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, segment.Language);
        Append(hash, segment.Channel);
        foreach (var (name, value) in segment.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            Append(hash, name);
            Append(hash, value);
        }

        return hash.GetHashAndReset();
    }

    static void Append(IncrementalHash hash, string? text)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, text is null ? -1 : Encoding.UTF8.GetByteCount(text));
        hash.AppendData(length);
        if (text is not null) hash.AppendData(Encoding.UTF8.GetBytes(text));
    }
}
