using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Mvc.Filters;

namespace CxSurveys.Web.Features.Respond;

/// <summary>A page of an open survey: it may stand in frames of the sites that the survey allows.</summary>
public abstract class OpenPageModel(CxDbContext db, OpenLinks links) : CustomerPageModel(db)
{
    public const string TestNote = "A test: what is sent here is kept, marked as a test, and counted nowhere.";

    public OpenLink Link { get; private set; } = OpenLink.None;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Link = await links.ReadAsync(Survey, Request.Query, Aborted);
        HttpContext.AllowFrameOn(Link.Rules.Sites);
        await base.OnPageHandlerExecutionAsync(context, next);
    }
}
