using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>What a mail says besides the question, in one language. A language is a file in <c>Mail</c>, or one of the <see cref="LanguageFiles"/>; no code knows which there are.</summary>
internal sealed class MailTexts
{
    const string ResourcePrefix = "Invitations.Mail.";
    const char FirstStrongIsolate = '\u2068', EndOfIsolate = '\u2069';

    readonly IReadOnlyDictionary<string, string> texts;

    MailTexts(string language, IReadOnlyDictionary<string, string> texts) => (Language, this.texts) = (language, texts);

    public static IReadOnlyDictionary<string, MailTexts> All { get; } = Load();

    public string Language { get; }
    public string Direction => this["dir"];
    public bool IsRightToLeft => Direction == "rtl";
    public string this[string key] => texts[key];
    internal IEnumerable<string> Keys => texts.Keys;

    /// <summary>The texts of a language tag, of the language it belongs to, or English.</summary>
    public static MailTexts For(string language) =>
        LanguageTag.Widening(language).Select(tag => All.GetValueOrDefault(tag)).FirstOrDefault(found => found is not null) ?? All["en"];

    /// <summary>A text with its one <c>{name}</c> filled in. Only the text's own hole is filled, never one in the value.</summary>
    public string Fill(string key, string name, string value) => string.Join(value, this[key].Split($"{{{name}}}"));

    /// <summary>The same with two, each as often as it stands there.</summary>
    public string Fill(string key, (string Name, string Value) first, (string Name, string Value) second) =>
        string.Join(first.Value, this[key].Split($"{{{first.Name}}}").Select(part => part.Replace($"{{{second.Name}}}", second.Value, StringComparison.Ordinal)));

    /// <summary>A name, which may be in any script, so that it does not turn the sentence around it.</summary>
    public string Name(string name) => IsRightToLeft ? $"{FirstStrongIsolate}{name}{EndOfIsolate}" : name;

    static Dictionary<string, MailTexts> Load() =>
        LanguageFiles.Read(ResourcePrefix).ToDictionary(file => file.Language, file => new MailTexts(file.Language, file.Texts.ToDictionary(text => text.Key, text => text.Value!.GetValue<string>(), StringComparer.Ordinal)), StringComparer.OrdinalIgnoreCase);
}
