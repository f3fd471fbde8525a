using CxSurveys.Scoring;
using CxSurveys.Web.Features.Scores.Map;

namespace CxSurveys.Web.Features.Scores.Detail;

/// <summary>One week or month, as far as it lies in the period.</summary>
/// <param name="From">Its first day in the period.</param>
/// <param name="To">The day after its last.</param>
public sealed record TrendPoint(DateOnly From, DateOnly To, Figure Figure);

/// <summary>The score week by week, or month by month, and before it that of the period before where one follows the other.</summary>
public sealed record Trend(bool Monthly, IReadOnlyList<TrendPoint> Before, IReadOnlyList<TrendPoint> Now)
{
    /// <summary>More weeks than this are shown as months.</summary>
    public const int MostPoints = 120;

    public string Unit => Monthly ? "Month" : "Week";

    public IEnumerable<TrendPoint> Points => Before.Concat(Now);

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

    static DateOnly StartOf(ScoreRow row) => DateOnly.ParseExact(row.Key.Length == 7 ? row.Key + "-01" : row.Key, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    static DateOnly Next(DateOnly start, Grouping unit) => unit.By == GroupBy.Month ? start.AddMonths(1) : start.AddDays(7);

    static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;
}
