using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Branding;

/// <summary><c>/look/logo/{hash}</c>: the logo, for pages and mails. Another one has another address, so that it may be kept for long.</summary>
internal static class LogoFile
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/look/logo/{hash}", HandleAsync)
        .AllowAnonymous().RequireRateLimiting(RateLimits.Public).ExcludeFromDescription();

    static async Task<IResult> HandleAsync(string hash, HttpContext http, Looks looks, CancellationToken ct)
    {
        if (await looks.StoredAsync(ct) is not { Logo: { } logo, LogoType: { } type } || Look.HashOf(logo) != hash) return TypedResults.NotFound();
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.Bytes(logo, type);
    }
}
