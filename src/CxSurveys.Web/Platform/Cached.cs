namespace CxSurveys.Web.Platform;

/// <summary>
/// One value read from the database and kept for a second at most. The process that changes it calls
/// <see cref="Invalidate"/>; the second is for the other processes on the same database.
/// </summary>
public sealed class Cached<T>(TimeProvider clock) where T : class
{
    static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    readonly Lock gate = new();
    Entry? current;
    int generation;

    sealed record Entry(T Value, long ReadAt);

    public async ValueTask<T> GetAsync(Func<CancellationToken, Task<T>> read, CancellationToken ct)
    {
        if (current is { } entry && clock.GetElapsedTime(entry.ReadAt) < MaxAge) return entry.Value;

        int readFor = generation;
        long readAt = clock.GetTimestamp();
        var value = await read(ct);
        lock (gate)
        {
            if (readFor == generation) current = new Entry(value, readAt);
        }
        return value;
    }

    /// <summary>The next read goes to the database; one already under way is not kept.</summary>
    public void Invalidate()
    {
        lock (gate)
        {
            generation++;
            current = null;
        }
    }
}
