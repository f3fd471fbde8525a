using System.Globalization;
using CxSurveys.Web.Features.Scores.Map;

namespace CxSurveys.Web.Features.Responses.Inbox;

/// <summary>Which filters the form shows itself, and chips for the others.</summary>
internal static class Chips
{
    /// <summary>Filters whose value is in a field of the form.</summary>
    public static HashSet<string> Shown(InboxView view, InboxAddress address)
    {
        HashSet<string> shown = ["q", "words", "from", "to"];
        var options = view.Options;
        var fields = new List<(string Name, IEnumerable<string> Values)>
        {
            ("survey", options.Surveys.Select(c => c.Value)),
            ("question", options.Questions.Select(c => c.Value)),
            ("touchpoint", options.Touchpoints.Select(c => c.Value)),
            ("stage", options.Stages.Select(c => c.Value)),
            ("language", options.Segments.Languages),
            ("channel", options.Segments.Channels),
            ("state", InboxOptions.States.Select(c => c.Value)),
            ("flag", FlagNames.All),
        };
        fields.AddRange(options.Segments.Attributes.Select(a => ("segment." + a.Name, a.Values.AsEnumerable())));
        // One that has no field for its value would be sent twice, as that and as an empty one: the empty one is dropped.
        shown.UnionWith(fields.Where(f => address[f.Name] is { } value && f.Values.Contains(value)).Select(f => f.Name));
        if (options.Scores.Count > 0) shown.Add("value");
        return shown;
    }

    public static IEnumerable<(string Text, string Without)> Of(InboxView view, InboxAddress address)
    {
        var shown = Shown(view, address);
        return address.Filters.Where(f => !shown.Contains(f.Name)).Select(f => ($"{LabelOf(f.Name)}: {f.Value}", address.Without(f.Name)));
    }

    static string LabelOf(string name) => name switch
    {
        "asked" => "asked about",
        "definition" => "scale",
        "line" => "worded as in version",
        _ => name.Replace("segment.", "", StringComparison.Ordinal),
    };

    public static string Period(string? from, string? to) => (Day(from), Day(to)) switch
    {
        (null, null) => "Any time",
        ({ } first, null) => "From " + Words.Day(first),
        (null, { } after) => "Until " + Words.Day(Before(after)),
        ({ } first, { } after) when first < after => Words.Days(new Period(first, after)),
        _ => "No day",
    };

    public static string? LastDay(string? to) => Day(to) is { } day ? Before(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    static DateOnly Before(DateOnly day) => day == DateOnly.MinValue ? day : day.AddDays(-1);

    static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
