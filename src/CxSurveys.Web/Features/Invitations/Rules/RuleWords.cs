using System.Globalization;

namespace CxSurveys.Web.Features.Invitations.Rules;

/// <summary>A rule in plain words.</summary>
internal static class RuleWords
{
    public static string Of(DelayUnit unit, int count) => unit switch
    {
        DelayUnit.Minutes => Count(count, "minute"),
        DelayUnit.Hours => Count(count, "hour"),
        DelayUnit.Days => Count(count, "day"),
        DelayUnit.Months => Count(count, "month"),
        _ => Count(count, "year"),
    };

    public static string Of(ConditionTest test) => test switch
    {
        ConditionTest.Is => "is",
        ConditionTest.IsNot => "is not",
        ConditionTest.OneOf => "is one of",
        ConditionTest.Contains => "contains",
        ConditionTest.AtLeast => "is at least",
        ConditionTest.AtMost => "is at most",
        _ => "is given",
    };

    /// <summary>When, for example "24 hours after the first order.delivered".</summary>
    public static string When(SendingRule rule)
    {
        if (rule.EveryDays is { } days) return string.Create(CultureInfo.InvariantCulture, $"Every {days} days, at {rule.AtTime:HH:mm}");
        string happened = rule.OnlyFirst ? $"the first {rule.EventType}" : rule.EventType!;
        return rule.Delay == 0 ? $"At once after {happened}" : $"{Of(rule.DelayUnit, rule.Delay)} after {happened}";
    }

    /// <summary>What narrows it, part by part.</summary>
    public static IEnumerable<string> But(SendingRule rule)
    {
        foreach (var condition in rule.Conditions)
            yield return $"{(condition.On == ConditionOn.Event ? "event" : "person")}: {condition.Field} {Of(condition.Test)} {condition.Value}".TrimEnd();
        if (rule.CancelledBy.Length > 0) yield return $"called off by {string.Join(", ", rule.CancelledBy)}{(rule.SameField is { } field ? $" of the same {field}" : "")}";
        if (rule.SamplePercent < 100) yield return $"a sample of {rule.SamplePercent} %";
        if (rule.Priority != Priority.Usual) yield return rule.Priority == Priority.High ? "goes first" : "gives way";
    }

    static string Count(int count, string unit) => string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");
}
