using System.Globalization;
using CxSurveys.Scoring;
using static CxSurveys.Web.Platform.PageTexts;

namespace CxSurveys.Web.Features.Scores.Map;

/// <summary>The one axis that all whiskers of a metric share on a page.</summary>
public sealed record Axis(double Low, double High)
{
    /// <summary>Per cent of the width kept free at each end, so that a cap or dot at the end is seen whole.</summary>
    const double Edge = 0.5;

    /// <summary>Where a value stands, in per cent of the width; an interval that leaves the scale is cut at the edge.</summary>
    public string X(double value)
    {
        var share = Math.Clamp((value - Low) / (High - Low), 0, 1);
        return (Edge + ((100 - (2 * Edge)) * share)).ToString("0.##", CultureInfo.InvariantCulture) + "%";
    }

    public string Text => T["{0} to {1}", LowText, HighText];
    public string LowText => End(Low);
    public string HighText => End(High);

    /// <summary>Of percentages the narrowest of 0, 25 or 50 to 100 that holds every interval; else the whole scale.</summary>
    public static Axis For(MetricDefinition definition, IEnumerable<Figure> figures) => definition.Statistic switch
    {
        Statistic.NetPercent => new(-100, 100),
        Statistic.Mean => new(definition.Min, definition.Max),
        _ => Lowest(figures) switch
        {
            >= 50 => new(50, 100),
            >= 25 => new(25, 100),
            _ => new(0, 100),
        },
    };

    /// <summary>A nearer look at a few figures: whole tens around their intervals, at least twenty wide; of means the whole scale.</summary>
    public static Axis Around(MetricDefinition definition, params IEnumerable<Figure> figures)
    {
        var whole = For(definition, []);
        var scores = figures.Where(f => f.Shown).Select(f => f.Score!).ToList();
        if (definition.Statistic == Statistic.Mean || scores.Count == 0) return whole;

        var low = Math.Floor(scores.Min(s => Math.Min(s.Low!.Value, s.Value!.Value)) / Step) * Step;
        var high = Math.Ceiling(scores.Max(s => Math.Max(s.High!.Value, s.Value!.Value)) / Step) * Step;
        if (high - low < 2 * Step) (low, high) = (low - Step, high + Step);
        return new(Math.Max(low, whole.Low), Math.Min(high, whole.High));
    }

    /// <summary>Some round values on the axis.</summary>
    public IEnumerable<double> Ticks()
    {
        var step = High - Low <= MostTicks ? 1 : Math.Ceiling((High - Low) / Step / MostTicks) * Step;
        for (var tick = Low; tick <= High; tick += step) yield return tick;
    }

    static string End(double value) => value.ToString(CultureInfo.InvariantCulture).Replace('-', '−');

    const double Step = 10, MostTicks = 7;

    static double Lowest(IEnumerable<Figure> figures) => figures.Select(f => f.Score?.Low).Where(low => low is not null).Min() ?? 0;
}

/// <summary>A score and its interval as a line; hollow when it was asked at journey or stage level.</summary>
public sealed record Whisker(Figure Figure, Axis Axis, bool Hollow = false, double? Reference = null, string? Called = null)
{
    public string Label => Figure.Range is { } range
        ? (Called is null ? "" : $"{Called} {Figure.Text}, ") + T["95 % interval {0}", range]
        : $"{Called ?? T["Score"]} {Figure.Text}{T[", no interval"]}";
}
