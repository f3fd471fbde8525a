using CxSurveys.Scoring;
using CxSurveys.Web.Features.Scores.Map;

namespace CxSurveys.Web.Features.Scores.Detail;

/// <summary>One week or month, as far as it lies in the period.</summary>
/// <param name="From">Its first day in the period.</param>
/// <param name="To">The day after its last.</param>
public sealed record TrendPoint(DateOnly From, DateOnly To, Figure Figure);

/// <summary>Answers to words that are not comparable with those of the figure; never added to it.</summary>
/// <param name="Line">As it is named in addresses.</param>
/// <param name="Name">Such as <c>version 1</c>.</param>
public sealed record OlderLine(string Line, string Name, IReadOnlyList<TrendPoint> Points);

/// <summary>The day from which on a question was asked in other words.</summary>
/// <param name="Day">In the organisation's zone.</param>
/// <param name="Version">That asked in these words.</param>
/// <param name="Line">The line that they are in.</param>
/// <param name="Question">Its words, where the figure pools several; else null.</param>
/// <param name="Said">Who marked the two wordings as the same measure, when and why; null = the line is split.</param>
public sealed record TrendMarker(DateOnly Day, int Version, string Line, string? Question, string? Said)
{
    public bool Splits => Said is null;
}

/// <summary>The score week by week, or month by month, and before it that of the period before where one follows the other.</summary>
public sealed record Trend(bool Monthly, IReadOnlyList<TrendPoint> Before, IReadOnlyList<TrendPoint> Now)
{
    /// <summary>Of a figure from one question its other lines.</summary>
    public IReadOnlyList<OlderLine> Older { get; init; } = [];

    /// <summary>In the order of their days.</summary>
    public IReadOnlyList<TrendMarker> Markers { get; init; } = [];

    /// <summary>True when the period before is one of other words, so that its points are no part of the line.</summary>
    public bool BeforeIsOlder { get; init; }

    /// <summary>More weeks than this are shown as months.</summary>
    public const int MostPoints = 120;

    public string Unit => Monthly ? "Month" : "Week";

    public IEnumerable<TrendPoint> Points => Before.Concat(Now);

    /// <summary>Those of all lines.</summary>
    public IEnumerable<TrendPoint> Every => Points.Concat(Older.SelectMany(o => o.Points));

    /// <summary>Every week or month from the first to the last with answers; those between without any are points without answers.</summary>
    internal static IReadOnlyList<TrendPoint> PointsOf(MetricDefinition definition, ScoreBlock block, Grouping unit, Period period)
    {
        var rows = block.Rows.ToDictionary(row => StartOf(row), row => Figure.Of(definition, row));
        if (rows.Count == 0) return [];

        var nothing = Figure.Of(definition, Histogram.Empty(definition), withheld: false);
        var points = new List<TrendPoint>();
        for (var start = rows.Keys.Min(); start <= rows.Keys.Max(); start = Next(start, unit))
            points.Add(new(Later(start, period.From), Earlier(Next(start, unit), period.To), rows.GetValueOrDefault(start, nothing)));
        return points;
    }

    /// <summary>
    /// The week in which the words changed, as far as a line was asked in it: of the line that begins there its end, of others its beginning.
    /// </summary>
    /// <param name="points">Of one line.</param>
    /// <param name="split">The day from which on other words were asked.</param>
    /// <param name="begins">Whether the line is the one that begins then.</param>
    internal static IReadOnlyList<TrendPoint> Cut(IReadOnlyList<TrendPoint> points, DateOnly split, bool begins) =>
        [.. points.Select(p => p.From < split && split < p.To ? begins ? p with { From = split } : p with { To = split } : p)];

    static DateOnly StartOf(ScoreRow row) => DateOnly.ParseExact(row.Key.Length == 7 ? row.Key + "-01" : row.Key, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    static DateOnly Next(DateOnly start, Grouping unit) => unit.By == GroupBy.Month ? start.AddMonths(1) : start.AddDays(7);

    static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;
}
