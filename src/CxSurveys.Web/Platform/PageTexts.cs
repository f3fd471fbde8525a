using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CxSurveys.Web.Platform;

/// <summary>
/// What colleagues read, by language: the English text is the key, and what a language does not have is shown in English. English and
/// Indonesian ship; each further one is a file <c>fr.json</c> in the folder <c>languages/pages</c> of the data folder, read when the app starts.
/// </summary>
public sealed class PageTexts
{
    /// <summary>The cookie that keeps a colleague's choice.</summary>
    public const string Cookie = "cx-language";

    const string English = "en", Prefix = "Shared.Texts.";

    static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static readonly Dictionary<string, string> Shipped = Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(name => name[Prefix.Length..], StringComparer.OrdinalIgnoreCase);

    static Dictionary<string, Dictionary<string, string>> texts = Shipped.ToDictionary(file => file.Key, file => Resource(file.Value), StringComparer.OrdinalIgnoreCase);

    PageTexts()
    {
    }

    /// <summary>The texts in the language of the request.</summary>
    public static PageTexts T { get; } = new();

    /// <summary>The language of the request, as in a page's <c>lang</c>.</summary>
    public static string Language => LanguageTag.Widening(CultureInfo.CurrentUICulture.Name).FirstOrDefault(texts.ContainsKey) ?? English;

    /// <summary>How days and months are written; English ones as the invariant culture has them.</summary>
    public static CultureInfo Dates => Language == English ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(Language);

    /// <summary>All languages that can be chosen, each by its own name.</summary>
    public static IEnumerable<(string Tag, string Name)> Languages => texts.Keys.Append(English).Distinct(StringComparer.OrdinalIgnoreCase)
        .Select(tag => (tag, CultureInfo.GetCultureInfo(tag).NativeName)).OrderBy(language => language.NativeName, StringComparer.Ordinal);

    /// <summary>A text without places, or whose braces are its own.</summary>
    public string this[string english] => texts.GetValueOrDefault(Language)?.GetValueOrDefault(english) ?? english;

    /// <summary>A text with its places <c>{0}</c>, <c>{1}</c> filled in.</summary>
    public string this[string english, params object?[] values] => string.Format(CultureInfo.InvariantCulture, this[english], values);

    /// <summary>Takes in the files of a data folder; before any text is read.</summary>
    /// <exception cref="InvalidDataException">A file is not what it should be; says which.</exception>
    public static void AddFrom(string dataFolder)
    {
        var all = Shipped.ToDictionary(file => file.Key, file => Resource(file.Value), StringComparer.OrdinalIgnoreCase);
        string folder = Path.Combine(dataFolder, "languages", "pages");
        if (Directory.Exists(folder))
            foreach (string path in Directory.EnumerateFiles(folder, "*.json")) all[Path.GetFileNameWithoutExtension(path)] = ReadFile(path);
        texts = all;
    }

    /// <summary>A file to translate: what there is of the language, else English.</summary>
    public static string Template(string language)
    {
        var given = texts.GetValueOrDefault(language);
        return JsonSerializer.Serialize(Keys.ToDictionary(key => key, key => given?.GetValueOrDefault(key) ?? key), Readable);
    }

    /// <summary>A choice that can be kept, or null.</summary>
    public static string? Parse(string? tag) => Languages.Select(language => language.Tag).FirstOrDefault(known => known.Equals(tag, StringComparison.OrdinalIgnoreCase));

    /// <summary>The colleague's choice, else the first language of the browser that there is, else English.</summary>
    public static CultureInfo Of(HttpRequest request)
    {
        var asked = request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).SelectMany(l => LanguageTag.Widening(l.Value.ToString()));
        return CultureInfo.GetCultureInfo(Parse(request.Cookies[Cookie]) ?? asked.Select(Parse).FirstOrDefault(known => known is not null) ?? English);
    }

    internal static IReadOnlyCollection<string> Keys => [.. Resource(Prefix + "id").Keys];

    static Dictionary<string, string> ReadFile(string path)
    {
        string language = Path.GetFileNameWithoutExtension(path);
        if (LanguageTag.Culture(language) is null || language.Equals(English, StringComparison.OrdinalIgnoreCase)) throw Wrong(path, "its name is no language tag, such as fr.json or pt-BR.json");
        try
        {
            var file = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path)) ?? [];
            foreach (var (english, text) in file) if (Problem(english, text) is { } problem) throw Wrong(path, $"\"{english}\": {problem}");
            return file;
        }
        catch (JsonException problem)
        {
            throw Wrong(path, $"it is not JSON of texts: {problem.Message}");
        }
    }

    static string? Problem(string english, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return "the text is empty";
        return LanguageFiles.Holes(english) is var holes && holes == LanguageFiles.Holes(text) ? null : $"it must keep {(holes.Length == 0 ? "no places" : holes)}";
    }

    static Dictionary<string, string> Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
    }

    static InvalidDataException Wrong(string path, string problem) => new($"The page texts of a language cannot be read from {path}: {problem}.");
}
