using System.Security.Cryptography;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CxSurveys.Web.Platform;

/// <summary>The headers that tell a browser what a page may do: nothing that the page did not bring itself.</summary>
public static class SecurityHeaders
{
    public static IServiceCollection AddSecurityHeaders(this IServiceCollection services) =>
        services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            Write(context);
            return Task.CompletedTask;
        });
        return next(context);
    });

    /// <summary>The nonce for an inline <c>style</c> or <c>script</c> of this answer; naming it here puts it into the policy.</summary>
    public static string CspNonce(this HttpContext context)
    {
        var content = ContentOf(context);
        return content.Nonce ??= Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
    }

    /// <summary>For a page made by a library that writes style elements and attributes while it runs. Scripts stay as strict as elsewhere.</summary>
    public static void AllowInlineStyles(this HttpContext context) => ContentOf(context).InlineStyles = true;

    /// <summary>For a page that shows another of this site in a frame.</summary>
    public static void AllowFrames(this HttpContext context) => ContentOf(context).Frames = true;

    /// <summary>For a page that another of this site shows in a frame.</summary>
    public static void AllowFramingHere(this HttpContext context) => ContentOf(context).Framed = true;

    /// <summary>For HTML written for another reader, shown in a frame: its own styles hold, nothing runs, links open elsewhere.</summary>
    public static void ShowForeignHtml(this HttpContext context) => ContentOf(context).Foreign = true;

    /// <summary>For a page that pages of these sites (origins) may show in a frame. Without it none may.</summary>
    public static void AllowFrameOn(this HttpContext context, IReadOnlyList<string> sites) => ContentOf(context).FramedBy = sites;

    static PageContent ContentOf(HttpContext context)
    {
        if (context.Features.Get<PageContent>() is { } content) return content;
        content = new PageContent();
        context.Features.Set(content);
        return content;
    }

    /// <summary>For an answer that is written before the middleware comes to it.</summary>
    internal static void Write(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = PolicyOf(context.Features.Get<PageContent>());
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        if (headers.CacheControl.Count == 0 && !IsAsset(context)) headers.CacheControl = "no-store";
    }

    const string ForeignPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
        + "sandbox allow-popups allow-popups-to-escape-sandbox; frame-ancestors 'self'";

    static readonly string UsualPolicy = PolicyOf(new PageContent());

    static string PolicyOf(PageContent? content)
    {
        if (content is null) return UsualPolicy;
        if (content.Foreign) return ForeignPolicy;
        var nonce = content.Nonce is { } value ? $" 'nonce-{value}'" : "";
        var styles = content.InlineStyles ? " 'unsafe-inline'" : nonce;
        return $"default-src 'none'; script-src 'self'{nonce}; style-src 'self'{styles}; img-src 'self' data:; font-src 'self'; "
            + (content.Frames ? "frame-src 'self'; " : "")
            + $"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {AncestorsOf(content)}; object-src 'none'";
    }

    static string AncestorsOf(PageContent content) => content switch
    {
        { Framed: true } => "'self'",
        { FramedBy: { Count: > 0 } sites } => string.Join(' ', sites),
        _ => "'none'",
    };

    // "/s/x/app.css" is a page whatever its name pretends: only the one folder of built files may be kept by caches.
    static bool IsAsset(HttpContext context) => context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal);

    sealed class PageContent
    {
        public string? Nonce { get; set; }
        public bool InlineStyles { get; set; }
        public bool Frames { get; set; }
        public bool Framed { get; set; }
        public IReadOnlyList<string>? FramedBy { get; set; }
        public bool Foreign { get; set; }
    }
}
