namespace CxSurveys.Web.Features.Respond.Kiosk;

/// <summary>The built files; one of them, the kiosk's service worker, may keep the kiosk's page although it lies in another folder.</summary>
internal static class KioskWorker
{
    const string File = "kiosk-worker.js";

    public static readonly StaticFileOptions Files = new()
    {
        OnPrepareResponse = file =>
        {
            if (file.File.Name == File) file.Context.Response.Headers["Service-Worker-Allowed"] = "/s/";
        },
    };
}
