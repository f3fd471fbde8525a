using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Scores;

/// <summary>Figures of a page as a file: unrounded, what is withheld left empty. UTF-8 with a byte order mark, by which a spreadsheet knows it.</summary>
internal static class ScoreCsv
{
    /// <param name="name">Of the file, without its ending.</param>
    /// <param name="rows">The first has the names of the columns.</param>
    public static IResult File(string name, IEnumerable<IEnumerable<object?>> rows)
    {
        using var text = new MemoryStream();
        using (var csv = new CsvWriter(new StreamWriter(text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true), new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n" }))
        {
            foreach (var row in rows)
            {
                // Numbers stay numbers, negative ones too.
                foreach (var cell in row) csv.WriteField(cell is string words ? SpreadsheetCell.Guarded(words) : Convert.ToString(cell, CultureInfo.InvariantCulture));
                csv.NextRecord();
            }
        }
        return TypedResults.File(text.ToArray(), "text/csv; charset=utf-8", name + ".csv");
    }
}
