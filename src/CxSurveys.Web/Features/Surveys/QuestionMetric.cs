using CxSurveys.Scoring;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>From a question as written to the metric definition that Scoring computes with.</summary>
public static class QuestionMetric
{
    /// <summary>The kind of score; null for choice, multi and text, which have none.</summary>
    public static MetricKind? Metric(this QuestionKind kind) => kind switch
    {
        QuestionKind.Nps => MetricKind.Nps,
        QuestionKind.Csat => MetricKind.Csat,
        QuestionKind.Ces => MetricKind.Ces,
        QuestionKind.Rating => MetricKind.Rating,
        _ => null,
    };

    /// <summary>The definition with the defaults of its kind filled in.</summary>
    /// <exception cref="MetricDefinitionException">The scale is none that the kind allows.</exception>
    public static MetricDefinition? ToMetric(this QuestionDefinition question) => question.Kind.Metric() is not { } kind
        ? null
        : MetricDefinition.Create(
            kind,
            question.Scale?.Min,
            question.Scale?.Max,
            question.Scale?.Direction switch { ScaleDirection.Higher => Direction.Higher, ScaleDirection.Lower => Direction.Lower, _ => null },
            question.Scale?.Positive,
            question.Scale?.Negative);
}
