using System.Text.Json;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>Questions behind a score that come ready with their words, in every language that ships.</summary>
internal static class StandardFollowUp
{
    public static IReadOnlyDictionary<string, string> Text => Words("followUp.question");
    public static IReadOnlyDictionary<string, string> Negative => Words("followUp.negative");
    public static IReadOnlyDictionary<string, string> Neutral => Words("followUp.neutral");
    public static IReadOnlyDictionary<string, string> Positive => Words("followUp.positive");
    public static IReadOnlyDictionary<string, string> ContactText => Words("contact.question");

    /// <summary>The main reason, in other words for those who are content and those who are not.</summary>
    public static QuestionDefinition ReasonOf(QuestionDefinition score) => new()
    {
        Key = "reason",
        Kind = QuestionKind.Text,
        Text = Text,
        TextBy = new TextByGroup { Question = score.Key, Negative = Negative, Neutral = Neutral, Positive = Positive },
        Touchpoint = score.Touchpoint,
        Stage = score.Stage,
        Journey = score.Journey,
    };

    /// <summary>An offer to those who are not content.</summary>
    public static QuestionDefinition Contact(QuestionDefinition score) => new()
    {
        Key = "contact",
        Kind = QuestionKind.Contact,
        Text = ContactText,
        ShowIf = new Condition { Question = score.Key, In = [JsonSerializer.SerializeToElement(ScoreGroups.Negative)] },
    };

    static Dictionary<string, string> Words(string name) => StandardWording.All.ToDictionary(w => w.Key, w => w.Value.Texts[name], StringComparer.Ordinal);
}
