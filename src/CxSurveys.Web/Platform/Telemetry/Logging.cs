using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace CxSurveys.Web.Platform.Telemetry;

/// <summary>Structured logs on standard error (standard output belongs to the verbs' results), nothing personal in them.</summary>
internal static class Logging
{
    public static void AddLogging(this WebApplicationBuilder builder) => builder.Services.AddSerilog((services, log) =>
    {
        log.MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft.AspNetCore", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Warning)
            .MinimumLevel.Override("Npgsql", LogEventLevel.Warning)
            .MinimumLevel.Override("System.Net.Http", LogEventLevel.Warning)
            .ReadFrom.Configuration(builder.Configuration)
            .ReadFrom.Services(services)
            .Enrich.FromLogContext()
            .Enrich.With<WithoutPath>();
        if (builder.Environment.IsDevelopment())
            log.WriteTo.Console(standardErrorFromLevel: LogEventLevel.Verbose, formatProvider: System.Globalization.CultureInfo.InvariantCulture);
        else
            log.WriteTo.Console(new RenderedCompactJsonFormatter(), standardErrorFromLevel: LogEventLevel.Verbose);
    }, preserveStaticLogger: true); // Two apps in one process, as in the tests, would otherwise write to the log of the one built last.

    /// <summary>One line per request: its route's template, never its path or query, which hold link secrets and people's ids.</summary>
    public static void UseRequestLog(this WebApplication app) => app.UseSerilogRequestLogging(options =>
    {
        options.Logger = app.Services.GetRequiredService<Serilog.ILogger>();
        options.MessageTemplate = "{RequestMethod} {Route} answered {StatusCode} in {Elapsed:0} ms";
        options.GetMessageTemplateProperties = (http, _, elapsed, status) =>
        [
            new LogEventProperty("RequestMethod", new ScalarValue(http.Request.Method)),
            new LogEventProperty("Route", new ScalarValue(RouteTemplate.Of(http))),
            new LogEventProperty("StatusCode", new ScalarValue(status)),
            new LogEventProperty("Elapsed", new ScalarValue(elapsed)),
        ];
        options.GetLevel = (http, _, error) => error is not null || http.Response.StatusCode >= 500 ? LogEventLevel.Error
            : IsEveryday(http) ? LogEventLevel.Debug : LogEventLevel.Information;
    });

    // Thousands a second that went well: what they did is in the database, and a line each would cost as much as storing them.
    static bool IsEveryday(HttpContext http) => http.Request.Path.StartsWithSegments("/health")
        || (http.Response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status201Created && RouteTemplate.Of(http).TrimEnd('/') == "/api/v1/responses" && HttpMethods.IsPost(http.Request.Method));

    /// <summary>ASP.NET Core puts the path on every line written during a request.</summary>
    sealed class WithoutPath : ILogEventEnricher
    {
        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) => logEvent.RemovePropertyIfPresent("RequestPath");
    }
}
