using System.Globalization;
using System.Text.Json;
using CxSurveys.Web.Features.Responses;

namespace CxSurveys.Web.Features.Demo;

/// <summary>A response of the story in the form in which the API takes one.</summary>
internal static class DemoPost
{
    // Without summer time, so one offset holds for all of the story.
    static readonly TimeSpan Offset = TimeZoneInfo.FindSystemTimeZoneById(DemoLoad.Zone).BaseUtcOffset;

    public static PostedResponse Of(DemoResponse response) => new()
    {
        Id = response.Id,
        Survey = response.Source.Survey,
        Touchpoint = response.Source.Touchpoint,
        Answers = response.Answers.ToDictionary(a => a.Key, a => JsonSerializer.SerializeToElement(a.Value)),
        Customer = response.Person is { } person ? new() { Id = person.Key } : null,
        Segment = DemoLoad.Attributes(response.Country, response.Person?.Plan),
        SubmittedAt = new DateTimeOffset(response.Day.ToDateTime(TimeOnly.MinValue) + response.Hour, Offset).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
        Language = response.Language,
        Channel = response.Channel,
    };
}
