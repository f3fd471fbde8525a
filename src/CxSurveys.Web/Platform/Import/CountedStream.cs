namespace CxSurveys.Web.Platform.Import;

/// <summary>Passes on what another stream gives, and knows how much it was. The other one stays open.</summary>
/// <param name="inner">The other stream.</param>
/// <param name="start">What was taken from it already, to look at.</param>
internal sealed class CountedStream(Stream inner, ReadOnlyMemory<byte> start = default) : Stream
{
    ReadOnlyMemory<byte> start = start;
    long read;

    public long BytesRead => Interlocked.Read(ref read);

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => BytesRead;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = start.IsEmpty ? await inner.ReadAsync(buffer, cancellationToken) : TakeStart(buffer.Span);
        Interlocked.Add(ref read, count);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        int got = start.IsEmpty ? inner.Read(buffer, offset, count) : TakeStart(buffer.AsSpan(offset, count));
        Interlocked.Add(ref read, got);
        return got;
    }

    int TakeStart(Span<byte> buffer)
    {
        int length = Math.Min(buffer.Length, start.Length);
        start.Span[..length].CopyTo(buffer);
        start = start[length..];
        return length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
