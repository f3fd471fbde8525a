namespace CxSurveys.Web.Platform;

/// <summary>
/// One value read from the database and kept for a second at most. The process that changes it calls
/// <see cref="Invalidate"/>; the second is for the other processes on the same database. However many ask, one reads and the others wait for it.
/// </summary>
public sealed class Cached<T>(TimeProvider clock) where T : class
{
    static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    readonly Lock gate = new();
    Entry? current;

    sealed record Entry(Lazy<Task<T>> Value, long ReadAt);

    /// <summary>What was read and may still be used; null when it is to be read.</summary>
    public T? Fresh => current is { } entry && IsFresh(entry) && entry.Value is { IsValueCreated: true, Value.IsCompletedSuccessfully: true } ? entry.Value.Value.Result : null;

    /// <param name="read">Reads it for all who wait, so no one of them can cancel it.</param>
    /// <param name="ct">Ends the waiting.</param>
    public ValueTask<T> GetAsync(Func<CancellationToken, Task<T>> read, CancellationToken ct) => Fresh is { } value ? ValueTask.FromResult(value) : ReadAsync(read, ct);

    async ValueTask<T> ReadAsync(Func<CancellationToken, Task<T>> read, CancellationToken ct)
    {
        var entry = current;
        if (!IsFresh(entry))
        {
            lock (gate)
            {
                if (!IsFresh(current)) current = new Entry(new Lazy<Task<T>>(() => read(CancellationToken.None)), clock.GetTimestamp());
                entry = current!;
            }
        }
        try
        {
            return await entry!.Value.Value.WaitAsync(ct);
        }
        catch (Exception) when (entry!.Value.Value.IsFaulted)
        {
            // The next one tries again.
            lock (gate)
            {
                if (current == entry) current = null;
            }
            throw;
        }
    }

    /// <summary>The next read goes to the database; one already under way is not kept.</summary>
    public void Invalidate()
    {
        lock (gate) current = null;
    }

    bool IsFresh(Entry? entry) => entry is not null && clock.GetElapsedTime(entry.ReadAt) < MaxAge;
}
