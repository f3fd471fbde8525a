using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CxSurveys.Web.Features.Scores.Live;

/// <summary>On a page whose figures follow new answers while it is open. Its footer has the partial <c>_Counted</c>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ShowsNewAnswersAttribute : Attribute, IAsyncPageFilter
{
    /// <summary>In the view data: the mark that the figures are at least as new as.</summary>
    public const string Mark = "CountedMark", At = "CountedAt";

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    /// <summary>Before the figures are read: an answer that comes in between is shown once more, never missed.</summary>
    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var services = context.HttpContext.RequestServices;
        var view = ((PageModel)context.HandlerInstance).ViewData;
        view[Mark] = await services.GetRequiredService<CountedMark>().ReadAsync(context.HttpContext.RequestAborted);
        view[At] = services.GetRequiredService<TimeProvider>().GetUtcNow();
        await next();
    }
}
