using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>One written form of a definition: as stored, as answered over the API, and as compared.</summary>
internal static class DefinitionJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public static readonly ValueConverter<SurveyDefinition, string> Converter = new(
        definition => Write(definition),
        json => Read(json));

    public static readonly ValueComparer<SurveyDefinition> Comparer = new(
        (a, b) => (a == null && b == null) || (a != null && b != null && Write(a) == Write(b)),
        definition => Write(definition).GetHashCode(StringComparison.Ordinal));

    public static string Write(SurveyDefinition definition) => JsonSerializer.Serialize(definition, Options);

    /// <summary>What a question has besides its words, its measure and its place; the order of languages is no difference.</summary>
    public static string WriteParts(QuestionDefinition question) => JsonSerializer.Serialize(
        question with { Key = "", Text = null, Kind = default, Scale = null, Touchpoint = null, Stage = null, Journey = false, Labels = Sorted(question.Labels), Options = Sorted(question.Options), Help = Sorted(question.Help), TextBy = Sorted(question.TextBy) }, Options);

    /// <summary>When a question is asked.</summary>
    public static string WriteRule(QuestionDefinition question) => JsonSerializer.Serialize(question.ShowIf, Options);

    /// <summary>What the columns of a matrix are made of besides its measure.</summary>
    public static string WriteColumns(QuestionDefinition question) => JsonSerializer.Serialize(new { question.Presentation, Labels = Sorted(question.Labels) }, Options);

    /// <summary>The headings of its matrices; the order of languages is no difference.</summary>
    public static string WriteMatrices(SurveyDefinition definition) =>
        JsonSerializer.Serialize((definition.Matrices ?? []).Select(matrix => matrix with { Text = Sorted(matrix.Text)! }), Options);

    static EndLabels? Sorted(EndLabels? labels) => labels is null ? null : new EndLabels { Low = Sorted(labels.Low), High = Sorted(labels.High) };

    static TextByGroup? Sorted(TextByGroup? by) =>
        by is null ? null : by with { Negative = Sorted(by.Negative), Neutral = Sorted(by.Neutral), Positive = Sorted(by.Positive) };

    static IReadOnlyList<OptionDefinition>? Sorted(IReadOnlyList<OptionDefinition>? options) =>
        options is null ? null : [.. options.Select(option => option with { Text = Sorted(option.Text)! })];

    static SortedDictionary<string, string>? Sorted(IReadOnlyDictionary<string, string>? texts) =>
        texts is null ? null : new(texts.ToDictionary(), StringComparer.Ordinal);

    public static string Write(Condition condition) => JsonSerializer.Serialize(condition, Options);

    static SurveyDefinition Read(string json) => JsonSerializer.Deserialize<SurveyDefinition>(json, Options)!;
}
