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

    public sealed record View(string Name, string TimeZone, int MinimumN, int CapDays, int SurveyCapDays, QuietTimes? QuietHours, int ChangeDays, bool RequireSecondFactor, string? PostalAddress,
        IReadOnlyList<string> WorkingDays, IReadOnlyList<DateOnly> Holidays, int Reminders, int ReminderDays)
    {
        public View(Organisation organisation)
            : this(organisation.Name, organisation.TimeZone, organisation.MinimumN, organisation.CapDays, organisation.SurveyCapDays,
                organisation is { QuietFrom: { } from, QuietTo: { } to } ? new QuietTimes(QuietTimes.Text(from), QuietTimes.Text(to)) : null, organisation.ChangeDays, false, organisation.PostalAddress,
                Weekdays.Of(organisation.WorkingDays), organisation.Holidays, organisation.Reminders, organisation.ReminderDays)
        { }
    }

    public static void Map(IEndpointRouteBuilder settings)
    {
        settings.MapGet("/settings", async (CxDbContext db, CancellationToken ct) => TypedResults.Ok(new View(await db.Set<Organisation>().SingleAsync(ct))))
            .RequireAuthorization(Policies.Read)
            .WithSummary("The organisation's settings.");
        settings.MapPut("/settings", PutAsync)
            .RequireAuthorization(Policies.Admin)
            .Accepts<SettingsChange>("application/json").Produces<View>().ProducesValidationProblem()
            .WithSummary("Change the settings that are named. A new time zone recounts the days of all scores.");
    }

    static async Task<IResult> PutAsync(HttpContext http, IValidator<SettingsChange> rules, ChangeSettings settings, CxDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var (change, problem) = await JsonBody.ReadAsync(http, rules);
        if (change is null) return problem!;

        var errors = new Errors();
        var organisation = await settings.RunAsync(change, errors, ct);
        if (errors.Any) return errors.ToProblem();
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
