using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Channels;

/// <summary>When the widget offers the survey on a page; they travel in the snippet, so that one survey may have others on other pages.</summary>
/// <param name="After">Seconds on the page.</param>
/// <param name="Scroll">Per cent of the page that were scrolled.</param>
/// <param name="Exit">When the pointer leaves towards the address bar.</param>
/// <param name="Event">Name of an event that the page sends to its window.</param>
/// <param name="Every">Days in which a browser is offered it once.</param>
public sealed record WidgetRules(int? After, int? Scroll, bool Exit, string? Event, int Every)
{
    const int DefaultEvery = 30, DefaultAfter = 15;

    internal static WidgetRules Read(IQueryCollection query, Errors errors)
    {
        var name = (string?)query["event"] is { Length: > 0 } typed ? typed.Trim() : null;
        if (name is not null && !TextRules.IsKey(name)) errors.Add("event", TextRules.KeyMessage);
        int? after = Number(query, "after", 0, 3600, errors), scroll = Number(query, "scroll", 1, 100, errors);
        bool exit = query["exit"] == "true";
        // A widget that never appears would be a riddle.
        if (after is null && scroll is null && !exit && name is null) after = DefaultAfter;
        return new WidgetRules(after, scroll, exit, name, Number(query, "every", 0, 3650, errors) ?? DefaultEvery);
    }

    static int? Number(IQueryCollection query, string field, int min, int max, Errors errors)
    {
        if ((string?)query[field] is not { Length: > 0 } typed) return null;
        if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max) return number;
        errors.Add(field, $"A whole number from {min} to {max}.");
        return null;
    }

    /// <summary>What goes into the other site's pages.</summary>
    public string Script(string source, string survey)
    {
        var script = new StringBuilder("<script async src=\"").Append(source).Append('"');
        Add(script, "survey", survey);
        if (After is { } after) Add(script, "after", after.ToString(CultureInfo.InvariantCulture));
        if (Scroll is { } scroll) Add(script, "scroll", scroll.ToString(CultureInfo.InvariantCulture));
        if (Exit) script.Append(" data-exit");
        if (Event is not null) Add(script, "event", Event);
        Add(script, "every", Every.ToString(CultureInfo.InvariantCulture));
        return script.Append("></script>").ToString();
    }

    static void Add(StringBuilder script, string name, string value) => script.Append(" data-").Append(name).Append("=\"").Append(HtmlEncoder.Default.Encode(value)).Append('"');
}
