using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Settings;

/// <summary><c>GET /settings</c> and <c>PUT /settings</c>: a member that is not named stays.</summary>
internal static class SettingsApi
{
    /// <summary>How long <c>PUT</c> waits for a recount of the days before it answers; the recount goes on by itself.</summary>
    static readonly TimeSpan RecountPatience = TimeSpan.FromSeconds(30);

    public sealed record View(string Name, string TimeZone, int MinimumN, int? CapDays, int? SurveyCapDays, object? QuietHours, int ChangeDays, bool RequireSecondFactor)
    {
        public View(Organisation organisation)
            : this(organisation.Name, organisation.TimeZone, organisation.MinimumN, null, null, null, organisation.ChangeDays, false) { }
    }

    public sealed record Change
    {
        public string? Name { get; init; }
        public string? TimeZone { get; init; }
        public int? MinimumN { get; init; }
        public int? ChangeDays { get; init; }
        public int? CapDays { get; init; }
        public int? SurveyCapDays { get; init; }
        public System.Text.Json.JsonElement? QuietHours { get; init; }
        public bool? RequireSecondFactor { get; init; }
    }

    internal sealed class Rules : AbstractValidator<Change>
    {
        const string NotYet = "Not offered by this version; leave it out.";

        public Rules()
        {
            RuleFor(c => c.Name!).MustBeText(200).When(c => c.Name is not null);
            RuleFor(c => c.TimeZone!).Must(TimeZones.IsKnown).WithMessage("An IANA time zone, for example Asia/Jakarta.").When(c => c.TimeZone is not null);
            RuleFor(c => c.MinimumN).InclusiveBetween(1, 1000).WithMessage("A whole number from 1 (withholds nothing) to 1000.");
            RuleFor(c => c.ChangeDays).InclusiveBetween(0, 3650).WithMessage("A whole number of days from 0 to 3650.");
            RuleFor(c => c.CapDays).Must(days => days is null or 0).WithMessage(NotYet);
            RuleFor(c => c.SurveyCapDays).Must(days => days is null or 0).WithMessage(NotYet);
            RuleFor(c => c.QuietHours).Must(hours => hours is null || hours.Value.ValueKind == System.Text.Json.JsonValueKind.Null).WithMessage(NotYet);
            RuleFor(c => c.RequireSecondFactor).Must(on => on is null or false).WithMessage(NotYet);
        }
    }

    public static void Map(IEndpointRouteBuilder settings)
    {
        settings.MapGet("/settings", async (CxDbContext db, CancellationToken ct) => TypedResults.Ok(new View(await db.Set<Organisation>().SingleAsync(ct))))
            .RequireAuthorization(Policies.Read)
            .WithSummary("The organisation's settings.");
        settings.MapPut("/settings", PutAsync)
            .RequireAuthorization(Policies.Admin)
            .Accepts<Change>("application/json").Produces<View>().ProducesValidationProblem()
            .WithSummary("Change the settings that are named. A new time zone recounts the days of all scores.");
    }

    static async Task<IResult> PutAsync(HttpContext http, IValidator<Change> rules, CxDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var (change, problem) = await JsonBody.ReadAsync(http, rules);
        if (change is null) return problem!;

        if (change.TimeZone is { } zone && !await TimeZones.IsKnownAsync(db, zone, ct))
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["timeZone"] = ["The database does not know this time zone."] });

        var organisation = await db.Set<Organisation>().SingleAsync(ct);
        organisation.Name = change.Name ?? organisation.Name;
        organisation.TimeZone = change.TimeZone ?? organisation.TimeZone;
        organisation.MinimumN = change.MinimumN ?? organisation.MinimumN;
        organisation.ChangeDays = change.ChangeDays ?? organisation.ChangeDays;
        await db.SaveChangesAsync(ct);
        await RecountedAsync(db, organisation, clock, ct);
        return TypedResults.Ok(new View(organisation));
    }

    // The recount belongs to Scores, which watches this row; answering after it spares a caller from asking again.
    static async Task RecountedAsync(CxDbContext db, Organisation organisation, TimeProvider clock, CancellationToken ct)
    {
        var start = clock.GetTimestamp();
        while (organisation.CellsTimeZone != organisation.TimeZone && clock.GetElapsedTime(start) < RecountPatience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, ct);
            await db.Entry(organisation).ReloadAsync(ct);
        }
    }
}
