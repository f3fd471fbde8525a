using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Scores;
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
    public List<string?> Reaches { get; } = [];

    /// <summary>Adds a response's answers: a scale question without one is skipped or, where rules hid it, not shown; any other then has no row.</summary>
    /// <returns>False when <paramref name="journey"/> does not know yet where one of them is counted; then nothing was added.</returns>
    public bool TryAdd(Guid response, PublishedVersion version, int? touchpoint, IReadOnlyList<NewAnswer> answers, SegmentKey segment, JourneyCatalog.Snapshot journey)
    {
        int before = Responses.Count;
        var shown = ShownQuestions.Of(version, answers, segment);
        foreach (var question in version.Questions)
        {
            var answer = shown[question.Position] ? ShownQuestions.Find(answers, question.Id) : null;
            if (answer is null && question.MetricKey is null) continue;
            if (AnswerPlaces.Of(question, touchpoint, journey) is not { } place)
            {
                Cut(before);
                return false;
            }
            Responses.Add(response);
            Questions.Add(question.Id);
            Places.Add(place);
            Values.Add(question.MetricKey is null ? null : answer?.Value ?? (shown[question.Position] ? ScaleValue.Skipped : ScaleValue.NotShown));
            Texts.Add(answer?.Text);
            Options.Add(answer?.Options is { } keys ? string.Join(',', keys) : null);
            Reaches.Add(answer?.Reach);
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
        Reaches.RemoveRange(count, rest);
    }
}
