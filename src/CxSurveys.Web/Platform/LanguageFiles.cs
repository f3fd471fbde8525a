using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CxSurveys.Web.Platform;

/// <summary>
/// What customers read that no survey says itself, by language: buttons, errors and thanks, mails, standard questions. Five languages ship;
/// each further one is a file <c>fr.json</c> in the folder <c>languages</c> of the data folder, read when the app starts.
/// </summary>
public static partial class LanguageFiles
{
    const string Default = "en";

    /// <summary>Resources of the texts that ship, by their part of a file.</summary>
    static readonly (string Part, string Prefix)[] Parts = [("pages", "Respond.Texts."), ("mails", "Invitations.Mail."), ("questions", "Surveys.Wordings.")];

    static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static IReadOnlyDictionary<string, JsonObject> added = new Dictionary<string, JsonObject>();

    /// <summary>Takes in the files of a data folder; before any text is read.</summary>
    /// <exception cref="InvalidDataException">A file is not what it should be; says which, and where.</exception>
    public static void AddFrom(string dataFolder) => added = ReadFolder(Path.Combine(dataFolder, "languages"));

    /// <summary>All languages that have a part's texts.</summary>
    internal static IEnumerable<(string Language, JsonObject Texts)> Read(string prefix) =>
        Shipped(prefix).Select(language => (language, Resource(prefix + language))).Concat(added.Select(file => (file.Key, (JsonObject)file.Value[Parts.First(p => p.Prefix == prefix).Part]!)));

    /// <summary>How many texts of a language that was added differ from the English ones, and how many there are; null of one that ships or has no file.</summary>
    public static (int Translated, int All)? ProgressOf(string language)
    {
        if (LanguageTag.Widening(language).FirstOrDefault(added.ContainsKey) is not { } tag) return null;
        var texts = Parts.SelectMany(p => Resource(p.Prefix + Default).Where(t => IsSentence(t.Value!)).Select(t => !JsonNode.DeepEquals(t.Value, added[tag][p.Part]![t.Key]))).ToList();
        return (texts.Count(translated => translated), texts.Count);
    }

    /// <summary>A file to translate: what there is of the language, else English.</summary>
    public static string Template(string language) => new JsonObject(Parts.Select(p => KeyValuePair.Create(p.Part,
        (JsonNode?)(Shipped(p.Prefix).Contains(language) ? Resource(p.Prefix + language) : added.GetValueOrDefault(language)?[p.Part]?.DeepClone() ?? Resource(p.Prefix + Default))))).ToJsonString(Readable);

    internal static IReadOnlyDictionary<string, JsonObject> ReadFolder(string folder)
    {
        var files = new Dictionary<string, JsonObject>(StringComparer.OrdinalIgnoreCase);
        if (!Directory.Exists(folder)) return files;
        foreach (string path in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)) files[Path.GetFileNameWithoutExtension(path)] = ReadFile(path);
        return files;
    }

    static JsonObject ReadFile(string path)
    {
        string language = Path.GetFileNameWithoutExtension(path);
        if (LanguageTag.Culture(language) is null) throw Wrong(path, "its name is no language tag, such as fr.json or pt-BR.json");
        if (Shipped(Parts[0].Prefix).Contains(language, StringComparer.OrdinalIgnoreCase)) throw Wrong(path, "this language comes with CxSurveys; take the file away");
        JsonObject? file;
        try
        {
            file = JsonNode.Parse(File.ReadAllText(path)) as JsonObject;
        }
        catch (JsonException problem)
        {
            throw Wrong(path, $"it is not JSON: {problem.Message}");
        }
        foreach (var (part, prefix) in Parts)
            if (Problem(Resource(prefix + Default), file?[part] as JsonObject) is { } problem) throw Wrong(path, $"{part}: {problem}");
        return file!;
    }

    static string? Problem(JsonObject english, JsonObject? given)
    {
        if (given is null) return "this part is missing";
        if (given.FirstOrDefault(text => !english.ContainsKey(text.Key)) is { Key: { } unknown }) return $"there is no text \"{unknown}\"";
        return english.Select(text => Problem(text.Key, text.Value!, given[text.Key])).FirstOrDefault(problem => problem is not null);
    }

    static string? Problem(string key, JsonNode english, JsonNode? given)
    {
        if (given is null) return $"the text \"{key}\" is missing";
        if (english is JsonArray list)
            return given is JsonArray items && items.Count == list.Count && items.All(IsText) ? null : $"\"{key}\" has {list.Count} texts, none of them empty";
        if (!IsText(given)) return $"\"{key}\" must be a text, and not empty";
        string text = given.GetValue<string>();
        if (Holes(english.GetValue<string>()) is var holes && holes != Holes(text)) return holes.Length == 0 ? $"\"{key}\" has nothing to fill in" : $"\"{key}\" must keep {holes}";
        return key switch
        {
            "dir" when text is not ("ltr" or "rtl") => "\"dir\" is ltr or rtl",
            "date" or "dateTime" when !IsDateFormat(text) => $"\"{key}\" is no way to write a date, such as d MMMM yyyy",
            _ => null,
        };
    }

    static bool IsText(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) && !string.IsNullOrWhiteSpace(text);

    static bool IsSentence(JsonNode text) => text is JsonArray || text.GetValue<string>().Contains(' ', StringComparison.Ordinal);

    static bool IsDateFormat(string format)
    {
        try
        {
            return default(DateTime).ToString(format, CultureInfo.InvariantCulture).Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    internal static string Holes(string text) => string.Join(' ', Hole().Matches(text).Select(hole => hole.Value).Distinct().Order(StringComparer.Ordinal));

    static IEnumerable<string> Shipped(string prefix) => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && !name.EndsWith(".html", StringComparison.Ordinal)).Select(name => name[prefix.Length..]).Order(StringComparer.Ordinal);

    static JsonObject Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        return (JsonObject)JsonNode.Parse(stream)!;
    }

    static InvalidDataException Wrong(string path, string problem) => new($"The texts of a language cannot be read from {path}: {problem}.");

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Hole();
}
