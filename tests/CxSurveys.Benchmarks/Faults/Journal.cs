using System.Collections.Concurrent;
using System.Text;

namespace CxSurveys.Benchmarks.Faults;

/// <summary>What a sender sends: its id, which goes with it, and the mark in its words by which the same response is known under another id.</summary>
internal sealed record Sent(Guid Id, Guid Mark)
{
    /// <summary>0 to 10, the same for the same response whenever it is sent.</summary>
    public int Score => Mark.ToByteArray()[15] % 11;

    public string Json => $$$"""{"id":"{{{Id}}}","survey":"{{{SmallSurvey.Key}}}","answers":{"recommend":{{{Score}}},"room":{{{1 + (Score % 5)}}},"why":"{{{Mark}}}"}}""";
}

/// <summary>What the senders know: which responses were acknowledged, on the disk before it counts, and which they have to send again.</summary>
internal sealed class Journal(string file, bool newIdEachTime) : IDisposable
{
    readonly FileStream disk = new(file, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
    readonly Lock gate = new();
    readonly ConcurrentQueue<Sent> open = new();
    int acknowledged, refused, cutOff, sentAgain;

    public int Acknowledged => acknowledged;
    public int Refused => refused;
    public int CutOff => cutOff;
    public int SentAgain => sentAgain;

    public TimeSpan SlowestRefusal { get; private set; }

    /// <summary>Answers that are neither 2xx nor 503.</summary>
    public ConcurrentBag<string> Unexpected { get; } = [];

    /// <summary>The oldest one without an answer, else a new one.</summary>
    public Sent Next()
    {
        if (!open.TryDequeue(out var again)) return new Sent(Guid.CreateVersion7(), Guid.NewGuid());
        Interlocked.Increment(ref sentAgain);
        return newIdEachTime ? again with { Id = Guid.CreateVersion7() } : again;
    }

    public bool HasOpen => !open.IsEmpty;

    public void Told(Sent sent, int status, string body, TimeSpan taken)
    {
        if (status is 200 or 201)
        {
            lock (gate)
            {
                disk.Write(Encoding.ASCII.GetBytes($"{sent.Id} {sent.Mark}\n"));
                disk.Flush(flushToDisk: true);
            }
            Interlocked.Increment(ref acknowledged);
            return;
        }
        if (status == 503)
        {
            Interlocked.Increment(ref refused);
            lock (gate) SlowestRefusal = taken > SlowestRefusal ? taken : SlowestRefusal;
        }
        else Unexpected.Add($"{status}: {body}");
        open.Enqueue(sent);
    }

    public void Untold(Sent sent)
    {
        Interlocked.Increment(ref cutOff);
        open.Enqueue(sent);
    }

    /// <summary>Everything that was acknowledged, read back from the disk.</summary>
    public IEnumerable<Sent> Read() => File.ReadLines(file).Select(line => line.Split(' ')).Select(parts => new Sent(Guid.Parse(parts[0]), Guid.Parse(parts[1])));

    public void Dispose() => disk.Dispose();
}
