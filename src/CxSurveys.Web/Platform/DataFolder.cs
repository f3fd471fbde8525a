namespace CxSurveys.Web.Platform;

/// <summary>What the app keeps outside the database: the embedded PostgreSQL and the certificate that seals the key ring.</summary>
internal static class DataFolder
{
    // Not plain "data": beside the source's Data folder that is one and the same on macOS and Windows.
    /// <summary>Setting <c>CxSurveys:DataFolder</c>, else <c>App_Data</c>; counted from the content root.</summary>
    public static string Path(IConfiguration configuration, IHostEnvironment environment) =>
        System.IO.Path.GetFullPath(configuration["CxSurveys:DataFolder"] is { Length: > 0 } folder ? folder : "App_Data", environment.ContentRootPath);
}
