using System.Buffers;
using System.IO.Pipelines;

namespace CxSurveys.Web.Platform.Import;

/// <summary>One line of a stream, counted from 1. A line over <see cref="JsonBody.MaxBytes"/> has no content.</summary>
internal readonly record struct Line(long Number, ReadOnlyMemory<byte>? Content)
{
    public bool IsBlank => Content is { } content && content.Span.Trim(" \t\r"u8).IsEmpty;
}

/// <summary>Splits a stream into lines with bounded memory: what is too long is passed over, not kept.</summary>
internal static class LineReader
{
    public static async IAsyncEnumerable<Line> ReadAsync(PipeReader reader, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        long number = 1;
        bool tooLong = false;
        while (true)
        {
            var read = await reader.ReadAsync(ct);
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end);
                yield return new Line(number, tooLong ? null : Content(line, number));
                tooLong = false;
                number++;
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }
            if (read.IsCompleted)
            {
                if (tooLong) yield return new Line(number, null);
                else if (!buffer.IsEmpty) yield return new Line(number, Content(buffer, number));
                // A read that is not given back makes the server drop the connection right behind the answer.
                reader.AdvanceTo(read.Buffer.End);
                yield break;
            }
            if (tooLong || buffer.Length > JsonBody.MaxBytes)
            {
                tooLong = true;
                buffer = buffer.Slice(buffer.End);
            }
            reader.AdvanceTo(buffer.Start, read.Buffer.End);
        }
    }

    // A byte order mark may open a file that an editor has saved. The type is named because a bare null would become an empty line.
    static ReadOnlyMemory<byte>? Content(ReadOnlySequence<byte> line, long number)
    {
        if (line.Length > JsonBody.MaxBytes) return null;
        byte[] bytes = line.ToArray();
        return number == 1 && bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsMemory(3) : bytes;
    }
}
