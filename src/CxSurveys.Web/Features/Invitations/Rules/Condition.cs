using System.Globalization;
using System.Text.Json.Serialization;
using CxSurveys.Web.Features.People;

namespace CxSurveys.Web.Features.Invitations.Rules;

/// <summary>Where a condition looks.</summary>
public enum ConditionOn { Event, Person }

public enum ConditionTest { Is, IsNot, OneOf, Contains, AtLeast, AtMost, IsGiven }

/// <summary>One thing that must hold before somebody is asked, for example: of the event, <c>amount</c> is at least 100.</summary>
/// <param name="On">Whose field it is.</param>
/// <param name="Field">Of an event a name or a path with dots in its data; of a person an attribute, or <c>language</c>.</param>
/// <param name="Test">How it is compared.</param>
/// <param name="Value">With what; several, with commas between, for <see cref="ConditionTest.OneOf"/>.</param>
public sealed record Condition(
    [property: JsonConverter(typeof(JsonStringEnumConverter<ConditionOn>))] ConditionOn On,
    string Field,
    [property: JsonConverter(typeof(JsonStringEnumConverter<ConditionTest>))] ConditionTest Test,
    string Value)
{
    public const int Most = 8, MaxField = 100, MaxValue = 500;

    /// <param name="happened">Null for a schedule, which no event starts.</param>
    public bool Holds(CustomerEvent? happened, Person person)
    {
        string? given = On == ConditionOn.Event ? happened?.Field(Field) : OfPerson(person);
        return Test switch
        {
            ConditionTest.Is => Same(given, Value),
            ConditionTest.IsNot => !Same(given, Value),
            ConditionTest.OneOf => Value.Split(',').Any(one => Same(given, one.Trim())),
            ConditionTest.Contains => given?.Contains(Value, StringComparison.OrdinalIgnoreCase) == true,
            ConditionTest.AtLeast => given is not null && Compare(given, Value) >= 0,
            ConditionTest.AtMost => given is not null && Compare(given, Value) <= 0,
            _ => !string.IsNullOrEmpty(given),
        };
    }

    string? OfPerson(Person person) => person.Attributes.GetValueOrDefault(Field) ?? (Field.Equals("language", StringComparison.OrdinalIgnoreCase) ? person.Language : null);

    static bool Same(string? given, string value) => given is not null && (given.Equals(value, StringComparison.OrdinalIgnoreCase) || (Number(given) is { } number && number == Number(value)));

    // Numbers as numbers; days written like 2026-12-25 stand in the order of their letters.
    static int Compare(string given, string value) =>
        Number(given) is { } a && Number(value) is { } b ? a.CompareTo(b) : string.CompareOrdinal(given, value);

    static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Number & ~NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out decimal number) ? number : null;
}
