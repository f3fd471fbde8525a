namespace CxSurveys.Web.Features.Responses;

/// <summary>A kind of file that responses are exported as.</summary>
internal sealed record ExportForm(string Extension, string MediaType, Func<Stream, IExportWriter> Open)
{
    public static readonly ExportForm Csv = new("csv", "text/csv", output => new ResponseCsv(output));

    public static readonly ExportForm Xlsx = new("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", output => new ResponseXlsx(output));

    public static readonly ExportForm[] All = [Csv, Xlsx];

    public string ContentType => this == Csv ? MediaType + "; charset=utf-8" : MediaType;
}
