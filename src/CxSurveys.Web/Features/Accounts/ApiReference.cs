using CxSurveys.Web.Platform;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace CxSurveys.Web.Features.Accounts;

/// <summary>The OpenAPI document and its browsable form, for whoever is signed in or sends a key.</summary>
internal static class ApiReference
{
    public static void AddApiReference(this IServiceCollection services) => services.AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info = new OpenApiInfo { Title = "CxSurveys", Version = "1", Description = "Send answers, read scores. Errors are problem details (RFC 9457)." };
        document.Components ??= new OpenApiComponents();
        document.AddComponent("key", new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key: cx_..." });
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
        return Task.CompletedTask;
    }));

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
