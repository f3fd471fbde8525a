using System.Globalization;
using CxSurveys.Scoring;
using CxSurveys.Web.Features.Scores.Map;

namespace CxSurveys.Web.Features.Scores.Detail;

/// <summary>Where the parts of a trend stand in a drawing of a given size. Drawn on the server: no script, the same for every browser.</summary>
public sealed class TrendPlot
{
    const double Top = 34, Below = 30, Right = 12;

    static readonly int[] MonthSteps = [1, 2, 3, 6, 12, 24, 60];

    readonly IReadOnlyList<TrendPoint> points;
    readonly int firstDay, lastDay;
    readonly Axis axis;

    TrendPlot(Trend trend, MetricDefinition definition, Sheet size)
    {
        (Size, Trend) = (size, trend);
        points = [.. trend.Points.TakeLast(size.MostPoints)];
        axis = Axis.Around(definition, points.Select(p => p.Figure));
        (firstDay, lastDay) = (points.Min(p => p.From.DayNumber), points.Max(p => p.To.DayNumber));
    }

    /// <summary>Of a drawing, in its own units; a narrow one shows the newest points only.</summary>
    public sealed record Sheet(string Class, int Width, int Height, int Left, int MostPoints, int MostLabels);

    /// <summary>Points next to each other without a gap, as the coordinates of their line and their band.</summary>
    public sealed record Run(bool Past, string Line, string Band, IReadOnlyList<Dot> Dots);

    public sealed record Dot(string X, string Y, string? Low, string? High);

    public sealed record Tick(string At, string Text, string Anchor = "middle");

    public Sheet Size { get; }
    public Trend Trend { get; }
    public string Left => Text(Size.Left);
    public string RightEdge => Text(Size.Width - Right);
    public string Bottom => Text(Size.Height - Below);
    public string TopEdge => Text(Top);

    /// <summary>Between the period before and this one; null when only one of them is drawn.</summary>
    public string? Border => Trend.Before.Count > 0 && Trend.Now.Count > 0 && Trend.Now[0].From.DayNumber > firstDay ? X(Trend.Now[0].From.DayNumber) : null;

    /// <summary>Whether there is room to name the period before at its right end.</summary>
    public bool NamesBefore => Border is { } border && double.Parse(border, CultureInfo.InvariantCulture) > Size.Left + WidthOfName;

    const double WidthOfName = 60;

    /// <summary>One for wide windows, one for phones; none without a score to draw.</summary>
    public static IEnumerable<TrendPlot> Of(Trend trend, MetricDefinition definition) => trend.Points.Any(p => p.Figure.Shown)
        ? [new(trend, definition, new("sl", 900, 260, 44, int.MaxValue, 12)), new(trend, definition, new("ss", 330, 220, 34, 26, 5))]
        : [];

    public IEnumerable<Tick> Scores => axis.Ticks().Select(tick => new Tick(Y(tick), tick.ToString("0.##", CultureInfo.InvariantCulture).Replace('-', '−')));

    /// <summary>The first of a month, as many as fit; a year stands under its January, or where the drawing begins.</summary>
    public IEnumerable<Tick> Dates()
    {
        var (first, last) = (DateOnly.FromDayNumber(firstDay), DateOnly.FromDayNumber(lastDay));
        var months = ((last.Year - first.Year) * 12) + last.Month - first.Month + 1;
        var step = MonthSteps.FirstOrDefault(s => months <= s * Size.MostLabels, 120);
        for (var month = new DateOnly(first.Year, first.Month, 1); month < last; month = month.AddMonths(1))
        {
            if (month.DayNumber < firstDay || ((month.Year * 12) + month.Month - 1) % step != 0) continue;
            yield return new(X(month.DayNumber), month.ToString(step >= 12 ? "yyyy" : month.Month == 1 ? "MMM yyyy" : "MMM", CultureInfo.InvariantCulture), "start");
        }
    }

    public IEnumerable<Run> Runs()
    {
        var past = points.Count - Math.Min(points.Count, Trend.Now.Count);
        return RunsOf(points.Take(past), past: true).Concat(RunsOf(points.Skip(past), past: false));
    }

    public string Label(string name)
    {
        var shown = points.Where(p => p.Figure.Shown).ToList();
        var (first, last) = (shown[0], shown[^1]);
        return $"{(Trend.Monthly ? "Monthly" : "Weekly")} {name} from {Words.Day(first.From)} to {Words.Day(last.To.AddDays(-1))}: first {first.Figure.Text}, last {last.Figure.Text}, "
            + $"lowest {shown.MinBy(p => p.Figure.Score!.Value)!.Figure.Text}, highest {shown.MaxBy(p => p.Figure.Score!.Value)!.Figure.Text}";
    }

    IEnumerable<Run> RunsOf(IEnumerable<TrendPoint> series, bool past)
    {
        var run = new List<TrendPoint>();
        foreach (var point in series)
        {
            if (point.Figure.Shown)
            {
                run.Add(point);
                continue;
            }
            if (run.Count > 0) yield return RunOf(run, past);
            run = [];
        }
        if (run.Count > 0) yield return RunOf(run, past);
    }

    Run RunOf(List<TrendPoint> run, bool past)
    {
        var dots = run.ConvertAll(p => (X: Middle(p), p.Figure.Score));
        var banded = dots.Where(d => d.Score!.Low is not null).ToList();
        var upper = banded.Select(d => $"{d.X},{Y(d.Score!.High!.Value)}");
        var lower = banded.AsEnumerable().Reverse().Select(d => $"{d.X},{Y(d.Score!.Low!.Value)}");
        return new(
            past,
            string.Join(' ', dots.Select(d => $"{d.X},{Y(d.Score!.Value!.Value)}")),
            string.Join(' ', upper.Concat(lower)),
            [.. dots.Select(d => new Dot(d.X, Y(d.Score!.Value!.Value), d.Score.Low is { } low ? Y(low) : null, d.Score.High is { } high ? Y(high) : null))]);
    }

    string Middle(TrendPoint point) => X((point.From.DayNumber + point.To.DayNumber) / 2.0);

    string X(double day) => Text(Size.Left + ((Size.Width - Right - Size.Left) * (day - firstDay) / Math.Max(1, lastDay - firstDay)));

    string Y(double value)
    {
        var share = Math.Clamp((value - axis.Low) / (axis.High - axis.Low), 0, 1);
        return Text(Size.Height - Below - ((Size.Height - Below - Top) * share));
    }

    static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
