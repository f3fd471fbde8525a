using System.Globalization;
using System.Text.Json;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Responses;

namespace CxSurveys.Web.Features.Demo;

/// <summary>What the story tells in the form in which the API takes it.</summary>
internal static class DemoPost
{
    // Without summer time, so one offset holds for all of the story.
    static readonly TimeSpan Offset = TimeZoneInfo.FindSystemTimeZoneById(DemoStore.Zone).BaseUtcOffset;

    public static PostedResponse Of(DemoResponse response) => new()
    {
        Id = response.Id,
        Survey = response.Source.Survey,
        Touchpoint = response.Source.Touchpoint,
        Answers = response.Answers.ToDictionary(a => a.Key, a => JsonSerializer.SerializeToElement(a.Value)),
        Customer = response.Person is { } person ? new() { Id = person.Key } : null,
        Segment = Attributes(response.Country, response.Person?.Plan),
        SubmittedAt = response.At.ToOffset(Offset).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
        Language = response.Language,
        Channel = response.Channel,
    };

    public static PostedPerson Of(DemoPerson person) => new()
    {
        Id = person.Key,
        Name = person.Name,
        Email = person.Reach == Reach.NoAddress ? null : person.Email,
        Language = person.Language,
        Consent = person.Reach != Reach.NoConsent,
        Attributes = new() { ["country"] = person.Country, ["plan"] = person.Plan },
    };

    /// <summary>An hour of the company's day, in UTC as the database takes it.</summary>
    public static DateTimeOffset Instant(DateOnly day, TimeSpan hour) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue) + hour, Offset).ToUniversalTime();

    static Dictionary<string, string> Attributes(string country, string? plan) =>
        plan is null ? new() { ["country"] = country } : new() { ["country"] = country, ["plan"] = plan };
}
