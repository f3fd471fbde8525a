using System.Globalization;
using CxSurveys.Scoring;
using CxSurveys.Web.Features.Journey;

namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>What surveys and their parts are called on pages.</summary>
internal static class SurveyWords
{
    public static string Of(QuestionKind kind) => kind switch
    {
        QuestionKind.Nps => "NPS",
        QuestionKind.Csat => "CSAT",
        QuestionKind.Ces => "CES",
        QuestionKind.Rating => "Rating",
        QuestionKind.Choice => "Choice, one answer",
        QuestionKind.Multi => "Choice, several answers",
        QuestionKind.Statement => "Statement",
        QuestionKind.Consent => "Consent",
        QuestionKind.Contact => "Contact request",
        _ => "Text",
    };

    public static string Explained(QuestionKind kind) => kind switch
    {
        QuestionKind.Nps => "NPS: would recommend, 0 to 10",
        QuestionKind.Csat => "CSAT: how satisfied",
        QuestionKind.Ces => "CES: how easy",
        QuestionKind.Rating => "Rating: a scale of your own",
        QuestionKind.Statement => "Statement: words to read",
        QuestionKind.Consent => "Consent: a tick under your wording",
        QuestionKind.Contact => "Contact request: may we call you?",
        _ => Of(kind),
    };

    public static string Of(Presentation presentation) => presentation.ToString();

    /// <summary>Such as <c>CSAT, 1 to 5</c>.</summary>
    public static string Measure(QuestionDefinition question)
    {
        if (MetricOf(question) is not { } metric) return Of(question.Kind);
        return $"{Of(question.Kind)}, {Scale(metric)}{(metric.Direction == Direction.Lower ? ", low is good" : "")}";
    }

    public static string Scale(MetricDefinition metric) => $"{Number(metric.Min)} to {Number(metric.Max)}";

    public static string Set(IReadOnlyList<int> values) => values.Count == 0 ? "none" : string.Join(", ", values.Select(Number));

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture).Replace('-', '−');

    public static string Count(long n) => n.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>1 answer</c>.</summary>
    public static string Count(long n, string thing) => $"{Count(n)} {thing}{(n == 1 ? "" : "s")}";

    public static MetricDefinition? MetricOf(QuestionDefinition question)
    {
        try
        {
            return question.ToMetric();
        }
        catch (MetricDefinitionException)
        {
            // A scale that is being typed may be none yet.
            return null;
        }
    }

    public static string Place(QuestionDefinition question, JourneyCatalog.Snapshot journey) => question switch
    {
        { Touchpoint: { } key } => journey.Touchpoints.TryGetValue(key, out var touchpoint) ? touchpoint.Name : key,
        { Stage: { } key } => journey.Stages.TryGetValue(key, out var stage) ? $"{stage.Name} (stage)" : key,
        { Journey: true } => "The whole journey",
        _ => "Wherever the answer says",
    };

    /// <summary>The English name of a language with its tag; the tag alone where nobody knows it.</summary>
    public static string Language(string tag)
    {
        try
        {
            var culture = CultureInfo.GetCultureInfo(tag, predefinedOnly: true);
            return culture.EnglishName;
        }
        catch (CultureNotFoundException)
        {
            return tag;
        }
    }

    public static string Languages(IEnumerable<string> tags) => string.Join(", ", tags.Select(Language));

    /// <summary>The words of a question in the language, else in the default one; null = the standard wording.</summary>
    public static string? Text(QuestionDefinition question, SurveyDefinition definition, string? language = null) =>
        (language is null ? null : question.Text?.GetValueOrDefault(language)) ?? question.Text?.GetValueOrDefault(definition.Languages[0]);

    public static string Headline(QuestionDefinition question, SurveyDefinition definition) =>
        Text(question, definition) ?? $"{Of(question.Kind)}, standard wording";
}

/// <summary>Where a survey is between draft and closed.</summary>
public enum SurveyState { Draft, Published, Closed }

internal static class SurveyStates
{
    public static SurveyState StateOf(this StoredSurvey stored) => stored switch
    {
        { Present: null } => SurveyState.Draft,
        { Survey.ClosedAt: not null } => SurveyState.Closed,
        _ => SurveyState.Published,
    };

    /// <summary>The class of its tag.</summary>
    public static string Tint(this SurveyState state) => state switch
    {
        SurveyState.Published => "ok",
        SurveyState.Closed => "bad",
        _ => "warn",
    };
}
