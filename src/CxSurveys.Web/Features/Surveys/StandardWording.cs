using System.Text.Json.Nodes;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>
/// The wording that a language has for an NPS, CSAT or CES question with its scale. Other kinds have none: what they ask, only
/// their author knows. A language is a file in <c>Wordings</c>, or one of the <see cref="LanguageFiles"/>; no code knows which there are.
/// </summary>
public sealed class StandardWording
{
    /// <summary>Stands in a question where the company's name belongs.</summary>
    public const string Company = "{company}";

    const string ResourcePrefix = "Surveys.Wordings.";
    const int AgreementSteps = 7;

    readonly Dictionary<string, string> questions = [];
    readonly Dictionary<string, string[]> lists = [];

    StandardWording(string language, JsonObject file)
    {
        Language = language;
        foreach (var (key, text) in file)
        {
            if (text is JsonArray words) lists[key] = [.. words.Select(word => word!.GetValue<string>())];
            else questions[key] = text!.GetValue<string>();
        }
    }

    public static IReadOnlyDictionary<string, StandardWording> All { get; } = Load();

    public string Language { get; }
    internal IReadOnlyDictionary<string, string> Questions => questions;

    /// <summary>Every text of one piece by its name in the file: the questions, and the follow-ups that come ready.</summary>
    internal IReadOnlyDictionary<string, string> Texts => questions;
    internal IReadOnlyDictionary<string, string[]> Lists => lists;

    /// <summary>The wordings of a language tag, of the language it belongs to, or the English ones.</summary>
    public static StandardWording For(string language) => Find(language) ?? All["en"];

    /// <summary>Null where no wordings of the language, nor of the one it belongs to, ship.</summary>
    public static StandardWording? Find(string language) =>
        LanguageTag.Widening(language).Select(tag => All.GetValueOrDefault(tag)).FirstOrDefault(wording => wording is not null);

    public static bool Has(QuestionKind kind) => kind is QuestionKind.Nps or QuestionKind.Csat or QuestionKind.Ces;

    /// <summary>True when customers read the standard wording: nothing is written, or only translations of it into languages that do not ship.</summary>
    public static bool IsAsked(QuestionDefinition question) => Has(question.Kind) && (question.Text is null || question.Text.Keys.All(language => Find(language) is null));

    /// <summary>The standard wording of a question as it ships in a language; null where it does not.</summary>
    public static string? Shipped(QuestionDefinition question, string language) =>
        Has(question.Kind) && Find(language) is { } wording
            ? wording.Question(FrozenQuestions.Of(new SurveyDefinition { Name = "", Languages = [language], Questions = [question] })[0])
            : null;

    /// <summary>The question, with <see cref="Company"/> in it; only of kinds that <see cref="Has"/> one.</summary>
    public string Question(Question question) => questions[$"{Family(question)}.question"];

    /// <summary>The words at the two ends; null for a rating.</summary>
    public (string Low, string High)? Ends(Question question) => lists.GetValueOrDefault($"{Family(question)}.ends") is [var low, var high] ? (low, high) : null;

    /// <summary>A word for every value of the scale; null when there is no such set.</summary>
    public IReadOnlyList<string>? Words(Question question) => lists.GetValueOrDefault($"{Family(question)}.{question.Max - question.Min + 1}");

    static string Family(Question question) => question.Kind switch
    {
        QuestionKind.Ces when question.Direction == ScaleDirection.Lower => "cesEffort",
        QuestionKind.Ces when question.Max - question.Min + 1 == AgreementSteps => "cesAgree",
        QuestionKind.Ces => "cesEase",
        QuestionKind.Nps => "nps",
        QuestionKind.Csat => "csat",
        _ => "none",
    };

    static Dictionary<string, StandardWording> Load() =>
        LanguageFiles.Read(ResourcePrefix).ToDictionary(file => file.Language, file => new StandardWording(file.Language, file.Texts), StringComparer.OrdinalIgnoreCase);
}
