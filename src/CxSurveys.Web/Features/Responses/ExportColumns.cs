using System.Globalization;

namespace CxSurveys.Web.Features.Responses;

/// <summary>The columns of an export, the same in every form: fixed ones, then a column a segment and a column a question.</summary>
internal sealed record ExportColumns(IReadOnlyList<string> Segments, IReadOnlyList<string> Questions)
{
    public static readonly string[] Fixed = ["id", "survey", "version", "touchpoint", "submittedAt", "language", "channel", "customer", "state", "flags"];

    public const string SegmentPrefix = "segment.", AnswerPrefix = "answer.";

    /// <summary>Between the option keys, or flags, of one cell.</summary>
    public const char OptionSeparator = ';';

    public IEnumerable<string> Heads => [.. Fixed, .. Segments.Select(name => SegmentPrefix + name), .. Questions.Select(key => AnswerPrefix + key)];

    /// <summary>A number, a text or nothing for each column.</summary>
    public IEnumerable<object?> Cells(ResponseRow row) =>
    [
        row.Id.ToString(), row.Survey, row.Version, row.Touchpoint,
        row.SubmittedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        row.Language, row.Channel, row.Customer?.Id, row.State, string.Join(OptionSeparator, row.Flags),
        .. Segments.Select(row.Segment.GetValueOrDefault),
        .. Questions.Select(key => Cell(row.Answers.GetValueOrDefault(key))),
    ];

    // A list of option keys is one cell.
    static object? Cell(object? answer) => answer is IEnumerable<string> keys ? string.Join(OptionSeparator, keys) : answer;
}

/// <summary>A form that exports are written in, row by row.</summary>
internal interface IExportWriter : IAsyncDisposable
{
    Task WriteAsync(IEnumerable<IEnumerable<object?>> rows, CancellationToken ct);
}
