using System.Globalization;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>A part of a text: as its author wrote it, or merged in from what is known of the reader.</summary>
public sealed record WordPiece(string Text, bool Merged = false);

/// <summary>
/// Fills the places of a text such as <c>{name|dear customer}</c>: each has a default, which stands where nothing is known. The names are a
/// fixed list and the segment attributes. A text is read once: a value is never looked into for places of its own.
/// </summary>
public sealed record PersonalWords(string Company, string? Name = null, IReadOnlyDictionary<string, string>? Attributes = null)
{
    const string SegmentPrefix = "segment.", CompanyName = "company", PersonName = "name", DateName = "date";

    /// <summary>The attributes that have a name of their own: of what was bought, and when.</summary>
    static readonly string[] OfOccasion = ["product", "order", DateName];

    public string Text(AskedText template) => string.Concat(Fill(template).Select(piece => piece.Text));

    public IReadOnlyList<WordPiece> Fill(AskedText template) =>
        [.. Places(template.Text).Select(place => place.Name is { } name ? Filled(name, place.Default, template.Language) ?? new WordPiece(place.Written) : new WordPiece(place.Written)).Where(piece => piece.Text.Length > 0)];

    // Null for what is no place, in a version from before there were any: it stands as it was written.
    WordPiece? Filled(string name, string? otherwise, string language)
    {
        if (!IsName(name) || name != CompanyName && string.IsNullOrWhiteSpace(otherwise)) return null;
        string? value = name switch
        {
            CompanyName => Company,
            PersonName => Name,
            DateName => Attributes?.GetValueOrDefault(name) is { } date ? Day(date, language) : null,
            _ => Attributes?.GetValueOrDefault(name.StartsWith(SegmentPrefix, StringComparison.Ordinal) ? name[SegmentPrefix.Length..] : name),
        };
        return value is not null && OneLine(value) is { Length: > 0 } known ? new WordPiece(known, Merged: true) : new WordPiece(otherwise ?? "");
    }

    // A date as systems write it is read out in the reader's way; any other is left as it is.
    static string Day(string date, string language) =>
        DateTime.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.ToString("d MMMM yyyy", LanguageTag.Culture(language) ?? CultureInfo.InvariantCulture)
            : date;

    /// <summary>What is wrong with the places of a text; null when nothing is.</summary>
    public static string? Problem(string template)
    {
        foreach (var place in Places(template))
        {
            if (place.Name is null && place.Written.AsSpan().ContainsAny('{', '}')) return "A brace without its other half. A place to fill in is written {name|what stands there otherwise}.";
            if (place.Name is not { } name) continue;
            if (!IsName(name)) return $"{{{name}}} is nothing that can be filled in; that are name, product, order, date, company, and segment. with the name of an attribute.";
            if (name != CompanyName && string.IsNullOrWhiteSpace(place.Default)) return $"{{{name}}} needs words for those of whom it is not known: {{{name}|...}}.";
        }
        return null;
    }

    /// <summary>True when something in the text is to be filled in.</summary>
    public static bool HasPlaces(string template) => Places(template).Any(place => place.Name is { } name && IsName(name));

    static bool IsName(string name) => name is CompanyName or PersonName || OfOccasion.Contains(name)
        || name.Length > SegmentPrefix.Length && name.StartsWith(SegmentPrefix, StringComparison.Ordinal);

    /// <summary>The parts of a template in order; those without a name are plain text.</summary>
    static IEnumerable<(string Written, string? Name, string? Default)> Places(string template)
    {
        int at = 0;
        while (at < template.Length)
        {
            int open = template.IndexOf('{', at), close = open < 0 ? -1 : template.IndexOf('}', open);
            if (close < 0)
            {
                yield return (template[at..], null, null);
                yield break;
            }
            // Of "{ {name|x}" the inner one is the place.
            open = template.LastIndexOf('{', close, close - open + 1);
            if (open > at) yield return (template[at..open], null, null);
            string[] parts = template[(open + 1)..close].Split('|', 2);
            yield return (template[open..(close + 1)], parts[0].Trim(), parts.Length > 1 ? parts[1].Trim() : null);
            at = close + 1;
        }
    }

    static string OneLine(string text) => string.Join(' ', string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>Whether the places of a survey's texts can be filled in for everybody.</summary>
internal static class PersonalChecks
{
    public static void Check(SurveyDefinition definition, Errors errors)
    {
        foreach (var unit in DefinitionTexts.Of(definition))
            foreach (var (language, text) in unit.Texts ?? new Dictionary<string, string>())
            {
                if (IsFilled(unit) && PersonalWords.Problem(text) is { } problem) errors.Add($"{unit.Path}.{language}", problem);
                else if (!IsFilled(unit) && PersonalWords.HasPlaces(text)) errors.Add($"{unit.Path}.{language}", "Nothing is filled in here: these words are the same for everybody.");
            }
    }

    // A consent must say for good what was agreed to.
    static bool IsFilled(TextUnit unit) => unit.Question?.Kind != QuestionKind.Consent
        && !unit.Path.Contains(".labels.", StringComparison.Ordinal) && !unit.Path.Contains(".options[", StringComparison.Ordinal);
}
