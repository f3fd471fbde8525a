using System.Text.Json;
using System.Text.Json.Serialization;
using CxSurveys.Web.Platform;
using FluentValidation;

namespace CxSurveys.Web.Features.Settings;

/// <summary>The body of <c>PUT /settings</c>, and what the page sends: a member that is not named stays.</summary>
public sealed record SettingsChange
{
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

    public JsonElement? QuietHours { get; init; }
    public bool? RequireSecondFactor { get; init; }

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
            RuleFor(c => c.QuietHours).Must(hours => hours is null || hours.Value.ValueKind == JsonValueKind.Null).WithMessage(NotYet);
            RuleFor(c => c.RequireSecondFactor).Must(on => on is null or false).WithMessage(NotYet);
        }
    }
}
