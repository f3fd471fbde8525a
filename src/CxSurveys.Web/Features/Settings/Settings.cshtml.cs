using System.Globalization;
using CxSurveys.Web.Data;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CxSurveys.Web.Features.Settings;

/// <summary>What holds for the whole company?</summary>
[Authorize(Policies.AdminPages)]
public sealed class SettingsModel(ChangeSettings settings, CxDbContext db) : PageModel
{
    public const string Address = "/set-up/settings";

    /// <summary>As typed: a number that is none comes back for mending.</summary>
    public sealed record SettingsForm
    {
        public string? Name { get; init; }
        public string? TimeZone { get; init; }
        public string? MinimumN { get; init; }
        public string? ChangeDays { get; init; }
        public string? CapDays { get; init; }
        public string? SurveyCapDays { get; init; }
        public string? PostalAddress { get; init; }
        public string? QuietFrom { get; init; }
        public string? QuietTo { get; init; }
        public List<string> WorkingDays { get; init; } = [];

        /// <summary>One a line.</summary>
        public string? Holidays { get; init; }

        public string? Reminders { get; init; }
        public string? ReminderDays { get; init; }

        public static SettingsForm Of(Organisation now) => new()
        {
            Name = now.Name,
            TimeZone = now.TimeZone,
            MinimumN = Text(now.MinimumN),
            ChangeDays = Text(now.ChangeDays),
            CapDays = Text(now.CapDays),
            SurveyCapDays = Text(now.SurveyCapDays),
            PostalAddress = now.PostalAddress,
            QuietFrom = now.QuietFrom is { } from ? QuietTimes.Text(from) : null,
            QuietTo = now.QuietTo is { } to ? QuietTimes.Text(to) : null,
            WorkingDays = [.. Weekdays.Of(now.WorkingDays)],
            Holidays = string.Join('\n', now.Holidays.Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))),
            Reminders = Text(now.Reminders),
            ReminderDays = Text(now.ReminderDays),
        };

        internal SettingsChange ToChange(Errors errors) => new()
        {
            Name = Name?.Trim() ?? "",
            TimeZone = TimeZone?.Trim() ?? "",
            MinimumN = Number("minimumN", MinimumN, errors),
            ChangeDays = Number("changeDays", ChangeDays, errors),
            CapDays = Number("capDays", CapDays, errors),
            SurveyCapDays = Number("surveyCapDays", SurveyCapDays, errors),
            QuietHours = string.IsNullOrWhiteSpace(QuietFrom) && string.IsNullOrWhiteSpace(QuietTo) ? null : new QuietTimes(QuietFrom?.Trim() ?? "", QuietTo?.Trim() ?? ""),
            WorkingDays = WorkingDays,
            Holidays = (Holidays ?? "").Split((char[])['\n', '\r', ',', ' '], StringSplitOptions.RemoveEmptyEntries),
            Reminders = Number("reminders", Reminders, errors),
            ReminderDays = Number("reminderDays", ReminderDays, errors),
            // Browsers send the line breaks of a text field as two characters.
            PostalAddress = PostalAddress?.ReplaceLineEndings("\n").Trim(),
        };

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

        static int? Number(string field, string? text, Errors errors)
        {
            if (int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int number)) return number;
            errors.Add(field, "Enter a whole number.");
            return null;
        }
    }

    [BindProperty] public SettingsForm Form { get; set; } = new();

    public bool Saved { get; private set; }

    /// <summary>As stored, whatever was typed.</summary>
    public Organisation Now { get; private set; } = null!;

    /// <summary>Every page still shows the days of the zone before.</summary>
    public bool Recounting => Now.TimeZone != Now.CellsTimeZone;

    public async Task OnGetAsync(bool saved, CancellationToken ct)
    {
        Saved = saved;
        Now = await ReadAsync(ct);
        Form = SettingsForm.Of(Now);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var errors = new Errors();
        var change = Form.ToChange(errors);
        if (!errors.Any) await settings.RunAsync(change, errors, ct);
        if (!errors.Any) return LocalRedirect(Address + "?saved=true");

        foreach (var (field, messages) in errors.ToDictionary()) ModelState.AddModelError($"{nameof(Form)}.{field}", messages[0]);
        Now = await ReadAsync(ct);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    Task<Organisation> ReadAsync(CancellationToken ct) => db.Set<Organisation>().AsNoTracking().SingleAsync(ct);
}
