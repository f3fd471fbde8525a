using System.Collections.Concurrent;
using System.Text.Json;
using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Scores;

/// <summary>Finds or makes the id of a combination of reporting attributes. Ids are for good, so they are kept in memory.</summary>
public sealed class SegmentStore(IServiceScopeFactory scopes)
{
    const int KeptInMemory = 100_000;

    readonly ConcurrentDictionary<Hash256, int> known = new();

    sealed record Found(int Id, byte[] Hash);

    /// <summary>The ids of these combinations, in their order. Commits by itself: never wait for it inside a transaction that locks segments.</summary>
    public async Task<int[]> IdsAsync(IReadOnlyList<SegmentKey> segments, CancellationToken ct)
    {
        var ids = new int[segments.Count];
        Dictionary<Hash256, SegmentKey>? unknown = null;
        for (int i = 0; i < ids.Length; i++)
            if (!known.TryGetValue(segments[i].Hash, out ids[i])) (unknown ??= [])[segments[i].Hash] = segments[i];
        if (unknown is null) return ids;

        var found = await FindOrMakeAsync(unknown, ct);
        for (int i = 0; i < ids.Length; i++)
            if (found.TryGetValue(segments[i].Hash, out int id)) ids[i] = id;
        return ids;
    }

    async Task<Dictionary<Hash256, int>> FindOrMakeAsync(Dictionary<Hash256, SegmentKey> unknown, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CxDbContext>();
        if (known.Count > KeptInMemory) known.Clear();

        // Parts come first and are committed by themselves, so that nobody waits for one while others wait for him.
        var parts = unknown.Values.SelectMany(key => key.Parts()).DistinctBy(part => part.Hash).ToList();
        int[] partIds = parts.Count == 0 ? [] : await IdsAsync(parts, ct);
        var idOf = parts.Zip(partIds).ToDictionary(p => p.First.Hash, p => p.Second);

        // A second look finds what another writer made while the first one ran.
        var ids = new Dictionary<Hash256, int>();
        while (unknown.Count > 0)
            foreach (var segment in await FindOrMakeAsync(db, [.. unknown.OrderBy(u => u.Key)], part => idOf[part.Hash], ct))
            {
                var hash = Hash256.Of(segment.Hash);
                ids[hash] = known[hash] = segment.Id;
                unknown.Remove(hash);
            }
        return ids;
    }

    // Inserts only what it did not find, so that a known combination costs no number of the sequence; sorted, so that two
    // batches never wait for each other.
    static Task<List<Found>> FindOrMakeAsync(CxDbContext db, KeyValuePair<Hash256, SegmentKey>[] unknown, Func<SegmentKey, int> idOf, CancellationToken ct)
    {
        byte[][] hashes = Array.ConvertAll(unknown, u => u.Key.ToArray());
        string[] attributes = Array.ConvertAll(unknown, u => JsonSerializer.Serialize(u.Value.Attributes));
        string?[] languages = Array.ConvertAll(unknown, u => u.Value.Language);
        string?[] channels = Array.ConvertAll(unknown, u => u.Value.Channel);
        string?[] parts = Array.ConvertAll(unknown, u => u.Value.Part);
        string[] partIds = Array.ConvertAll(unknown, u => string.Join(',', u.Value.Parts().Select(idOf)));
        return db.Database.SqlQuery<Found>($"""
            with wanted as (
                select * from unnest({hashes}, {attributes}, {languages}, {channels}, {parts}, {partIds}) as t(hash, attributes, language, channel, part, part_ids)
            ), there as (
                select s.id, s.hash from segment s where s.hash = any({hashes})
            ), made as (
                insert into segment (hash, attributes, language, channel, part, part_ids)
                select w.hash, w.attributes::jsonb, w.language, w.channel, w.part, string_to_array(w.part_ids, ',')::int[]
                from wanted w
                where not exists (select from there where there.hash = w.hash)
                order by w.hash
                on conflict (hash) do nothing
                returning id, hash
            )
            select id, hash from there union all select id, hash from made
            """).ToListAsync(ct);
    }
}
