using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CxSurveys.Web.Features.People;

namespace CxSurveys.Web.Features.Invitations.Rules;

/// <summary>What a rule makes of an event: pure, the same for what happens now and for a simulation.</summary>
internal static class RuleMatch
{
    public static bool Applies(SendingRule rule, CustomerEvent happened, Person person) =>
        rule.EventType == happened.Type && rule.Conditions.TrueForAll(c => c.Holds(happened, person));

    /// <summary>When to ask: exact to the minute and hour; days, months and years by the person's own clock and calendar.</summary>
    public static DateTimeOffset WantedAt(SendingRule rule, DateTimeOffset occurredAt, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(occurredAt, zone).DateTime;
        return rule.DelayUnit switch
        {
            DelayUnit.Minutes => occurredAt.AddMinutes(rule.Delay),
            DelayUnit.Hours => occurredAt.AddHours(rule.Delay),
            DelayUnit.Days => Later(local.AddDays(rule.Delay)),
            DelayUnit.Months => Later(local.AddMonths(rule.Delay)),
            _ => Later(local.AddYears(rule.Delay)),
        };

        DateTimeOffset Later(DateTime then) => rule.Delay == 0 ? occurredAt : LocalTime.AtOrAfter(then, zone, occurredAt);
    }

    /// <summary>True of the person's first event of the kind, by when it happened, not by when it came.</summary>
    public static bool IsFirst(SendingRule rule, CustomerEvent happened, Person person, IEnumerable<CustomerEvent> ofPerson) =>
        !ofPerson.Any(e => e.Id != happened.Id && Order(e, happened) < 0 && Applies(rule, e, person));

    /// <summary>True when <paramref name="later"/> calls off what <paramref name="happened"/> started.</summary>
    public static bool CallsOff(SendingRule rule, CustomerEvent later, CustomerEvent happened) =>
        rule.CancelledBy.Contains(later.Type, StringComparer.Ordinal)
        && later.OccurredAt >= happened.OccurredAt
        && (rule.SameField is not { } field || (later.Field(field) is { } value && value == happened.Field(field)));

    /// <summary>Whether what has that id is in the rule's sample: the same on every machine, in every run.</summary>
    public static bool IsChosen(SendingRule rule, string id)
    {
        if (rule.SamplePercent >= 100) return true;
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{rule.Id}\n{id}")));
        return BinaryPrimitives.ReadUInt32BigEndian(hash) % 100 < (uint)rule.SamplePercent;
    }

    static int Order(CustomerEvent a, CustomerEvent b) =>
        a.OccurredAt.CompareTo(b.OccurredAt) is var order && order != 0 ? order : string.CompareOrdinal(a.Id, b.Id);
}
