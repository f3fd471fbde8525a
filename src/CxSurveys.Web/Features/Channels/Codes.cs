using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Channels;

/// <summary>The code of a shared link as a picture, to put on a counter, a receipt or a parcel.</summary>
internal static class Codes
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/surveys/{key}/share/qr.svg", (string key, HttpContext http, SharedSurvey shared, CancellationToken ct) =>
            DrawAsync(key, http, shared, link => TypedResults.Text(QrCode.Svg(link), "image/svg+xml"), ct)).RequireAuthorization(Policies.AdminPages).ExcludeFromDescription();
        app.MapGet("/surveys/{key}/share/qr.png", (string key, HttpContext http, SharedSurvey shared, CancellationToken ct) =>
            DrawAsync(key, http, shared, link => TypedResults.Bytes(QrCode.Png(link), "image/png", $"{key}.png"), ct)).RequireAuthorization(Policies.AdminPages).ExcludeFromDescription();
    }

    static async Task<IResult> DrawAsync(string key, HttpContext http, SharedSurvey shared, Func<Uri, IResult> draw, CancellationToken ct)
    {
        var errors = new Errors();
        var context = await shared.ReadAsync(http.Request.Query, errors, ct);
        return errors.Any || !TextRules.IsKey(key) ? TypedResults.NotFound() : draw(shared.Link(http.Request, key, context with { Channel = Channel.Qr }));
    }
}
