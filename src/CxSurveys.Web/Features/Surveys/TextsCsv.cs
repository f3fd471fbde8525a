using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.RegularExpressions;
using CsvHelper;
using CxSurveys.Web.Platform;
using CxSurveys.Web.Platform.Import;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>A survey's texts as a table: a row a text, a column a language. What is exported and imported again is the same to the last character.</summary>
internal static partial class TextsCsv
{
    const string UnitColumn = "unit";

    public static byte[] Write(SurveyDefinition definition)
    {
        using var stream = new MemoryStream();
        // With a byte order mark: without it Excel takes Thai and Arabic for something else.
        using (var writer = new StreamWriter(stream, new UTF8Encoding(true)) { NewLine = "\r\n" })
        using (var csv = new CsvWriter(writer, CultureInfo.InvariantCulture))
        {
            WriteRow(csv, [UnitColumn, .. definition.Languages]);
            foreach (var unit in DefinitionTexts.Of(definition))
                WriteRow(csv, [unit.Id, .. definition.Languages.Select(language => Guarded(unit.Texts?.GetValueOrDefault(language) ?? ""))]);
        }
        return stream.ToArray();
    }

    static void WriteRow(CsvWriter csv, IEnumerable<string> cells)
    {
        foreach (string cell in cells) csv.WriteField(cell);
        csv.NextRecord();
    }

    /// <summary>Errors say which line, and which unit.</summary>
    public static async Task<ImportedTexts?> ReadAsync(Stream file, Errors errors, CancellationToken ct)
    {
        IReadOnlyList<string>? languages = null;
        var texts = new List<ImportedText>();
        await foreach (var record in Platform.Import.CsvReader.ReadAsync(LineReader.ReadAsync(PipeReader.Create(file), ct), ct))
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"line {record.Line}");
            if (record.Problem is { } problem) errors.Add(place, problem);
            else if (languages is null)
            {
                if (record.Cells is not [var first, _, ..] || first.TrimStart('\uFEFF') != UnitColumn)
                {
                    errors.Add(place, $"The first line names the columns: {UnitColumn}, then a language each, for example {UnitColumn},en,th.");
                    return null;
                }
                languages = [.. record.Cells.Skip(1)];
            }
            else if (record.Cells.Count > languages.Count + 1) errors.Add(place, $"Unit {record.Cells[0]}: more cells than the first line has columns. A text with a comma stands in quotes.");
            else texts.Add(new ImportedText(place, record.Cells[0], null, languages.Zip(record.Cells.Skip(1)).ToDictionary(pair => pair.First, pair => Unguarded(pair.Second))));
        }
        return new ImportedTexts(null, texts);
    }

    // A spreadsheet would run a cell that begins so. The apostrophe is taken off again.
    static string Guarded(string text) => Runs().IsMatch(text) ? "'" + text : text;

    static string Unguarded(string cell) => cell.StartsWith('\'') && Runs().IsMatch(cell) ? cell[1..] : cell;

    [GeneratedRegex(@"^'*[=+\-@\t\r]")]
    private static partial Regex Runs();
}
