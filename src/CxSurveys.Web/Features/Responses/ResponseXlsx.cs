using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.WebUtilities;

namespace CxSurveys.Web.Features.Responses;

/// <summary>
/// A workbook, streamed: no library at hand writes one without a temporary file or the whole of it in memory. Texts are texts whatever they
/// begin with; one that would be a formula if it were typed is marked as quoted, as a spreadsheet itself does. Office Open XML, ECMA-376.
/// </summary>
internal sealed class ResponseXlsx : IExportWriter
{
    /// <summary>Below the 1,048,576 rows that a sheet can have; what is more goes on in the next sheet, under the same heads.</summary>
    const int RowsOfASheet = 1_000_000;

    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        Package = "http://schemas.openxmlformats.org/package/2006/", Xml = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";

    // Ending an entry of an archive writes without waiting, which a response forbids: everything goes by way of this.
    readonly FileBufferingWriteStream staged = new();
    readonly Stream output;
    readonly ZipArchive zip;
    readonly StringBuilder text = new();
    object?[]? heads;
    Stream? sheet;
    int sheets, rowsInSheet;

    public ResponseXlsx(Stream output)
    {
        this.output = output;
        zip = new ZipArchive(staged, ZipArchiveMode.Create, leaveOpen: true);
    }

    /// <summary>The first row of all are the heads.</summary>
    public async Task WriteAsync(IEnumerable<IEnumerable<object?>> rows, CancellationToken ct)
    {
        foreach (var row in rows)
        {
            if (heads is null || rowsInSheet > RowsOfASheet) await NextSheetAsync(heads ??= [.. row], ct);
            else Append(row);
        }
        await FlushAsync(ct);
        await staged.DrainBufferAsync(output, ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (heads is null) await NextSheetAsync(heads = [], CancellationToken.None);
        await EndSheetAsync(CancellationToken.None);
        await AddAsync("[Content_Types].xml", $"""
            <Types xmlns="{Package}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
            <Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
            <Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>
            {Each(n => $"""<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>""")}</Types>
            """);
        await AddAsync("_rels/.rels", $"""<Relationships xmlns="{Package}relationships"><Relationship Id="r0" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        await AddAsync("xl/workbook.xml", $"""
            <workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets>{Each(n => $"""<sheet name="Responses{(n == 1 ? "" : " " + n)}" sheetId="{n}" r:id="r{n}"/>""")}</sheets></workbook>
            """);
        await AddAsync("xl/_rels/workbook.xml.rels", $"""
            <Relationships xmlns="{Package}relationships"><Relationship Id="r0" Type="{Relations}/styles" Target="styles.xml"/>
            {Each(n => $"""<Relationship Id="r{n}" Type="{Relations}/worksheet" Target="worksheets/sheet{n}.xml"/>""")}</Relationships>
            """);
        // Style 1 is that of a quoted text.
        await AddAsync("xl/styles.xml", $"""
            <styleSheet xmlns="{Main}"><fonts count="1"><font/></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
            <borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf quotePrefix="1"/></cellXfs></styleSheet>
            """);
        await zip.DisposeAsync();
        await staged.DrainBufferAsync(output);
        await staged.DisposeAsync();
    }

    string Each(Func<int, string> part) => string.Concat(Enumerable.Range(1, sheets).Select(part));

    async Task NextSheetAsync(object?[] first, CancellationToken ct)
    {
        await EndSheetAsync(ct);
        sheets++;
        rowsInSheet = 0;
        sheet = await zip.CreateEntry($"xl/worksheets/sheet{sheets}.xml", CompressionLevel.Fastest).OpenAsync(ct);
        text.Append(Xml).Append(CultureInfo.InvariantCulture, $"""<worksheet xmlns="{Main}"><sheetData>""");
        Append(first);
    }

    async Task EndSheetAsync(CancellationToken ct)
    {
        if (sheet is null) return;
        text.Append("</sheetData></worksheet>");
        await FlushAsync(ct);
        await sheet.DisposeAsync();
        sheet = null;
    }

    void Append(IEnumerable<object?> row)
    {
        rowsInSheet++;
        text.Append("<row>");
        foreach (object? cell in row)
        {
            if (cell is int number) text.Append(CultureInfo.InvariantCulture, $"<c><v>{number}</v></c>");
            else if (cell is string { Length: > 0 } words) AppendText(words);
            else text.Append("<c/>");
        }
        text.Append("</row>");
    }

    void AppendText(string words)
    {
        text.Append(ResponseCsv.Guarded(words) == words ? "<c" : "<c s=\"1\"").Append(" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
        for (int i = 0; i < words.Length; i++) AppendCharacter(words, i);
        text.Append("</t></is></c>");
    }

    // What XML cannot hold is written as _xHHHH_ (ST_Xstring); a text that happens to look like that is escaped the same way.
    void AppendCharacter(string words, int at)
    {
        char c = words[at];
        _ = c switch
        {
            '<' => text.Append("&lt;"),
            '>' => text.Append("&gt;"),
            '&' => text.Append("&amp;"),
            '_' when at + 1 < words.Length && words[at + 1] == 'x' => text.Append("_x005F_"),
            _ when c == '\r' || !(XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)) => text.Append(CultureInfo.InvariantCulture, $"_x{(int)c:X4}_"),
            _ => text.Append(c),
        };
    }

    async Task FlushAsync(CancellationToken ct)
    {
        await sheet!.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), ct);
        text.Clear();
    }

    async Task AddAsync(string name, string content)
    {
        await using var part = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync();
        await part.WriteAsync(Encoding.UTF8.GetBytes(Xml + content));
    }
}
