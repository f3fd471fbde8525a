using System.Collections.Concurrent;

namespace CxSurveys.Web.Features.Respond.Guarding;

/// <summary>How often something happened lately, by key: exact to a tenth of the window. What was long ago is forgotten, keys too.</summary>
internal sealed class RecentCounts(TimeSpan window, TimeProvider clock)
{
    const int Parts = 10;

    /// <summary>Keys after which those that are over are looked for.</summary>
    const int ManyKeys = 10_000;

    readonly ConcurrentDictionary<string, Ring> rings = new(StringComparer.Ordinal);
    readonly TimeSpan part = window / Parts;

    sealed class Ring
    {
        public readonly int[] Counts = new int[Parts];
        public long Last;
    }

    /// <summary>Counts one more; how many it were within the window, this one among them.</summary>
    public int Add(string key)
    {
        if (rings.Count > ManyKeys) Forget();
        long now = Part();
        var ring = rings.GetOrAdd(key, _ => new Ring { Last = now });
        lock (ring)
        {
            Turn(ring, now);
            ring.Counts[now % Parts]++;
            return ring.Counts.Sum();
        }
    }

    public int Of(string key)
    {
        if (!rings.TryGetValue(key, out var ring)) return 0;
        lock (ring)
        {
            Turn(ring, Part());
            return ring.Counts.Sum();
        }
    }

    long Part() => clock.GetUtcNow().UtcTicks / part.Ticks;

    static void Turn(Ring ring, long now)
    {
        for (long part = Math.Max(ring.Last + 1, now - Parts + 1); part <= now; part++) ring.Counts[part % Parts] = 0;
        ring.Last = Math.Max(ring.Last, now);
    }

    void Forget()
    {
        long now = Part();
        foreach (var (key, ring) in rings)
            if (now - ring.Last >= Parts) rings.TryRemove(key, out _);
    }
}
