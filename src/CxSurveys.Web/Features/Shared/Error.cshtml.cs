using System.Diagnostics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.Shared;

/// <summary>The one page behind every failure. It never says what exists, only what to do.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken]
public sealed class ErrorModel : PageModel
{
    public string Heading { get; private set; } = "";
    public string Advice { get; private set; } = "";

    /// <summary>What the log calls this request; only where a person could do nothing about it.</summary>
    public string? Reference { get; private set; }

    public void OnGet(int code) => Show(code);
    public void OnPost(int code) => Show(code);

    void Show(int code)
    {
        // Called by its own address this is a page like any other that does not exist.
        bool threw = HttpContext.Features.Get<IExceptionHandlerFeature>() is not null;
        if (threw) code = Response.StatusCode;
        else if (HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is null) code = Response.StatusCode = StatusCodes.Status404NotFound;
        (Heading, Advice) = Words(code);
        if (code >= 500) Reference = Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;
    }

    static (string Heading, string Advice) Words(int code) => code switch
    {
        400 => ("That did not work", "The form was open for too long, or something in it was not understood. Go back, load the page again and send it once more."),
        403 => ("You may not open this page", "Your account does not have the right for it. An administrator of your company can change that."),
        404 => ("There is no such page", "The address may be mistyped, or the link was used already."),
        405 => ("That did not work", "This address does not take what was sent. Go back and try again."),
        413 => ("That was too much at once", "What was sent is larger than this page takes."),
        429 => ("Too many tries", "Wait a little, then try again."),
        503 => ("Busy for the moment", "Nothing was lost that was confirmed. Try again in a few seconds."),
        >= 500 => ("Something went wrong on our side", "Answers that were confirmed are safe. Try again; if it happens again, tell whoever runs this site."),
        _ => ("That did not work", "Go back and try again."),
    };
}
