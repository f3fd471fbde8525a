using CxSurveys.Web.Features.Respond;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Features.Surveys;

namespace CxSurveys.Web.Tests.Respond;

/// <summary>Published versions made by hand, for what needs no database.</summary>
internal static class Ask
{
    public static PublishedVersion Version(params QuestionDefinition[] questions) => Version(questions, ["en", "th"]);

    public static PublishedVersion Version(QuestionDefinition[] questions, string[] languages) => new(
        7, 1, "order", null,
        new SurveyDefinition { Name = "After an order", Languages = languages, Questions = questions },
        [.. questions.Select((q, i) => new Question
        {
            Id = 100 + i, Key = q.Key, Position = i, Kind = q.Kind, Required = q.Required,
            Min = q.Scale?.Min, Max = q.Scale?.Max, Direction = q.Scale is null ? null : q.Scale.Direction ?? ScaleDirection.Higher,
        })]);

    /// <summary>The first page of a version, before anything is known.</summary>
    public static FormPage Page(PublishedVersion version) => new(version, new SegmentKey(new Dictionary<string, string>(), "en", "link"), [], 1);

    public static QuestionDefinition Scale(QuestionKind kind, int min, int max, Presentation? presentation = null, ScaleDirection direction = ScaleDirection.Higher) =>
        new() { Key = "score", Kind = kind, Scale = new ScaleDefinition { Min = min, Max = max, Direction = direction }, Presentation = presentation, Text = kind == QuestionKind.Rating ? English("How was it?") : null };

    public static QuestionDefinition Text(string key = "why") => new() { Key = key, Kind = QuestionKind.Text, Text = English("Why?") };

    public static QuestionDefinition Options(QuestionKind kind) => new()
    {
        Key = "where",
        Kind = kind,
        Text = English("Where?"),
        Options = [Option("web"), Option("shop"), Option("phone")],
    };

    static OptionDefinition Option(string key) => new() { Key = key, Text = English(key) };

    static Dictionary<string, string> English(string text) => new() { ["en"] = text };
}
