using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Responses;

/// <summary>Rows of answers as columns, the way they travel to the database. Option keys hold no comma, so a list of them is one text.</summary>
public sealed class AnswerRows
{
    public List<Guid> Responses { get; } = [];
    public List<int> Questions { get; } = [];
    public List<int> Places { get; } = [];
    public List<short?> Values { get; } = [];
    public List<string?> Texts { get; } = [];
    public List<string?> Options { get; } = [];

    /// <summary>Adds a response's answers: a scale question without one is skipped, any other then has no row.</summary>
    /// <returns>False when <paramref name="journey"/> does not know yet where one of them is counted; then nothing was added.</returns>
    public bool TryAdd(Guid response, PublishedVersion version, int? touchpoint, IReadOnlyList<NewAnswer> answers, JourneyCatalog.Snapshot journey)
    {
        int before = Responses.Count;
        foreach (var question in version.Questions)
        {
            var answer = Find(answers, question.Id);
            if (answer is null && question.MetricKey is null) continue;
            if (AnswerPlaces.Of(question, touchpoint, journey) is not { } place)
            {
                Cut(before);
                return false;
            }
            Responses.Add(response);
            Questions.Add(question.Id);
            Places.Add(place);
            Values.Add(question.MetricKey is null ? null : answer?.Value ?? ScaleValue.Skipped);
            Texts.Add(answer?.Text);
            Options.Add(answer?.Options is { } keys ? string.Join(',', keys) : null);
        }
        return true;
    }

    void Cut(int count)
    {
        int rest = Responses.Count - count;
        Responses.RemoveRange(count, rest);
        Questions.RemoveRange(count, rest);
        Places.RemoveRange(count, rest);
        Values.RemoveRange(count, rest);
        Texts.RemoveRange(count, rest);
        Options.RemoveRange(count, rest);
    }

    static NewAnswer? Find(IReadOnlyList<NewAnswer> answers, int question)
    {
        foreach (var answer in answers)
            if (answer.QuestionId == question) return answer;
        return null;
    }
}
