using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Invitations.Sending;

/// <summary><c>/sending.csv</c>: the selection of the page Sending.</summary>
internal static class ExportInvitations
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet($"{SendingFilter.Path}.csv", HandleAsync).RequireAuthorization(Policies.AdminPages).ExcludeFromDescription();

    static async Task HandleAsync(HttpContext http, ListInvitations list, CancellationToken ct)
    {
        var errors = new Errors();
        var filter = SendingFilter.Parse(http.Request.Query, errors);
        // The page of the same address names what is wrong with it.
        if (errors.Any) http.Response.Redirect(SendingFilter.Path + http.Request.QueryString);
        else await list.ExportAsync(http.Response, filter, ct);
    }
}
