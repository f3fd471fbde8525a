using CxSurveys.Web.Platform;
using FluentValidation;

namespace CxSurveys.Web.Features.People;

/// <summary>A person as a page's form has them: what is empty is not known.</summary>
public sealed record PersonForm
{
    /// <summary>Empty rows offered for more attributes.</summary>
    const int SpareRows = 3;

    public string? Id { get; init; }
    public string? Email { get; init; }
    public string? Name { get; init; }
    public string? Language { get; init; }
    public string? TimeZone { get; init; }

    /// <summary>"yes", "no", or nothing.</summary>
    public string? Consent { get; init; }

    /// <summary>Names of attributes, row by row beside <see cref="Values"/>.</summary>
    public List<string?> Names { get; init; } = [];

    public List<string?> Values { get; init; } = [];

    public static PersonForm Of(Person person)
    {
        var attributes = person.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal).ToList();
        return new PersonForm
        {
            Id = person.Key,
            Email = person.Email,
            Name = person.Name,
            Language = person.Language,
            TimeZone = person.TimeZone,
            Consent = person.EmailConsent switch { true => "yes", false => "no", null => null },
            Names = [.. attributes.Select(a => a.Key)],
            Values = [.. attributes.Select(a => a.Value)],
        };
    }

    public IEnumerable<(string? Name, string? Value)> Rows()
    {
        var given = Pairs().ToList();
        int spare = Math.Clamp(PostedPerson.MaxAttributes - given.Count, 0, SpareRows);
        return given.Concat(Enumerable.Repeat<(string?, string?)>((null, null), spare));
    }

    /// <summary>The person, or null when <paramref name="errors"/> say what is wrong, by the names of the contract.</summary>
    internal PostedPerson? Read(string? id, IValidator<PostedPerson> rules, Errors errors)
    {
        var attributes = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in Pairs())
        {
            if (name is null) errors.Add("attributes", $"Give \"{value}\" a name.");
            else if (value is not null && !attributes.TryAdd(name, value)) errors.Add("attributes." + name, "The attribute stands twice.");
        }
        var person = new PostedPerson
        {
            Id = id ?? "",
            Email = Trimmed(Email),
            Name = Trimmed(Name),
            Language = Trimmed(Language),
            TimeZone = Trimmed(TimeZone),
            Consent = Consent switch { "yes" => true, "no" => false, _ => null },
            Attributes = attributes,
        };
        errors.Add(rules.Validate(person));
        return errors.Any ? null : person;
    }

    IEnumerable<(string? Name, string? Value)> Pairs() =>
        Names.Zip(Values, (name, value) => (Name: Trimmed(name), Value: Trimmed(value))).Where(row => row.Name is not null || row.Value is not null);

    static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>What the form's partial shows.</summary>
/// <param name="IsNew">The id is asked for, too.</param>
public sealed record PersonFormView(PersonForm Form, IDictionary<string, string[]> Errors, bool IsNew);
