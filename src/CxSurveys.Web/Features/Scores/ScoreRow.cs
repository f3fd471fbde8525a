using System.Text.Json.Serialization;
using CxSurveys.Scoring;

namespace CxSurveys.Web.Features.Scores;

/// <summary>One line of scores, or their total. Of a withheld one nothing but its name and number of answers is told.</summary>
public sealed record ScoreRow
{
    public required string Key { get; init; }
    public required string Name { get; init; }

    /// <summary>Of question rows; the same key may be in two surveys.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Survey { get; init; }

    /// <summary>With <c>lines=all</c> and rows that are no questions: the question that the line is one of.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Question { get; init; }

    /// <summary>The wording that was asked, by the number of its first version; of a row that is one question.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Line { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? SegmentAbsent { get; init; }

    public required long N { get; init; }
    public long? Skipped { get; init; }
    public long? NotShown { get; init; }
    public IReadOnlyDictionary<string, long>? Counts { get; init; }
    public double? Value { get; init; }
    public double? Low { get; init; }
    public double? High { get; init; }
    public double? StandardError { get; init; }
    public double? PositiveShare { get; init; }
    public double? NegativeShare { get; init; }
    public double? Mean { get; init; }

    /// <summary>Of stage rows: the mean of the touchpoints' scores by their weights of today.</summary>
    public double? WeightedValue { get; init; }

    /// <summary>With <c>counting=customers</c>: how many of the answers came without a customer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Anonymous { get; init; }

    public bool Withheld { get; init; }

    /// <summary>What it was computed from; null when withheld.</summary>
    [JsonIgnore]
    internal Histogram? Answers { get; init; }

    internal static ScoreRow Withhold(RowHead head, long n) =>
        new() { Key = head.Key, Name = head.Name, Survey = head.Survey, Line = head.Line, SegmentAbsent = head.SegmentAbsent, N = n, Withheld = true };
}

/// <summary>What a row is called.</summary>
internal sealed record RowHead(object Slot, string Key, string Name)
{
    public string? Survey { get; init; }
    public string? Line { get; init; }
    public bool? SegmentAbsent { get; init; }
}

/// <summary>A metric definition as answered, with the counting mode it was asked in.</summary>
public sealed record DefinitionView(
    string Kind, int Min, int Max, string Direction, IReadOnlyList<int> Positive, IReadOnlyList<int> Negative, string Statistic, string Counting)
{
    internal static DefinitionView Of(MetricDefinition definition, Counting counting) => new(
        Selection.WordOf(definition.Kind), definition.Min, definition.Max, Selection.WordOf(definition.Direction), definition.Positive, definition.Negative,
        StatisticWord(definition.Statistic), Selection.WordOf(counting));

    static string StatisticWord(Statistic statistic) => statistic switch
    {
        Scoring.Statistic.NetPercent => "netPercent",
        Scoring.Statistic.PositivePercent => "positivePercent",
        _ => "mean",
    };
}

/// <summary>Everything of one definition.</summary>
/// <param name="Line">Of its one question; null when it pools several.</param>
internal sealed record ScoreBlock(DefinitionView Definition, string? Line, IReadOnlyList<ScoreRow> Rows, ScoreRow Total)
{
    public required MetricDefinition Metric { get; init; }

    /// <summary>Which line of each question is in it.</summary>
    public required LineChoice Lines { get; init; }

    /// <summary>Lines with answers in the selection that are not in it.</summary>
    public required IReadOnlyList<OtherLine> OtherLines { get; init; }
}
