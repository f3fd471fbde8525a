using System.Globalization;
using CxSurveys.Web.Platform;
using Microsoft.AspNetCore.WebUtilities;

namespace CxSurveys.Web.Features.Invitations.Sending;

/// <summary>Where an invitation stands, as the page Sending tells it.</summary>
public enum SendingState { Waiting = 0, Sent = 1, Answered = 2, Failed = 3, NotSent = 4 }

/// <summary>Which invitations the page shows; all of it stands in the address.</summary>
public sealed record SendingFilter
{
    public const string Path = "/sending";
    public const int UsualDays = 30;

    /// <summary>Days back from now; 0 = all.</summary>
    public int Days { get; init; } = UsualDays;

    /// <summary>A person's id.</summary>
    public string? Customer { get; init; }

    /// <summary>Part of a name, or the start of an address or an id.</summary>
    public string? Search { get; init; }

    public string? Survey { get; init; }
    public string? Touchpoint { get; init; }
    public SendingState? State { get; init; }
    public NotSent? Reason { get; init; }

    /// <summary>The id of a sending rule.</summary>
    public int? Rule { get; init; }

    /// <summary>Decided or planned from this instant on, and before that one; only the API asks for them.</summary>
    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    /// <summary>Rows after this one are shown.</summary>
    public (DateTimeOffset At, Guid Id)? After { get; init; }

    public static SendingFilter Parse(IQueryCollection query, Errors errors) => new()
    {
        Days = query["days"] is [{ Length: > 0 } days] ? ParseDays(days, errors) : query.ContainsKey("customer") ? 0 : UsualDays,
        Customer = Text(query, "customer", errors),
        Search = Text(query, "q", errors),
        Survey = Text(query, "survey", errors),
        Touchpoint = Text(query, "touchpoint", errors),
        State = Named<SendingState>(query, "state", errors),
        Reason = Named<NotSent>(query, "reason", errors),
        Rule = query["rule"] is [{ Length: > 0 } rule] ? ParseRule(rule, errors) : null,
        After = Text(query, "cursor", errors) is { } cursor ? ParseCursor(cursor, errors) : null,
    };

    /// <summary>The address of this selection.</summary>
    public string Link()
    {
        (string Name, string? Value)[] all =
        [
            ("days", Days == (Customer is null ? UsualDays : 0) ? null : Days.ToString(CultureInfo.InvariantCulture)),
            ("customer", Customer), ("q", Search), ("survey", Survey), ("touchpoint", Touchpoint),
            ("state", State is { } state ? NameOf(state) : null),
            ("reason", Reason is { } reason ? NameOf(reason) : null),
            ("rule", Rule?.ToString(CultureInfo.InvariantCulture)),
            ("cursor", After is { } after ? CursorOf(after.At, after.Id) : null),
        ];
        return QueryHelpers.AddQueryString(Path, all.Where(p => p.Value is not null).Select(p => KeyValuePair.Create(p.Name, p.Value)));
    }

    /// <summary>The place behind a row.</summary>
    public static string CursorOf(DateTimeOffset at, Guid id) => string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks}.{id:N}");

    /// <summary>An enum's name as the API writes it.</summary>
    public static string NameOf<T>(T value) where T : struct, Enum
    {
        string name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    static string? Text(IQueryCollection query, string name, Errors errors)
    {
        if (query[name] is not [{ Length: > 0 } text] || string.IsNullOrWhiteSpace(text)) return null;
        if (text.Length > 200 || !TextRules.IsStorable(text)) errors.Add(name, "A text of at most 200 characters.");
        return text.Trim();
    }

    static int ParseDays(string text, Errors errors)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int days) && days <= 3650) return days;
        errors.Add("days", "A whole number of days up to 3650; 0 shows all.");
        return UsualDays;
    }

    static int? ParseRule(string text, Errors errors)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int id)) return id;
        errors.Add("rule", "The number of a sending rule.");
        return null;
    }

    static T? Named<T>(IQueryCollection query, string name, Errors errors) where T : struct, Enum
    {
        if (query[name] is not [{ Length: > 0 } text]) return null;
        foreach (var value in Enum.GetValues<T>())
        {
            if (NameOf(value) == text) return value;
        }
        errors.Add(name, $"One of {string.Join(", ", Enum.GetValues<T>().Select(NameOf))}.");
        return null;
    }

    static (DateTimeOffset, Guid)? ParseCursor(string text, Errors errors)
    {
        if (text.Split('.') is [var ticks, var id]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out long at) && at <= DateTimeOffset.MaxValue.Ticks
            && Guid.TryParseExact(id, "N", out var guid)) return (new DateTimeOffset(at, TimeSpan.Zero), guid);
        errors.Add("cursor", "Not a place in this list; begin again without it.");
        return null;
    }
}
