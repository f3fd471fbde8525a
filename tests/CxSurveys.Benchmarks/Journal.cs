using System.Collections.Concurrent;
using System.Text;

namespace CxSurveys.Benchmarks;

/// <summary>What the senders know: which ids were acknowledged, and which they have to send again.</summary>
internal sealed class Journal
{
    readonly ConcurrentQueue<Guid> open = new();
    int refused, cutOff, sentAgain;

    public ConcurrentBag<Guid> Acknowledged { get; } = [];

    public int Refused => refused;

    public int CutOff => cutOff;

    public int SentAgain => sentAgain;

    /// <summary>The oldest id without an answer, else a new one.</summary>
    public Guid Next()
    {
        if (!open.TryDequeue(out var id)) return Guid.CreateVersion7();
        Interlocked.Increment(ref sentAgain);
        return id;
    }

    public void Told(Guid id, int status)
    {
        switch (status)
        {
            case 200 or 201:
                Acknowledged.Add(id);
                break;
            case 503:
                Interlocked.Increment(ref refused);
                open.Enqueue(id);
                break;
            default:
                throw new InvalidOperationException($"A good response was answered with {status}.");
        }
    }

    public void Untold(Guid id)
    {
        Interlocked.Increment(ref cutOff);
        open.Enqueue(id);
    }

    /// <summary>The same for the same id: sent again, it is the same content.</summary>
    public static int Score(Guid id) => id.ToByteArray()[15] % 11;

    public static StringContent Body(Guid id) => new(
        $$$"""{"id":"{{{id}}}","survey":"{{{SmallSurvey.Key}}}","answers":{"recommend":{{{Score(id)}}},"room":{{{1 + (Score(id) % 5)}}}}}""", Encoding.UTF8, "application/json");
}
