using System.Globalization;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Invitations.Rules;

/// <summary>A rule as typed into its page: a number that is none comes back for mending.</summary>
public sealed record RuleForm
{
    const int SpareConditions = 2;

    public string? Name { get; init; }

    /// <summary>"event" or "schedule".</summary>
    public string? Kind { get; init; } = "event";

    public string? EventType { get; init; }
    public bool OnlyFirst { get; init; }
    public string? Delay { get; init; } = "24";
    public string? DelayUnit { get; init; } = "Hours";

    /// <summary>Kinds of event, with commas between.</summary>
    public string? CancelledBy { get; init; }

    public string? SameField { get; init; }
    public string? EveryDays { get; init; } = "90";
    public string? AtTime { get; init; } = "10:00";
    public string? Survey { get; init; }
    public string? Touchpoint { get; init; }
    public string? SamplePercent { get; init; } = "100";
    public string? Priority { get; init; } = "Usual";
    public string? LateDays { get; init; } = "7";

    /// <summary>Conditions, row by row.</summary>
    public List<string?> On { get; init; } = [];

    public List<string?> Field { get; init; } = [];
    public List<string?> Test { get; init; } = [];
    public List<string?> Value { get; init; } = [];

    public bool IsSchedule => Kind == "schedule";

    internal static RuleForm Of(SendingRule rule, string survey, string? touchpoint) => new()
    {
        Name = rule.Name,
        Kind = rule.IsSchedule ? "schedule" : "event",
        EventType = rule.EventType,
        OnlyFirst = rule.OnlyFirst,
        Delay = Text(rule.Delay),
        DelayUnit = rule.DelayUnit.ToString(),
        CancelledBy = string.Join(", ", rule.CancelledBy),
        SameField = rule.SameField,
        EveryDays = Text(rule.EveryDays ?? 90),
        AtTime = rule.AtTime.ToString("HH:mm", CultureInfo.InvariantCulture),
        Survey = survey,
        Touchpoint = touchpoint,
        SamplePercent = Text(rule.SamplePercent),
        Priority = rule.Priority.ToString(),
        LateDays = Text(rule.LateDays),
        On = [.. rule.Conditions.Select(c => c.On.ToString())],
        Field = [.. rule.Conditions.Select(c => c.Field)],
        Test = [.. rule.Conditions.Select(c => c.Test.ToString())],
        Value = [.. rule.Conditions.Select(c => c.Value)],
    };

    /// <summary>Conditions as typed, and some empty rows.</summary>
    internal IEnumerable<(string? On, string? Field, string? Test, string? Value)> Rows()
    {
        var given = Enumerable.Range(0, Field.Count).Select(Row).Where(row => row.Field is not null || row.Value is not null).ToList();
        return given.Concat(Enumerable.Repeat<(string?, string?, string?, string?)>((null, null, null, null), Math.Clamp(Condition.Most - given.Count, 0, SpareConditions)));
    }

    /// <summary>Writes what was typed into the rule; what is wrong goes into <paramref name="errors"/>, by field, and then the rule is not to be stored.</summary>
    internal void Write(SendingRule rule, Errors errors)
    {
        rule.Name = Line("name", Name, SendingRule.MaxName, errors) ?? "";
        if (rule.Name.Length == 0) errors.Add("name", "Give it a name.");
        rule.SamplePercent = Number("samplePercent", SamplePercent, 1, 100, errors);
        rule.LateDays = Number("lateDays", LateDays, 0, 365, errors);
        rule.Priority = Named<Priority>("priority", Priority, errors);
        rule.Conditions = Conditions(errors);
        if (IsSchedule) WriteSchedule(rule, errors);
        else WriteEvent(rule, errors);
    }

    void WriteSchedule(SendingRule rule, Errors errors)
    {
        rule.EveryDays = Number("everyDays", EveryDays, SendingRule.FewestEveryDays, SendingRule.MostEveryDays, errors);
        if (TimeOnly.TryParseExact(AtTime, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) rule.AtTime = time;
        else errors.Add("atTime", "A time of the day, for example 10:00.");
        (rule.EventType, rule.OnlyFirst, rule.Delay, rule.CancelledBy, rule.SameField) = (null, false, 0, [], null);
        if (rule.Conditions.Exists(c => c.On == ConditionOn.Event)) errors.Add("conditions", "No event starts it: let the conditions look at the person.");
    }

    void WriteEvent(SendingRule rule, Errors errors)
    {
        rule.EveryDays = null;
        rule.EventType = EventType?.Trim();
        if (!PostedEvent.IsType(rule.EventType)) errors.Add("eventType", PostedEvent.TypeMessage);
        rule.OnlyFirst = OnlyFirst;
        rule.Delay = Number("delay", Delay, 0, SendingRule.MostDelay, errors);
        rule.DelayUnit = Named<DelayUnit>("delayUnit", DelayUnit, errors);
        rule.CancelledBy = [.. (CancelledBy ?? "").Split([',', ' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Distinct()];
        if (rule.CancelledBy.Length > 10 || !rule.CancelledBy.All(PostedEvent.IsType)) errors.Add("cancelledBy", "At most 10 kinds of event with commas between, for example order.returned.");
        rule.SameField = Line("sameField", SameField, Condition.MaxField, errors);
    }

    List<Condition> Conditions(Errors errors)
    {
        var conditions = new List<Condition>();
        foreach (var (on, field, test, value) in Enumerable.Range(0, Field.Count).Select(Row).Where(row => row.Field is not null || row.Value is not null))
        {
            if (field is null) errors.Add("conditions", $"Say which field is compared with \"{value}\".");
            else if (Named<ConditionTest>("conditions", test, errors) is var how && how != ConditionTest.IsGiven && value is null) errors.Add("conditions", $"Say what {field} is compared with.");
            else conditions.Add(new Condition(Named<ConditionOn>("conditions", on, errors), Line("conditions", field, Condition.MaxField, errors) ?? "", how, Line("conditions", value, Condition.MaxValue, errors) ?? ""));
        }
        if (conditions.Count > Condition.Most) errors.Add("conditions", $"At most {Condition.Most}.");
        return conditions;
    }

    (string? On, string? Field, string? Test, string? Value) Row(int i) => (On.ElementAtOrDefault(i), Trimmed(Field[i]), Test.ElementAtOrDefault(i), Trimmed(Value.ElementAtOrDefault(i)));

    static string? Line(string field, string? text, int max, Errors errors)
    {
        if (Trimmed(text) is not { } line) return null;
        if (line.Length > max || !TextRules.IsStorable(line) || line.Any(char.IsControl)) errors.Add(field, $"At most {max} characters, on one line.");
        return line;
    }

    static int Number(string field, string? text, int least, int most, Errors errors)
    {
        if (int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most) return number;
        errors.Add(field, string.Create(CultureInfo.InvariantCulture, $"A whole number from {least} to {most}."));
        return least;
    }

    static T Named<T>(string field, string? text, Errors errors) where T : struct, Enum
    {
        if (Enum.TryParse<T>(text, out var value) && Enum.IsDefined(value)) return value;
        errors.Add(field, "Choose one from the list.");
        return default;
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
