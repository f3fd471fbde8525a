using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Respond;

/// <summary>The wording that the texts of a language have for an NPS, CSAT or CES question with its scale. Other kinds have none: what they ask, only their author knows.</summary>
internal static class StandardWording
{
    const int AgreementSteps = 7;

    public static string Question(Question question, CustomerTexts texts) => texts[$"{Family(question)}.question"];

    /// <summary>The words at the two ends; null for a rating.</summary>
    public static (string Low, string High)? Ends(Question question, CustomerTexts texts) =>
        texts.List($"{Family(question)}.ends") is [var low, var high] ? (low, high) : null;

    /// <summary>A word for every value of the scale; null when there is no such set.</summary>
    public static IReadOnlyList<string>? Words(Question question, CustomerTexts texts) =>
        texts.List($"{Family(question)}.{question.Max - question.Min + 1}");

    static string Family(Question question) => question.Kind switch
    {
        QuestionKind.Ces when question.Direction == ScaleDirection.Lower => "cesEffort",
        QuestionKind.Ces when question.Max - question.Min + 1 == AgreementSteps => "cesAgree",
        QuestionKind.Ces => "cesEase",
        QuestionKind.Nps => "nps",
        QuestionKind.Csat => "csat",
        _ => "none",
    };
}
