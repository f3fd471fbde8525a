using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Invitations.Sending;

/// <summary>One line of a pasted list: an address, an id, or an id with address, name and language.</summary>
public sealed record PastedPerson(int Line, string Text, string? Id, string? Email, string? Name, string? Language);

/// <summary>Reads what people paste from a sheet or a mail: cells apart by a tab, a semicolon or a comma.</summary>
internal static class PastedList
{
    public const int MostLines = 500;

    static readonly char[] Separators = ['\t', ';', ','];

    public static IReadOnlyList<PastedPerson> Read(string text) =>
        [.. text.Split('\n').Select((line, i) => (Text: line.Trim(), Number: i + 1)).Where(l => l.Text.Length > 0 && !IsHeader(l.Text)).Select(l => Read(l.Text, l.Number))];

    static PastedPerson Read(string text, int line)
    {
        var cells = Cells(text);
        string? Cell(int i) => i < cells.Length && cells[i].Length > 0 ? cells[i] : null;
        if (cells.Length > 1) return new PastedPerson(line, text, Cell(0), Cell(1), Cell(2), Cell(3));
        return TextRules.IsEmail(text) ? new PastedPerson(line, text, null, text, null, null) : new PastedPerson(line, text, text, null, null, null);
    }

    static string[] Cells(string text)
    {
        char separator = Separators.FirstOrDefault(text.Contains);
        return separator == default ? [text] : [.. text.Split(separator).Select(cell => cell.Trim().Trim('"'))];
    }

    static bool IsHeader(string text) => Cells(text)[0].Equals("id", StringComparison.OrdinalIgnoreCase) || text.Equals("email", StringComparison.OrdinalIgnoreCase);
}
