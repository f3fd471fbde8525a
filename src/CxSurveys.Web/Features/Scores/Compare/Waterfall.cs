using System.Globalization;
using CxSurveys.Scoring;
using CxSurveys.Web.Features.Scores.Map;

namespace CxSurveys.Web.Features.Scores.Compare;

/// <summary>From B, step by step, to A.</summary>
/// <param name="Start">Where the axis begins: near the lowest level, since the levels lie close together.</param>
public sealed record Waterfall(IReadOnlyList<Waterfall.Bar> Bars, double Start, double End, MetricDefinition Definition)
{
    const int MostSteps = 6, Top = 26, Bottom = 152, Slot = 66, LongestName = 10;

    /// <param name="Said">The number above the bar.</param>
    /// <param name="Tone">Better or worse for the score; null for a level.</param>
    public sealed record Bar(string Name, string Said, double From, double To, string? Tone);

    public int Width => Slot * Bars.Count;
    public int Height => Bottom + 38;

    /// <summary>Inside the segments that move most, inside all others together, then the mix.</summary>
    internal static Waterfall Of(MetricDefinition definition, WhyAnswer why, IReadOnlyList<CompareRow> rows)
    {
        var moved = rows.Where(r => r.Inside is not null).OrderByDescending(r => Math.Abs(r.Inside!.Value)).ToList();
        var shown = moved.Count > MostSteps ? moved.Take(MostSteps - 1).ToHashSet() : [.. moved];
        List<(string Name, double By)> steps = [.. rows.Where(shown.Contains).Select(r => (r.Name, r.Inside!.Value))];
        if (moved.Count > shown.Count) steps.Add(($"{moved.Count - shown.Count} others", moved.Where(r => !shown.Contains(r)).Sum(r => r.Inside!.Value)));
        steps.Add(("Mix", why.Mix!.Value));

        var level = why.B.Value!.Value;
        var bars = new List<Bar> { new("B", Words.Number(level, definition), double.NaN, level, null) };
        foreach (var (name, by) in steps)
        {
            bars.Add(new(name, Words.WithSign(by, definition), level, level + by, ToneOf(definition, by)));
            level += by;
        }
        bars.Add(new("A", Words.Number(why.A.Value!.Value, definition), double.NaN, why.A.Value.Value, null));
        var levels = bars.SelectMany(b => (double[])[b.From, b.To]).Where(v => !double.IsNaN(v)).ToList();
        var room = Math.Max((levels.Max() - levels.Min()) * 0.5, definition.Statistic == Statistic.Mean ? 0.1 : 1);
        return new(bars, StartOf(levels.Min() - room, definition), levels.Max(), definition);
    }

    static string ToneOf(MetricDefinition definition, double by) =>
        Words.Number(by, definition) == Words.Number(0, definition) ? "mid" : by > 0 == (definition.Direction == Direction.Higher) ? "high" : "low";

    static double StartOf(double low, MetricDefinition definition) => definition.Statistic switch
    {
        Statistic.Mean => Math.Max(definition.Min, Math.Floor(low * 10) / 10),
        Statistic.PositivePercent => Math.Max(0, Math.Floor(low)),
        _ => Math.Max(-100, Math.Floor(low)),
    };

    public string StartText => Start.ToString("0.#", CultureInfo.InvariantCulture).Replace('-', '−');

    public double Left(int bar) => (bar * Slot) + (Slot * 0.18);

    public static double BarWidth => Slot * 0.64;

    public double Middle(int bar) => (bar + 0.5) * Slot;

    /// <summary>Top and height of a bar; one that moves nothing is a thin line.</summary>
    public (string Y, string Height) Box(Bar bar)
    {
        var (one, other) = (Y(double.IsNaN(bar.From) ? Start : bar.From), Y(bar.To));
        return (Text(Math.Min(one, other)), Text(Math.Max(2, Math.Abs(one - other))));
    }

    public double Above(Bar bar) => Math.Min(Y(double.IsNaN(bar.From) ? bar.To : bar.From), Y(bar.To)) - 6;

    public double Y(double value) => Bottom - ((Bottom - Top) * (value - Start) / (End - Start));

    public static string Label(string name) => name.Length <= LongestName ? name : name[..(LongestName - 1)].TrimEnd() + "…";

    public static string Text(double at) => at.ToString("0.##", CultureInfo.InvariantCulture);

    public static int Floor => Bottom;
}
