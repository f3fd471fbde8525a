using CxSurveys.Web.Platform;
using Scalar.AspNetCore;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>The OpenAPI document and its browsable form, for whoever is signed in or sends a key.</summary>
static class ApiReference
{
    public static void AddApiReference(this IServiceCollection services) => services.AddOpenApi("v1");

    public static void MapApiReference(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization(Policies.Reference);
        app.MapScalarApiReference("/docs", Configure).RequireAuthorization(Policies.Reference);
    }

    // Whatever would call another host is switched off; the policy of the page would refuse it anyway.
    static void Configure(ScalarOptions options, HttpContext http)
    {
        http.AllowInlineStyles();
        options.WithTitle("CxSurveys API")
            .WithOpenApiRoutePattern("/openapi/{documentName}.json")
            .WithNonce(http.CspNonce())
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp()
            .HideDeveloperTools()
            .HideClientButton();
    }
}
