using CxSurveys.Scoring;
using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Features.Scores.Compare;

/// <summary>How many answers of a definition each side has.</summary>
internal sealed record AnsweredDefinition(MetricDefinition Definition, long NA, long NB);

/// <summary>Two definitions are never compared: one of those that were answered is.</summary>
internal static class CompareDefinitions
{
    public static IReadOnlyList<AnsweredDefinition> Of(ComparedCounts counts, ScoreCatalog catalog, IReadOnlyList<MetricDefinition> all)
    {
        long N(Counts side, MetricDefinition definition) => side.Cells.Where(c => c.Answered && catalog.Question(c.QuestionId).MetricKey == definition.Key).Sum(c => c.Count);
        return [.. all.Select(d => new AnsweredDefinition(d, N(counts.CountsA, d), N(counts.CountsB, d))).Where(d => d.NA + d.NB > 0)];
    }

    /// <summary>The one asked for; else of its kind, or of all, the one with the most answers on the side that has fewer.</summary>
    public static MetricDefinition Chosen(CompareAddress address, IReadOnlyList<AnsweredDefinition> answered, IReadOnlyList<MetricDefinition> all)
    {
        if (address.Definition is { } key) return MetricDefinition.Parse(key);
        var kind = address.A.Kind;
        bool Fits(MetricDefinition definition) => kind is null || definition.Kind == kind.Value.Metric();
        return answered.Where(d => Fits(d.Definition)).MaxBy(d => (Math.Min(d.NA, d.NB), d.NA + d.NB))?.Definition
            ?? all.FirstOrDefault(Fits)
            ?? ScoreBlocks.Usual(kind);
    }
}
