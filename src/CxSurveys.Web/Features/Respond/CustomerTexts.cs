using System.Globalization;
using System.Reflection;
using System.Text.Json;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Respond;

/// <summary>Everything a customer page says in one language. A language is a file in <c>Texts</c>; no code knows which there are.</summary>
public sealed class CustomerTexts
{
    const string ResourcePrefix = "Respond.Texts.";

    readonly Dictionary<string, string> texts = [];

    CustomerTexts(string language, JsonElement root)
    {
        Language = language;
        Culture = CultureInfo.GetCultureInfo(language);
        foreach (var member in root.EnumerateObject()) texts[member.Name] = member.Value.GetString()!;
    }

    public static IReadOnlyDictionary<string, CustomerTexts> All { get; } = Load();

    public string Language { get; }

    /// <summary>Of month names and numbers.</summary>
    public CultureInfo Culture { get; }

    /// <summary>The language's name in itself.</summary>
    public string Name => this["name"];

    public string Direction => this["dir"];
    public string this[string key] => texts[key];
    internal IEnumerable<string> Keys => texts.Keys;

    /// <summary>The texts of a language tag, of the language it belongs to, or English.</summary>
    public static CustomerTexts For(string language) => Find(language) ?? All["en"];

    public static CustomerTexts? Find(string language) =>
        LanguageTag.Widening(language).Select(tag => All.GetValueOrDefault(tag)).FirstOrDefault(texts => texts is not null);

    /// <summary>A text with its <c>{name}</c>s filled in.</summary>
    public string Fill(string key, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var text = this[key];
        foreach (var (name, value) in values)
            text = text.Replace($"{{{name}}}", Convert.ToString(value, CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return text;
    }

    public string Date(DateTimeOffset local) => local.ToString(this["date"], Culture);

    public string DateAndTime(DateTimeOffset local) => local.ToString(this["dateTime"], Culture);

    static Dictionary<string, CustomerTexts> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var all = new Dictionary<string, CustomerTexts>(StringComparer.OrdinalIgnoreCase);
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var json = JsonDocument.Parse(stream);
            var language = resource[ResourcePrefix.Length..];
            all[language] = new CustomerTexts(language, json.RootElement);
        }
        return all;
    }
}
