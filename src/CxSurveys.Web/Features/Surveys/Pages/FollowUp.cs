namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>The questions that come ready with their words, in every language that ships.</summary>
internal static class FollowUp
{
    /// <summary>The main reason for a score, asked by what the score was.</summary>
    public static QuestionForm ReasonOf(QuestionForm score, IEnumerable<string> languages) => new()
    {
        Kind = QuestionKind.Text,
        Place = score.Place,
        Text = Words("followUp.question", languages),
        TextBy = score.Key,
        TextNegative = Words("followUp.negative", languages),
        TextNeutral = Words("followUp.neutral", languages),
        TextPositive = Words("followUp.positive", languages),
    };

    public static Dictionary<string, string> Contact(IEnumerable<string> languages) => Words("contact.question", languages);

    static Dictionary<string, string> Words(string name, IEnumerable<string> languages) =>
        languages.Where(language => StandardWording.Find(language) is not null).ToDictionary(language => language, language => StandardWording.Find(language)!.Texts[name], StringComparer.Ordinal);
}
