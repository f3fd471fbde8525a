using System.Globalization;
using System.Text.Json.Nodes;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Respond;

/// <summary>Everything a customer page says in one language. A language is a file in <c>Texts</c>, or one of the <see cref="LanguageFiles"/>; no code knows which there are.</summary>
public sealed class CustomerTexts
{
    const string ResourcePrefix = "Respond.Texts.";

    readonly Dictionary<string, string> texts = [];

    CustomerTexts(string language, JsonObject file)
    {
        Language = language;
        Culture = CultureInfo.GetCultureInfo(language);
        foreach (var (key, text) in file) texts[key] = text!.GetValue<string>();
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

    static Dictionary<string, CustomerTexts> Load() =>
        LanguageFiles.Read(ResourcePrefix).ToDictionary(file => file.Language, file => new CustomerTexts(file.Language, file.Texts), StringComparer.OrdinalIgnoreCase);
}
