using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace CxSurveys.Web.Features.Responses;

/// <summary>Responses as CSV with stable columns, in which no cell is one that a spreadsheet would run.</summary>
internal sealed class ResponseCsv(Stream output, IReadOnlyList<string> segmentNames, IReadOnlyList<string> questionKeys) : IAsyncDisposable
{
    public static readonly string[] Fixed = ["id", "survey", "version", "touchpoint", "submittedAt", "language", "channel", "customer"];

    public const string SegmentPrefix = "segment.", AnswerPrefix = "answer.";

    /// <summary>Between the option keys of one cell.</summary>
    public const char OptionSeparator = ';';

    readonly CsvWriter csv = new(new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true), new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n" });

    public async Task WriteHeaderAsync()
    {
        foreach (string name in Fixed) csv.WriteField(name);
        foreach (string name in segmentNames) csv.WriteField(Guarded(SegmentPrefix + name));
        foreach (string key in questionKeys) csv.WriteField(Guarded(AnswerPrefix + key));
        await csv.NextRecordAsync();
    }

    public async Task WriteAsync(IEnumerable<ResponseRow> rows)
    {
        foreach (var row in rows)
        {
            csv.WriteField(row.Id.ToString());
            csv.WriteField(row.Survey);
            csv.WriteField(row.Version);
            csv.WriteField(row.Touchpoint);
            csv.WriteField(row.SubmittedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
            csv.WriteField(Guarded(row.Language));
            csv.WriteField(Guarded(row.Channel));
            csv.WriteField(Guarded(row.Customer?.Id));
            foreach (string name in segmentNames) csv.WriteField(Guarded(row.Segment.GetValueOrDefault(name)));
            foreach (string key in questionKeys) csv.WriteField(Cell(row.Answers.GetValueOrDefault(key)));
            await csv.NextRecordAsync();
        }
        await csv.FlushAsync();
    }

    public ValueTask DisposeAsync() => csv.DisposeAsync();

    // Numbers stay numbers, negative ones too; a list of option keys is one cell.
    static string? Cell(object? answer) => answer switch
    {
        null => null,
        int number => number.ToString(CultureInfo.InvariantCulture),
        IEnumerable<string> keys => Guarded(string.Join(OptionSeparator, keys)),
        _ => Guarded((string)answer),
    };

    /// <summary>
    /// An apostrophe before what a spreadsheet would take for a formula, also behind white space. A text that begins with an
    /// apostrophe gets one more, so that taking one away gives back every text as it was.
    /// </summary>
    internal static string? Guarded(string? text)
    {
        if (string.IsNullOrEmpty(text)) return text;
        char first = text.AsSpan().TrimStart() is [var c, ..] ? c : text[0];
        return "=+-@'\"＝＋－＠".Contains(first, StringComparison.Ordinal) || char.IsControl(text[0]) ? "'" + text : text;
    }

    /// <summary>The text that <see cref="Guarded"/> made a cell of.</summary>
    internal static string Unguarded(string cell) => cell is ['\'', .. var text] && Guarded(text) == cell ? text : cell;
}
