using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace CxSurveys.Web.Features.Respond;

/// <summary>
/// A page for customers: no sign-in, no cookie, so no antiforgery token: what a form may do is sealed in it.
/// </summary>
[AllowAnonymous, IgnoreAntiforgeryToken, RequestSizeLimit(LargestForm), EnableRateLimiting(RateLimits.Public)]
public abstract class CustomerPageModel(CxDbContext db) : CustomerFrame(db);

/// <summary>What all customer pages, and the preview of one, have in common: the company's name, and the reader's language.</summary>
public abstract class CustomerFrame(CxDbContext db) : PageModel
{
    /// <summary>Bytes. Forms are percent-encoded: 20 texts of 4,000 characters can take this much.</summary>
    protected const int LargestForm = 1 << 20;

    const string LanguageField = "lang", ScoreField = "score";

    /// <summary>In an address: which page of the form, from 1; and that the last one was just sent.</summary>
    protected const string PageField = "page", FinishedField = "finished";

    /// <summary>In the address a new form is posted to; means nothing.</summary>
    protected const string SentMark = "sent";

    // Not handler parameters: binding them would read the form first, and one bad byte in it would leave them all empty.
    protected string Survey => RouteText("survey");
    protected CancellationToken Aborted => HttpContext.RequestAborted;
    public Organisation Company { get; private set; } = null!;
    public IReadOnlyList<string> Offered { get; private set; } = [];
    public string Language { get; private set; } = "en";
    public CustomerTexts Texts { get; private set; } = CustomerTexts.For("en");

    /// <summary>Shown instead of the page's own content.</summary>
    public Notice? Notice { get; private set; }

    public string Title { get; private set; } = "";

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (context.HandlerMethod is null)
        {
            context.Result = StatusCode(StatusCodes.Status405MethodNotAllowed);
            return;
        }
        Response.Headers.Vary = HeaderNames.AcceptLanguage;
        Response.Headers["X-Robots-Tag"] = "noindex";
        Company = await db.Set<Organisation>().AsNoTracking().SingleAsync(Aborted);
        Speak([.. CustomerTexts.All.Keys.Order(StringComparer.Ordinal).OrderBy(language => language != "en")]);
        await next();
    }

    /// <summary>This address in another language, with what else it said.</summary>
    public string Here(string language) => Request.Path + QueryString.Create(
        Request.Query.Where(q => q.Key is not (LanguageField or SentMark)).Append(new(LanguageField, language))).Value;

    /// <summary>This address with another page of the form, or with none.</summary>
    protected string HereOn(int? page, string? finished = null) => Request.Path + QueryString.Create(
        Request.Query.Where(q => q.Key is not (LanguageField or SentMark or PageField or FinishedField or ScoreField))
            .Append(new(LanguageField, Language)).Concat(OnPage(page, finished))).Value;

    static IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> OnPage(int? page, string? finished)
    {
        if (page is { } number) yield return new(PageField, number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (finished is not null) yield return new(FinishedField, finished);
    }

    /// <summary>Which languages there are to choose from on this page; chooses one.</summary>
    internal void Speak(IReadOnlyList<string> offered, string? person = null)
    {
        Offered = offered;
        Language = PageLanguage.Choose(offered, Request.Query[LanguageField], person, Request.Headers.AcceptLanguage);
        Texts = CustomerTexts.For(Language);
    }

    internal IActionResult Tell(Notice notice)
    {
        (Notice, Title) = (notice, Texts[$"{notice.Name}.title"]);
        return Answer(notice.Status);
    }

    internal IActionResult Show(string title, int status = StatusCodes.Status200OK)
    {
        Title = title;
        return Answer(status);
    }

    /// <summary>After a POST: the browser asks for the next page by itself, and reloading that sends nothing again.</summary>
    internal IActionResult Continue(string address)
    {
        Response.Headers.Location = address;
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>The form as sent; null, with the status to answer, when it cannot be read.</summary>
    internal async Task<(IFormCollection? Form, int Status)> ReadFormAsync()
    {
        if (!Request.HasFormContentType) return (null, StatusCodes.Status415UnsupportedMediaType);
        try
        {
            return (await Request.ReadFormAsync(Aborted), StatusCodes.Status200OK);
        }
        catch (BadHttpRequestException refused)
        {
            return (null, refused.StatusCode);
        }
        catch (InvalidDataException)
        {
            return (null, StatusCodes.Status400BadRequest);
        }
    }

    protected string RouteText(string name) => (string)RouteData.Values[name]!;

    PageResult Answer(int status)
    {
        Response.StatusCode = status;
        return Page();
    }
}
