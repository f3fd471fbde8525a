using System.Globalization;

namespace CxSurveys.Web.Features.Responses;

/// <summary>The columns of an export, the same in every form: fixed ones, then a column a segment and a column a question.</summary>
/// <remarks>With <c>Branches</c> a last column names the questions that rules hid: an empty cell of theirs was not skipped.</remarks>
internal sealed record ExportColumns(IReadOnlyList<string> Segments, IReadOnlyList<string> Questions, bool Branches)
{
    public static readonly string[] Fixed = ["id", "survey", "version", "touchpoint", "submittedAt", "language", "channel", "customer", "state", "flags"];

    public const string SegmentPrefix = "segment.", AnswerPrefix = "answer.";

    public const string NotShown = "notShown", Yes = "yes", No = "no";

    /// <summary>Between the option keys, or flags, of one cell.</summary>
    public const char OptionSeparator = ';';

    public IEnumerable<string> Heads => [.. Fixed, .. Segments.Select(name => SegmentPrefix + name), .. Questions.Select(key => AnswerPrefix + key), .. Branches ? [NotShown] : Array.Empty<string>()];

    /// <summary>A number, a text or nothing for each column.</summary>
    public IEnumerable<object?> Cells(ResponseRow row) =>
    [
        row.Id.ToString(), row.Survey, row.Version, row.Touchpoint,
        row.SubmittedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        row.Language, row.Channel, row.Customer?.Id, row.State, string.Join(OptionSeparator, row.Flags),
        .. Segments.Select(row.Segment.GetValueOrDefault),
        .. Questions.Select(key => Cell(row.Answers.GetValueOrDefault(key), row.Contacts.Contains(key))),
        .. Branches ? [string.Join(OptionSeparator, row.NotShown)] : Array.Empty<object?>(),
    ];

    /// <summary>A list of option keys is one cell. How to reach a person is not exported, no more than their name and address are.</summary>
    public static object? Cell(object? answer, bool isContact) => answer switch
    {
        string when isContact => Yes,
        bool said => said ? Yes : No,
        string => answer,
        IEnumerable<string> keys => string.Join(OptionSeparator, keys),
        _ => answer,
    };
}

/// <summary>A form that exports are written in, row by row.</summary>
internal interface IExportWriter : IAsyncDisposable
{
    Task WriteAsync(IEnumerable<IEnumerable<object?>> rows, CancellationToken ct);
}
