using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Responses;

/// <summary>CSV in which no cell is one that a spreadsheet would run. UTF-8 with a byte order mark, by which a spreadsheet knows it.</summary>
internal sealed class ResponseCsv(Stream output) : IExportWriter
{
    readonly CsvWriter csv = new(new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true), new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n" });

    public async Task WriteAsync(IEnumerable<IEnumerable<object?>> rows, CancellationToken ct)
    {
        foreach (var row in rows)
        {
            // Numbers stay numbers, negative ones too.
            foreach (object? cell in row) csv.WriteField(cell is int number ? number.ToString(CultureInfo.InvariantCulture) : Guarded((string?)cell));
            await csv.NextRecordAsync();
        }
        await csv.FlushAsync();
    }

    public ValueTask DisposeAsync() => csv.DisposeAsync();

    /// <inheritdoc cref="SpreadsheetCell.Guarded"/>
    internal static string? Guarded(string? text) => SpreadsheetCell.Guarded(text);

    /// <summary>The text that <see cref="Guarded"/> made a cell of.</summary>
    internal static string Unguarded(string cell) => cell is ['\'', .. var text] && Guarded(text) == cell ? text : cell;
}
