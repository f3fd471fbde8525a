using System.Globalization;
using System.Text.Json;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using CxSurveys.Web.Platform.Import;

namespace CxSurveys.Web.Features.Responses;

/// <summary>The header of an exported CSV file, and the responses in the lines below it. What the export put before a formula is taken away.</summary>
/// <remarks>The column of what was not shown is for readers: here the rules of the version say it again.</remarks>
internal sealed class ResponseColumns
{
    const string Id = "id", Survey = "survey", Version = "version";

    readonly string[] names;

    ResponseColumns(string[] names) => this.names = names;

    /// <summary>Null when <paramref name="errors"/> say what is wrong with the header, by the name of the column.</summary>
    public static ResponseColumns? Read(CsvRecord? header, Errors errors)
    {
        if (header is null) errors.Add("header", "There is nothing in it. The first line names the columns, as an export does.");
        else if (header.Problem is { } problem) errors.Add("header", problem);
        if (errors.Any) return null;

        string[] names = [.. header!.Cells.Select(ResponseCsv.Unguarded)];
        foreach (string needed in (string[])[Id, Survey])
            if (!names.Contains(needed)) errors.Add(needed, $"The header has no column {needed}; the columns are those of an export.");
        foreach (string unknown in names.Where(name => !IsKnown(name))) errors.Add(unknown, "No column of an export; those are " + string.Join(", ", ExportColumns.Fixed) + ", segment.<name> and answer.<question>.");
        foreach (var twice in names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1)) errors.Add(twice.Key, "Two columns have this name.");
        return errors.Any ? null : new ResponseColumns(names);
    }

    static bool IsKnown(string name) => ExportColumns.Fixed.Contains(name) || name == ExportColumns.NotShown
        || IsOf(ExportColumns.SegmentPrefix, name) || IsOf(ExportColumns.AnswerPrefix, name);

    static bool IsOf(string prefix, string name) => name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal);

    /// <summary>Null when <paramref name="errors"/> say why the record is no response.</summary>
    /// <param name="versionOf">The version of a survey (its key) that the answers are of; null when there is no such survey.</param>
    public async Task<(PostedResponse Posted, PublishedVersion? Version)?> ResponseAsync(CsvRecord record, Func<string, int?, ValueTask<PublishedVersion?>> versionOf, Errors errors)
    {
        if (record.Problem is { } problem) errors.Add(record.BadCell is { } bad && bad < names.Length ? names[bad] : "", problem);
        else if (record.Cells.Count != names.Length) errors.Add("", string.Create(CultureInfo.InvariantCulture, $"The line has {record.Cells.Count} cells for {names.Length} columns."));
        if (errors.Any) return null;

        var cells = names.Zip(record.Cells, (name, cell) => (name, cell: ResponseCsv.Unguarded(cell))).Where(c => c.cell.Length > 0).ToDictionary(c => c.name, c => c.cell, StringComparer.Ordinal);
        if (!Guid.TryParse(cells.GetValueOrDefault(Id), out var id)) errors.Add(Id, "A UUID.");
        if (!Enum.TryParse<ResponseState>(cells.GetValueOrDefault("state") ?? "counted", ignoreCase: true, out var state) || !Enum.IsDefined(state)) errors.Add("state", "counted, test or quarantine.");
        var flags = FlagsOf(cells, errors);
        int? number = NumberOf(cells, errors);
        if (errors.Any) return null;

        var version = await versionOf(cells.GetValueOrDefault(Survey) ?? "", number);
        return (new PostedResponse
        {
            Id = id,
            Survey = cells.GetValueOrDefault(Survey),
            Touchpoint = cells.GetValueOrDefault("touchpoint"),
            SubmittedAt = cells.GetValueOrDefault("submittedAt"),
            Language = cells.GetValueOrDefault("language"),
            Channel = cells.GetValueOrDefault("channel"),
            Customer = cells.GetValueOrDefault("customer") is { } customer ? new PostedCustomer { Id = customer } : null,
            State = state,
            Flags = flags,
            Segment = Under(ExportColumns.SegmentPrefix, cells).ToDictionary(c => c.Name, c => c.Cell, StringComparer.Ordinal),
            Answers = Under(ExportColumns.AnswerPrefix, cells).ToDictionary(c => c.Name, c => Answer(version?.ByKey.GetValueOrDefault(c.Name), c.Cell), StringComparer.Ordinal),
        }, version);
    }

    static ResponseFlags FlagsOf(Dictionary<string, string> cells, Errors errors)
    {
        var flags = ResponseFlags.None;
        foreach (string name in cells.GetValueOrDefault("flags")?.Split(ExportColumns.OptionSeparator) ?? [])
        {
            if (FlagNames.Find(name) is { } flag) flags |= flag;
            else errors.Add("flags", $"Any of {string.Join(", ", FlagNames.All)}, with {ExportColumns.OptionSeparator} between them.");
        }
        return flags;
    }

    static int? NumberOf(Dictionary<string, string> cells, Errors errors)
    {
        if (!cells.TryGetValue(Version, out string? text)) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return number;
        errors.Add(Version, "A whole number.");
        return null;
    }

    static IEnumerable<(string Name, string Cell)> Under(string prefix, Dictionary<string, string> cells) =>
        cells.Where(c => IsOf(prefix, c.Key)).Select(c => (c.Key[prefix.Length..], c.Value));

    // What is no number stays a text, and is refused as one by the check of the answers.
    static JsonElement Answer(Question? question, string cell) => question switch
    {
        { Kind: QuestionKind.Consent or QuestionKind.Contact } when cell is ExportColumns.Yes or ExportColumns.No => JsonSerializer.SerializeToElement(cell == ExportColumns.Yes),
        { Kind: QuestionKind.Multi } => JsonSerializer.SerializeToElement(cell.Split(ExportColumns.OptionSeparator)),
        { MetricKey: not null } when int.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) => JsonSerializer.SerializeToElement(value),
        _ => JsonSerializer.SerializeToElement(cell),
    };
}
