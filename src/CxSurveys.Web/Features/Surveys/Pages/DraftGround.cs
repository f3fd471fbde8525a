using CxSurveys.Web.Features.Journey;

namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>What the editor of one survey stands on: what is stored, what has answers, and where questions can be asked.</summary>
/// <param name="Stored">The survey, with its draft.</param>
/// <param name="Answers">Given answers by question key.</param>
/// <param name="Asked">The newest published question of each key.</param>
/// <param name="Journey">Where questions can be asked.</param>
/// <param name="Days">Of the company.</param>
public sealed record DraftGround(
    StoredSurvey Stored, IReadOnlyDictionary<string, long> Answers, IReadOnlyDictionary<string, Question> Asked, JourneyCatalog.Snapshot Journey, CompanyDays Days)
{
    /// <summary>Such as <c>Saved 28 Nov, 14:02 by Nadia Rahman</c>; null where that is not known.</summary>
    public string? SavedBy => Autosave.SavedText(Stored, Days);

    public QuestionDefinition? StoredQuestion(string key) => Stored.Survey.Draft.Questions.FirstOrDefault(q => q.Key == key);

    /// <summary>True when the question's measure must stay as it is.</summary>
    public bool IsLocked(string key) => Answers.ContainsKey(key) && StoredQuestion(key) is not null;

    /// <summary>True when answers are stored under the key that were given to another measure than this.</summary>
    public bool IsTakenByOthers(QuestionDefinition question) =>
        Answers.ContainsKey(question.Key)
        && Asked.TryGetValue(question.Key, out var asked)
        && (asked.Kind != question.Kind || asked.MetricKey != question.ToMetric()?.Key);
}
