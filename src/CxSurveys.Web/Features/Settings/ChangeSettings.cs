using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Settings;

/// <summary>Changes the organisation's settings, for the API and the page alike.</summary>
public sealed class ChangeSettings(CxDbContext db, IValidator<SettingsChange> rules)
{
    /// <summary>The settings after the change; unchanged ones when <paramref name="errors"/> says what is wrong.</summary>
    public async Task<Organisation> RunAsync(SettingsChange change, Errors errors, CancellationToken ct)
    {
        errors.Add(await rules.ValidateAsync(change, ct));
        if (change.TimeZone is { } zone && !errors.Has("timeZone") && !await TimeZones.IsKnownAsync(db, zone, ct))
            errors.Add("timeZone", "The database does not know this time zone.");

        var organisation = await db.Set<Organisation>().SingleAsync(ct);
        if (errors.Any) return organisation;
        Apply(change, organisation);
        await db.SaveChangesAsync(ct);
        return organisation;
    }

    static void Apply(SettingsChange change, Organisation organisation)
    {
        organisation.Name = change.Name ?? organisation.Name;
        organisation.TimeZone = change.TimeZone ?? organisation.TimeZone;
        organisation.MinimumN = change.MinimumN ?? organisation.MinimumN;
        organisation.ChangeDays = change.ChangeDays ?? organisation.ChangeDays;
        organisation.CapDays = change.CapDays ?? organisation.CapDays;
        organisation.SurveyCapDays = change.SurveyCapDays ?? organisation.SurveyCapDays;
        organisation.Reminders = change.Reminders ?? organisation.Reminders;
        organisation.ReminderDays = change.ReminderDays ?? organisation.ReminderDays;
        if (change.WorkingDays is { } days) organisation.WorkingDays = [.. days.Select(Weekdays.Day).Order()];
        if (change.Holidays is { } holidays) organisation.Holidays = [.. holidays.Select(day => SettingsChange.Day(day)!.Value).Distinct().Order()];
        if (change.NamesQuietHours) (organisation.QuietFrom, organisation.QuietTo) = (QuietTimes.Time(change.QuietHours?.From), QuietTimes.Time(change.QuietHours?.To));
        if (change.NamesPostalAddress) organisation.PostalAddress = string.IsNullOrEmpty(change.PostalAddress) ? null : change.PostalAddress;
    }
}
