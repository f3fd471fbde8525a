using System.Diagnostics;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CxSurveys.Web.Platform.Telemetry;

/// <summary>Traces and metrics over OTLP, only when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to.</summary>
internal static class Tracing
{
    static readonly string[] Personal = ["url.query", "url.full", "client.address", "network.peer.address", "user_agent.original"];

    public static void AddTracing(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])) return;

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("CxSurveys"))
            .WithTracing(traces => traces
                .AddSource("CxSurveys")
                .AddAspNetCoreInstrumentation(options => options.EnrichWithHttpResponse = (activity, response) => Scrub(activity, response.HttpContext))
                .AddNpgsql())
            .WithMetrics(metrics => metrics
                .AddMeter("CxSurveys", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql"))
            .UseOtlpExporter();
    }

    internal static void Scrub(Activity activity, HttpContext http)
    {
        activity.SetTag("url.path", RouteTemplate.Of(http));
        foreach (string tag in Personal) activity.SetTag(tag, null);
    }
}
