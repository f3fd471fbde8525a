using System.Globalization;
using System.Text.Json.Serialization;
using CxSurveys.Web.Platform;
using FluentValidation;

namespace CxSurveys.Web.Features.Settings;

/// <summary>The body of <c>PUT /settings</c>, and what the page sends: a member that is not named stays.</summary>
public sealed record SettingsChange
{
    public const int MostHolidays = 400;
    public const int MaxName = 200, MaxPostalAddress = 500, MostDays = 3650;

    public string? Name { get; init; }
    public string? TimeZone { get; init; }
    public int? MinimumN { get; init; }
    public int? ChangeDays { get; init; }

    /// <summary>Nobody is asked more than once in so many days, by any survey; 0 = no cap.</summary>
    public int? CapDays { get; init; }

    /// <summary>Nobody is asked more than once in so many days by the same survey; 0 = no cap.</summary>
    public int? SurveyCapDays { get; init; }

    /// <summary>Printed in mails; null or "" = none.</summary>
    public string? PostalAddress
    {
        get;
        init => (field, NamesPostalAddress) = (value, true);
    }

    /// <summary>Null is a value of the postal address, so that it can be taken away; left out is another thing.</summary>
    [JsonIgnore] public bool NamesPostalAddress { get; private init; }

    /// <summary>When nobody is sent anything, in each person's own time; null = no quiet hours.</summary>
    public QuietTimes? QuietHours
    {
        get;
        init => (field, NamesQuietHours) = (value, true);
    }

    /// <summary>Null is a value of the quiet hours, too.</summary>
    [JsonIgnore] public bool NamesQuietHours { get; private init; }

    /// <summary>Days of the week on which people are asked: "mon", "tue" ...</summary>
    public IReadOnlyList<string>? WorkingDays { get; init; }

    /// <summary>Days on which nobody is asked, for example 2026-12-25.</summary>
    public IReadOnlyList<string>? Holidays { get; init; }

    /// <summary>How often at most a person who has not answered is reminded; 0 = never.</summary>
    public int? Reminders { get; init; }

    /// <summary>Days from an invitation to its reminder, and from one reminder to the next.</summary>
    public int? ReminderDays { get; init; }

    public bool? RequireSecondFactor { get; init; }

    internal static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    internal sealed class Rules : AbstractValidator<SettingsChange>
    {
        const string NotYet = "Not offered by this version; leave it out.";
        const string Days = "A whole number of days from 0 to 3650.";
        const string Cap = "A whole number of days from 0 (no cap) to 3650.";

        public Rules()
        {
            RuleFor(c => c.Name!).MustBeText(MaxName).When(c => c.Name is not null);
            RuleFor(c => c.TimeZone!).Must(TimeZones.IsKnown).WithMessage("An IANA time zone, for example Asia/Jakarta.").When(c => c.TimeZone is not null);
            RuleFor(c => c.MinimumN).InclusiveBetween(1, 1000).WithMessage("A whole number from 1 (withholds nothing) to 1000.");
            RuleFor(c => c.ChangeDays).InclusiveBetween(0, MostDays).WithMessage(Days);
            RuleFor(c => c.CapDays).InclusiveBetween(0, MostDays).WithMessage(Cap);
            RuleFor(c => c.SurveyCapDays).InclusiveBetween(0, MostDays).WithMessage(Cap);
            RuleFor(c => c.PostalAddress!).MustBeText(MaxPostalAddress).When(c => !string.IsNullOrEmpty(c.PostalAddress));
            RuleFor(c => c.QuietHours!).Must(hours => hours.IsReadable).WithMessage("Two times of the day, for example from 21:00 to 08:00; not the same.").When(c => c.QuietHours is not null);
            RuleFor(c => c.WorkingDays!).Must(Weekdays.AreKnown).WithMessage($"At least one of {string.Join(", ", Weekdays.Names)}, each once.").When(c => c.WorkingDays is not null);
            RuleFor(c => c.Holidays!).Must(days => days.Count <= MostHolidays && days.All(day => Day(day) is not null)).WithMessage($"At most {MostHolidays} days, written like 2026-12-25.").When(c => c.Holidays is not null);
            RuleFor(c => c.Reminders).InclusiveBetween(0, 3).WithMessage("A whole number from 0 (no reminders) to 3.");
            RuleFor(c => c.ReminderDays).InclusiveBetween(1, 30).WithMessage("A whole number of days from 1 to 30.");
            RuleFor(c => c.RequireSecondFactor).Must(on => on is null or false).WithMessage(NotYet);
        }
    }
}
