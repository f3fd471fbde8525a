using CxSurveys.Scoring;
using CxSurveys.Web.Features.Journey;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>The questions of a definition as a version keeps them.</summary>
internal static class FrozenQuestions
{
    /// <param name="definition">A definition that keeps its rules.</param>
    /// <param name="places">Where questions can be asked; null where that does not matter.</param>
    public static List<Question> Of(SurveyDefinition definition, JourneyCatalog.Snapshot? places = null) => [.. definition.Questions.Select((question, i) => Of(question, i, places))];

    static Question Of(QuestionDefinition written, int position, JourneyCatalog.Snapshot? places)
    {
        var metric = written.ToMetric();
        return new Question
        {
            Key = written.Key,
            Position = position,
            Kind = written.Kind,
            MetricKey = metric?.Key,
            Min = metric?.Min,
            Max = metric?.Max,
            Direction = metric is null ? null : metric.Direction == Direction.Higher ? ScaleDirection.Higher : ScaleDirection.Lower,
            Positive = metric?.Positive.ToArray(),
            Negative = metric?.Negative.ToArray(),
            TouchpointId = written.Touchpoint is { } touchpoint ? places?.Touchpoints.GetValueOrDefault(touchpoint)?.Id : null,
            StageId = written.Stage is { } stage ? places?.Stages.GetValueOrDefault(stage)?.Id : null,
            Journey = written.Journey,
            Required = written.Required,
        };
    }
}

/// <summary>A draft as if it were published, to look at: nothing is stored, and nothing can be answered to it.</summary>
public sealed class DraftPreview(StoredSurveys surveys, JourneyCatalog journey)
{
    public async Task<PublishedVersion?> ReadAsync(string key, CancellationToken ct)
    {
        if (await surveys.FindAsync(key, ct) is not { Survey.Draft: { } draft } stored) return null;
        return new PublishedVersion(0, (stored.Present?.Number ?? 0) + 1, key, null, draft, FrozenQuestions.Of(draft, await journey.GetAsync(ct)));
    }
}
