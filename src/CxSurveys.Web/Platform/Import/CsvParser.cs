using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace CxSurveys.Web.Platform.Import;

/// <summary>Takes one record apart, fed line by line while a quoted cell goes on.</summary>
internal sealed class CsvParser
{
    public enum State { Complete, InQuotes, Broken }

    readonly ArrayBufferWriter<byte> cell = new(256);
    List<string> cells = [];
    string? problem;
    int? badCell;
    bool inQuotes;

    public void Begin()
    {
        cells = [];
        cell.ResetWrittenCount();
        problem = null;
        badCell = null;
        inQuotes = false;
    }

    /// <param name="line">Without its line feed.</param>
    public State Feed(ReadOnlySpan<byte> line)
    {
        var rest = line;
        while (true)
        {
            if (inQuotes)
            {
                if (!ReadQuoted(ref rest)) return State.InQuotes;
            }
            else if (rest is [(byte)'"', ..])
            {
                inQuotes = true;
                rest = rest[1..];
                continue;
            }
            else if (!ReadPlain(ref rest)) return Break("A quote stands inside a cell that does not begin with one: put the cell in quotes and write the quote twice.");

            if (rest is not ([] or [(byte)'\r'] or [(byte)',', ..])) return Break("After the closing quote of a cell comes a comma; a quote inside a cell is written twice.");
            EndCell();
            if (rest is [] or [(byte)'\r']) return State.Complete;
            rest = rest[1..];
        }
    }

    public CsvRecord Record(long line) => new(line, cells, problem, badCell);

    public CsvRecord NeverClosed(long line) => new(line, cells, $"A quote opens this cell and is not closed within {JsonBody.MaxBytes:N0} bytes.", cells.Count);

    /// <returns>False when a quote is in the way.</returns>
    bool ReadPlain(ref ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOfAny((byte)',', (byte)'"');
        if (end >= 0 && rest[end] == '"') return false;
        var text = end >= 0 ? rest[..end] : rest is [.., (byte)'\r'] ? rest[..^1] : rest;
        cell.Write(text);
        rest = rest[text.Length..];
        return true;
    }

    /// <returns>False when the line ends inside the quotes.</returns>
    bool ReadQuoted(ref ReadOnlySpan<byte> rest)
    {
        while (true)
        {
            int quote = rest.IndexOf((byte)'"');
            if (quote < 0)
            {
                cell.Write(rest);
                cell.Write("\n"u8);
                return false;
            }
            cell.Write(rest[..quote]);
            rest = rest[(quote + 1)..];
            if (rest is not [(byte)'"', ..])
            {
                inQuotes = false;
                return true;
            }
            cell.Write("\""u8);
            rest = rest[1..];
        }
    }

    // The record goes on to its end: where the next one begins does not depend on it.
    void EndCell()
    {
        if (Utf8.IsValid(cell.WrittenSpan)) cells.Add(Encoding.UTF8.GetString(cell.WrittenSpan));
        else
        {
            problem ??= "The text is not valid UTF-8.";
            badCell ??= cells.Count;
            cells.Add("");
        }
        cell.ResetWrittenCount();
    }

    State Break(string why)
    {
        problem = why;
        badCell = cells.Count;
        return State.Broken;
    }
}
