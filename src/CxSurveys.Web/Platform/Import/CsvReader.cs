using System.Runtime.CompilerServices;

namespace CxSurveys.Web.Platform.Import;

/// <summary>One record of a CSV file.</summary>
/// <param name="Line">Where it begins, counted from 1.</param>
/// <param name="Cells">What could be read of it.</param>
/// <param name="Problem">Why it cannot be used; null when it can.</param>
/// <param name="BadCell">The index of the cell the problem is in; null when it is the whole line.</param>
internal sealed record CsvRecord(long Line, IReadOnlyList<string> Cells, string? Problem = null, int? BadCell = null)
{
    /// <summary>Bytes it took in the file, or thereabouts.</summary>
    public long Length => Cells.Sum(cell => 2L * cell.Length);
}

/// <summary>
/// RFC 4180 with bounded memory: commas, quotes doubled inside quotes, line ends of either kind. A record that breaks the
/// rules costs only its first line: a quote that is never closed does not swallow the rest of the file.
/// </summary>
internal static class CsvReader
{
    static readonly string TooLong = $"The line is longer than {JsonBody.MaxBytes:N0} bytes.";

    public static async IAsyncEnumerable<CsvRecord> ReadAsync(IAsyncEnumerable<Line> lines, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var source = lines.GetAsyncEnumerator(ct);
        var again = new Queue<Line>();
        var open = new List<Line>();
        var parser = new CsvParser();
        long bytes = 0;
        while (true)
        {
            Line? next = again.Count > 0 ? again.Dequeue() : await source.MoveNextAsync() ? source.Current : null;
            if (open.Count == 0)
            {
                if (next is not { } first) yield break;
                if (first.IsBlank) continue;
                if (first.Content is null)
                {
                    yield return new CsvRecord(first.Number, [], TooLong);
                    continue;
                }
                parser.Begin();
                bytes = 0;
            }

            if (next is { } line) open.Add(line);
            bool goesOn = next?.Content is { } content && (bytes += content.Length + 1) <= JsonBody.MaxBytes + 1;
            var state = goesOn ? parser.Feed(open[^1].Content!.Value.Span) : CsvParser.State.Broken;
            if (state == CsvParser.State.InQuotes) continue;

            yield return goesOn ? parser.Record(open[0].Number) : parser.NeverClosed(open[0].Number);
            if (state == CsvParser.State.Broken && open.Count > 1) again = new Queue<Line>([.. open.Skip(1), .. again]);
            open.Clear();
        }
    }
}
