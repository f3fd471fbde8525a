using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CxSurveys.Benchmarks.Intake;

/// <summary>
/// What the intake is measured against, a process of its own: <c>/plain</c> stores a response as most apps would, a context and a
/// <c>SaveChanges</c> for each request, without cells, outbox or checks; <c>/nothing</c> reads the body and answers.
/// </summary>
internal static class PlainServer
{
    public const string Verb = "plain-server";
    const string ConnectionVariable = "PLAIN_CONNECTION";

    public static ProcessStartInfo StartInfo(Uri url, DatabaseAddress address)
    {
        var info = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CxSurveys.Benchmarks.dll"), Verb, "--url", url.ToString()]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // With pgbench's 64 connections and the app's, the server's 100 are enough.
        info.Environment[ConnectionVariable] = (address with { Database = "plain" }).ConnectionString + ";Maximum Pool Size=16";
        return info;
    }

    public static async Task<int> ServeAsync(string url, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddDbContext<PlainContext>(options => options.UseNpgsql(Environment.GetEnvironmentVariable(ConnectionVariable)));
        await using var app = builder.Build();
        app.Urls.Add(url);
        app.MapGet("/health/ready", () => Results.Ok());
        app.MapPost("/nothing", async (HttpRequest request) =>
        {
            await request.Body.CopyToAsync(Stream.Null);
            return Results.StatusCode(StatusCodes.Status201Created);
        });
        app.MapPost("/plain", async (PlainPosted posted, PlainContext db) =>
        {
            db.Add(posted.ToResponse());
            await db.SaveChangesAsync();
            return Results.Created((string?)null, new { posted.Id });
        });
        await using (var scope = app.Services.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<PlainContext>().Database.EnsureCreatedAsync(ct);
        await ((IHost)app).RunAsync(ct);
        return 0;
    }

    internal sealed record PlainPosted(Guid Id, string Survey, string Touchpoint, string Language, string Channel, Dictionary<string, string> Segment, Dictionary<string, short> Answers)
    {
        public PlainResponse ToResponse() => new()
        {
            Id = Id,
            Survey = Survey,
            Touchpoint = Touchpoint,
            Country = Segment["country"],
            SubmittedAt = DateTime.UtcNow,
            Answers = [.. Answers.Select(a => new PlainAnswer { Question = a.Key, Value = a.Value })],
        };
    }

    internal sealed class PlainResponse
    {
        public Guid Id { get; init; }
        public required string Survey { get; init; }
        public required string Touchpoint { get; init; }
        public required string Country { get; init; }
        public DateTime SubmittedAt { get; init; }
        public required List<PlainAnswer> Answers { get; init; }
    }

    internal sealed class PlainAnswer
    {
        public long Id { get; init; }
        public required string Question { get; init; }
        public short Value { get; init; }
    }

    internal sealed class PlainContext(DbContextOptions<PlainContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder model)
        {
            model.Entity<PlainResponse>().HasMany(r => r.Answers).WithOne();
            model.Entity<PlainResponse>().HasIndex(r => r.SubmittedAt);
        }
    }
}
