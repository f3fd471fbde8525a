using System.Diagnostics;

namespace CxSurveys.Web.Features.Responses;

/// <summary>A response whose sender waits to hear what became of it. Whoever is first tells: the writer after the commit, or the clock.</summary>
internal sealed class Waiting(NewResponse response) : TaskCompletionSource<Intake>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    readonly long since = Stopwatch.GetTimestamp();

    public NewResponse Response => response;

    public TimeSpan Age => Stopwatch.GetElapsedTime(since);
}

/// <summary>
/// The bounded queue before the writers, who take from it by the batch. A writer takes what waits when nobody else is writing, and else when as
/// much waits as is being written: so the next batch is prepared while the last one commits, and batches stay large.
/// </summary>
internal sealed class WaitingRoom(int capacity, int maxBatch) : IDisposable
{
    readonly Lock gate = new();
    readonly Queue<Waiting> queue = new();
    readonly HashSet<List<Waiting>> written = [];
    readonly SemaphoreSlim ready = new(0);
    int idle, inFlight;
    bool closed;

    public bool IsFull => queue.Count >= capacity;

    /// <summary>Somebody waits to hear, or is being written.</summary>
    public bool IsBusy => inFlight > 0 || queue.Count > 0;

    /// <returns>False when it is full, or closed.</returns>
    public bool TryEnter(Waiting waiting)
    {
        lock (gate)
        {
            if (closed || queue.Count >= capacity) return false;
            queue.Enqueue(waiting);
            WakeWriter();
            return true;
        }
    }

    /// <summary>The next batch, oldest first; null when the room is closed and empty.</summary>
    /// <param name="done">The one that this writer took before and is done with.</param>
    public async ValueTask<List<Waiting>?> TakeAsync(List<Waiting>? done)
    {
        while (true)
        {
            lock (gate)
            {
                if (done is not null && written.Remove(done)) inFlight -= done.Count;
                if (IsWorthWriting) return Take();
                if (closed && queue.Count == 0) return null;
                idle++;
            }
            await ready.WaitAsync();
        }
    }

    /// <summary>Nobody enters any more; what waits is still written.</summary>
    public void Close()
    {
        lock (gate)
        {
            closed = true;
            if (idle > 0) ready.Release(idle);
            idle = 0;
        }
    }

    /// <summary>Those who have waited longer than <paramref name="patience"/>. They are still written.</summary>
    public List<Waiting> TooLong(TimeSpan patience)
    {
        lock (gate) return [.. written.SelectMany(batch => batch).Concat(queue.TakeWhile(w => w.Age > patience)).Where(w => w.Age > patience && !w.Task.IsCompleted)];
    }

    public void Dispose() => ready.Dispose();

    bool IsWorthWriting => queue.Count > 0 && (queue.Count >= Math.Min(inFlight, maxBatch) || closed);

    List<Waiting> Take()
    {
        var batch = new List<Waiting>(Math.Min(queue.Count, maxBatch));
        while (batch.Count < maxBatch && queue.TryDequeue(out var waiting)) batch.Add(waiting);
        inFlight += batch.Count;
        written.Add(batch);
        return batch;
    }

    void WakeWriter()
    {
        if (idle == 0 || !IsWorthWriting) return;
        idle--;
        ready.Release();
    }
}
