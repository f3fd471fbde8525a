using System.Globalization;
using System.Text;
using System.Text.Unicode;
using CsvHelper.Configuration;
using MiniExcelLibs;

namespace CxSurveys.Web.Platform.Import;

/// <summary>How a file of rows is read.</summary>
/// <param name="IsXlsx">An Excel workbook, of which the first sheet counts; the rest then says nothing.</param>
/// <param name="Encoding">The name of the text's encoding, for example utf-8.</param>
/// <param name="Separator">What stands between cells.</param>
internal sealed record SheetForm(bool IsXlsx, string Encoding, char Separator)
{
    const string Utf8Name = "utf-8";

    /// <summary>Encodings offered; the first that fits is taken, and a person who sees wrong letters chooses another.</summary>
    public static readonly IReadOnlyList<(string Name, string Text)> Encodings =
    [
        (Utf8Name, "Unicode (UTF-8)"), ("utf-16", "Unicode (UTF-16)"), ("utf-16BE", "Unicode (UTF-16, big endian)"), ("windows-1252", "Western European"), ("windows-1250", "Central European"),
        ("windows-1251", "Cyrillic"), ("windows-1254", "Turkish"), ("windows-1256", "Arabic"), ("windows-874", "Thai"), ("windows-1258", "Vietnamese"), ("shift_jis", "Japanese"), ("gb18030", "Chinese, simplified"), ("big5", "Chinese, traditional"), ("ks_c_5601-1987", "Korean"),
    ];

    public static readonly IReadOnlyList<(char Separator, string Text)> Separators = [(',', "comma"), (';', "semicolon"), ('\t', "tab"), ('|', "vertical bar")];

    /// <summary>A guess from the content.</summary>
    public static SheetForm Of(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("PK\u0003\u0004"u8)) return new SheetForm(true, Utf8Name, ',');
        string encoding = EncodingOf(content);
        string head = Text(encoding).GetString(content[..Math.Min(content.Length, 20_000)]);
        return new SheetForm(false, encoding, SeparatorOf(head.TrimStart('\uFEFF', '\r', '\n').Split('\n')[0]));
    }

    /// <summary>The encoding of that name; of old ones too.</summary>
    public static Encoding Text(string name) => CodePagesEncodingProvider.Instance.GetEncoding(name) ?? System.Text.Encoding.GetEncoding(name);

    static string EncodingOf(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return "utf-16";
        if (content.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return "utf-16BE";
        if (Utf8.IsValid(content)) return content.Contains((byte)0) ? ZeroesOf(content) : Utf8Name;
        return "windows-1252";
    }

    // Latin letters in UTF-16 have a zero as every other byte: behind the letter, or before it.
    static string ZeroesOf(ReadOnlySpan<byte> content) => content is [0, ..] ? "utf-16BE" : "utf-16";

    static char SeparatorOf(string line)
    {
        bool quoted = false;
        var counts = Separators.ToDictionary(s => s.Separator, _ => 0);
        foreach (char c in line)
        {
            if (c == '"') quoted = !quoted;
            else if (!quoted && counts.TryGetValue(c, out int count)) counts[c] = count + 1;
        }
        return counts.MaxBy(c => c.Value) is { Value: > 0 } most ? most.Key : ',';
    }
}

/// <summary>Rows of a file, whatever kind it is.</summary>
internal static class Sheet
{
    /// <summary>Rows that are not empty, with the number of the line or row each begins at, counted from 1.</summary>
    public static IEnumerable<CsvRecord> Read(byte[] content, SheetForm form) => form.IsXlsx ? Workbook(content) : Lines(content, form);

    static IEnumerable<CsvRecord> Lines(byte[] content, SheetForm form)
    {
        using var reader = new StreamReader(new MemoryStream(content), SheetForm.Text(form.Encoding));
        using var parser = new CsvHelper.CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = form.Separator.ToString(), BadDataFound = null, IgnoreBlankLines = true });
        for (long line = 1; parser.Read(); line = parser.RawRow + 1)
        {
            string[] cells = parser.Record ?? [];
            if (cells.Any(cell => !string.IsNullOrWhiteSpace(cell))) yield return new CsvRecord(line, cells);
        }
    }

    static IEnumerable<CsvRecord> Workbook(byte[] content)
    {
        long line = 0;
        foreach (IDictionary<string, object?> row in new MemoryStream(content).Query(useHeaderRow: false).Cast<IDictionary<string, object?>>())
        {
            line++;
            string[] cells = [.. row.Values.Select(Text)];
            if (cells.Any(cell => cell.Length > 0)) yield return new CsvRecord(line, cells);
        }
    }

    static string Text(object? cell) => cell switch
    {
        null => "",
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
        bool yes => yes ? "yes" : "no",
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "",
    };
}
