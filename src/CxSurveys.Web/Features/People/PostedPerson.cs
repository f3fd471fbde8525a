using System.Text.Json;
using System.Text.Json.Serialization;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Platform;
using FluentValidation;

namespace CxSurveys.Web.Features.People;

/// <summary>
/// A person as sent: a line of an import, the customer of an invitation, a form. What is left out (or null) is not known
/// to the sender and stays as it is.
/// </summary>
public sealed record PostedPerson
{
    public const int MaxId = 200, MaxName = 200, MaxAttributes = 20, MaxAttributeName = 64, MaxAttributeValue = 200;

    /// <summary>Names of the members that are no attributes, as the contract writes them.</summary>
    internal static readonly IReadOnlyList<string> Fields = ["id", "email", "name", "language", "timeZone", "consent"];

    /// <summary>The company's own id of the customer: <see cref="Person.Key"/>.</summary>
    public required string Id { get; init; }

    public string? Email { get; init; }
    public string? Name { get; init; }
    public string? Language { get; init; }

    /// <summary>IANA zone.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Consent to be asked by email: true, false, "yes" or "no".</summary>
    [JsonConverter(typeof(YesOrNo))]
    public bool? Consent { get; init; }

    /// <summary>Attributes by name; in JSON they may as well stand beside the other members.</summary>
    public Dictionary<string, string?>? Attributes { get; init; }

    /// <summary>Members that stood beside the known ones.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; init; }

    /// <summary>True for <c>{ "id": ... }</c>: it names a person and says nothing about them.</summary>
    [JsonIgnore]
    public bool IsIdAlone => (Email ?? Name ?? Language ?? TimeZone) is null && Consent is null && AllAttributes().Count == 0;

    /// <summary>What was given of attributes, in one place or the other. Only after <see cref="Rules"/> found nothing wrong.</summary>
    public Dictionary<string, string> AllAttributes()
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Attributes ?? [])
            if (value is not null) all[name] = value;
        foreach (var (name, value) in Others ?? [])
            if (value.ValueKind == JsonValueKind.String) all[name] = value.GetString()!;
        return all;
    }

    /// <summary>What is wrong with the name of an attribute; null when nothing is.</summary>
    internal static string? WrongName(string name)
    {
        if (string.IsNullOrWhiteSpace(name) || TextRules.CodePoints(name) > MaxAttributeName || !IsLine(name)) return $"The name of an attribute has 1 to {MaxAttributeName} characters, on one line.";
        return Fields.FirstOrDefault(field => field.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } field ? $"This is no attribute: write {field}, among the person's own fields." : null;
    }

    static string? WrongValue(string value) =>
        string.IsNullOrWhiteSpace(value) || TextRules.CodePoints(value) > MaxAttributeValue ? $"1 to {MaxAttributeValue} characters."
        : !IsLine(value) ? "One line of text, without control characters."
        : null;

    // A line break in a name would be one in a mail's header, and one in an attribute a broken row in every table.
    static bool IsLine(string text) => TextRules.IsStorable(text) && !text.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029');

    internal sealed class Rules : AbstractValidator<PostedPerson>
    {
        public Rules()
        {
            RuleFor(p => p.Id).MustBeText(MaxId);
            RuleFor(p => p.Email!).MustBeEmail().When(p => p.Email is not null);
            RuleFor(p => p.Name!).MustBeText(MaxName).Must(IsLine).WithMessage("A name stands on one line, without control characters.").When(p => p.Name is not null);
            RuleFor(p => p.Language).MayBeLanguage();
            RuleFor(p => p.TimeZone).Must(TimeZones.IsKnown).WithMessage("An IANA time zone, for example Asia/Jakarta.").When(p => p.TimeZone is not null);
            RuleFor(p => p).Custom(CheckAttributes);
        }

        static void CheckAttributes(PostedPerson person, ValidationContext<PostedPerson> context)
        {
            int given = 0;
            foreach (var (name, value) in person.Attributes ?? [])
            {
                if (value is not null) given++;
                if ((WrongName(name) ?? (value is null ? null : WrongValue(value))) is { } wrong) context.AddFailure("attributes." + name, wrong);
            }
            foreach (var (name, value) in person.Others ?? [])
            {
                if (value.ValueKind != JsonValueKind.Null) given++;
                if (WrongMember(person, name, value) is { } wrong) context.AddFailure(name, wrong);
            }
            if (given > MaxAttributes) context.AddFailure("attributes", TooMany);
        }

        static string? WrongMember(PostedPerson person, string name, JsonElement value)
        {
            if (WrongName(name) is { } wrong) return wrong;
            if (value.ValueKind == JsonValueKind.Null) return null;
            if (value.ValueKind != JsonValueKind.String) return "An attribute is a text: put it in quotes.";
            return person.Attributes?.ContainsKey(name) == true ? "The attribute stands twice." : WrongValue(value.GetString()!);
        }
    }

    internal static readonly string TooMany = $"A person has at most {MaxAttributes} attributes, those already known included.";

    internal sealed class YesOrNo : JsonConverter<bool?>
    {
        public override bool? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.String when reader.ValueTextEquals("yes") => true,
            JsonTokenType.String when reader.ValueTextEquals("no") => false,
            _ => throw new JsonException(),
        };

        public override void Write(Utf8JsonWriter writer, bool? value, JsonSerializerOptions options)
        {
            if (value is { } given) writer.WriteBooleanValue(given);
            else writer.WriteNullValue();
        }
    }
}
