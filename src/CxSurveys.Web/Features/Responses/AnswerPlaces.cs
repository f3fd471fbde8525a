using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Responses;

/// <summary>Where answers given now are counted: a place of the question's own, else the response's touchpoint in its present stage, else nowhere.</summary>
public sealed class AnswerPlaces(JourneyCatalog journey)
{
    /// <summary>Adds a response's answers with their places to <paramref name="rows"/>.</summary>
    public async ValueTask AddAsync(AnswerRows rows, Guid response, PublishedVersion version, int? touchpoint, IReadOnlyList<NewAnswer> answers, SegmentKey segment, CancellationToken ct)
    {
        if (rows.TryAdd(response, version, touchpoint, answers, segment, await journey.GetAsync(ct))) return;
        // Another process has changed the journey within the last second.
        journey.Invalidate();
        if (!rows.TryAdd(response, version, touchpoint, answers, segment, await journey.GetAsync(ct)))
            throw new InvalidOperationException($"A question of version {version.Id}, or touchpoint {touchpoint}, has no place in the journey.");
    }

    /// <returns>The id of the <see cref="Place"/>; null when the journey does not know it.</returns>
    public static int? Of(Question question, int? responseTouchpoint, JourneyCatalog.Snapshot journey)
    {
        if (question.Journey) return Place.WholeJourney;
        if (question.StageId is { } stage) return Find(journey.PlaceOfStage, stage);
        return (question.TouchpointId ?? responseTouchpoint) is { } touchpoint ? Find(journey.PlaceOfTouchpoint, touchpoint) : Place.Nowhere;
    }

    static int? Find(IReadOnlyDictionary<int, int> places, int id) => places.TryGetValue(id, out int place) ? place : null;
}
