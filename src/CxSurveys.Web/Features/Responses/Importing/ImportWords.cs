namespace CxSurveys.Web.Features.Responses.Importing;

/// <summary>What pages call the states of an import.</summary>
internal static class ImportWords
{
    public static string State(ImportStatus import) => import.State switch
    {
        "running" => "Running",
        "done" => "Done",
        "refused" => "Refused",
        _ => "Broke off",
    };

    public static string Title(ImportStatus import) => import.State switch
    {
        "running" => "The import is running",
        "done" => "What became of the lines",
        "refused" => "Nothing was stored",
        _ => "The import broke off",
    };
}
