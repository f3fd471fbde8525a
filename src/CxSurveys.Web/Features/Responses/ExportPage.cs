using CxSurveys.Web.Features.Responses.Inbox;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Responses;

/// <summary><c>/responses.csv</c> and <c>/responses.xlsx</c>: the selection of the page's list, for whoever may see that list.</summary>
internal static class ExportPage
{
    public static void Map(IEndpointRouteBuilder app)
    {
        foreach (var form in ExportForm.All)
            app.MapGet($"{InboxAddress.Path}.{form.Extension}", (HttpContext http, ResponseFilterReader filters, ListResponses list, CancellationToken ct) => HandleAsync(http, form, filters, list, ct))
                .RequireAuthorization(Policies.Pages).ExcludeFromDescription();
    }

    static async Task HandleAsync(HttpContext http, ExportForm form, ResponseFilterReader filters, ListResponses list, CancellationToken ct)
    {
        var errors = new Errors();
        // The page of the same address names what is wrong with it.
        if (await filters.ReadAsync(http.Request.QueryString, errors, ct) is { } filter) await list.ExportAsync(http.Response, filter, form, ct);
        else http.Response.Redirect(InboxAddress.Path + http.Request.QueryString);
    }
}
