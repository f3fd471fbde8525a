using System.Globalization;
using CxSurveys.Scoring;
using CxSurveys.Web.Features.Scores.Map;

namespace CxSurveys.Web.Features.Scores.Detail;

/// <summary>Where the parts of a trend stand in a drawing of a given size. Drawn on the server: no script, the same for every browser.</summary>
public sealed class TrendPlot
{
    const double Below = 30, Right = 12, WidthOfMarkerName = 150;

    static readonly int[] MonthSteps = [1, 2, 3, 6, 12, 24, 60];

    readonly IReadOnlyList<TrendPoint> points, every;
    readonly int firstDay, lastDay;
    readonly Axis axis;

    TrendPlot(Trend trend, MetricDefinition definition, Sheet size)
    {
        (Size, Trend) = (size, trend);
        var first = trend.Every.Select(p => p.From).Distinct().Order().TakeLast(size.MostPoints).First();
        points = [.. trend.Points.Where(p => p.From >= first)];
        every = [.. trend.Every.Where(p => p.From >= first)];
        axis = Axis.Around(definition, every.Select(p => p.Figure));
        (firstDay, lastDay) = (every.Min(p => p.From.DayNumber), every.Max(p => p.To.DayNumber));
    }

    /// <summary>Of a drawing, in its own units; a narrow one shows the newest points only.</summary>
    public sealed record Sheet(string Class, int Width, int Height, int Left, int MostPoints, int MostLabels);

    /// <summary>Points next to each other without a gap, as the coordinates of their line and their band.</summary>
    /// <param name="Class">Of the period before, or of other words; null = the line itself.</param>
    public sealed record Run(string? Class, string Line, string Band, IReadOnlyList<Dot> Dots);

    /// <summary>A version that changed the words.</summary>
    /// <param name="IsNamed">Whether there is room for its name.</param>
    /// <param name="ToLeft">Whether the name stands to the left of it.</param>
    public sealed record Mark(string At, TrendMarker Marker, bool IsNamed, bool ToLeft);

    public sealed record Dot(string X, string Y, string? Low, string? High);

    public sealed record Tick(string At, string Text, string Anchor = "middle");

    public Sheet Size { get; }
    public Trend Trend { get; }
    public string Left => Text(Size.Left);
    public string RightEdge => Text(Size.Width - Right);
    public string Bottom => Text(Size.Height - Below);
    public string TopEdge => Text(Top);

    // Names of versions stand above those of the periods.
    double Top => Markers.Count > 0 ? 62 : 34;

    /// <summary>Where the periods are named.</summary>
    public string PeriodNames => Text(Top - 14);

    public IReadOnlyList<Mark> Markers => field ??= [.. MarksInside()];

    IEnumerable<Mark> MarksInside()
    {
        var free = double.MinValue;
        foreach (var marker in Trend.Markers.Where(m => m.Day.DayNumber >= firstDay && m.Day.DayNumber <= lastDay))
        {
            var at = XOf(marker.Day.DayNumber);
            var toLeft = at > Size.Width - WidthOfMarkerName;
            var start = toLeft ? at - WidthOfMarkerName : at;
            yield return new(Text(at), marker, start >= free, toLeft);
            if (start >= free) free = toLeft ? at : at + WidthOfMarkerName;
        }
    }

    /// <summary>Between the period before and this one; null when only one of them is drawn.</summary>
    public string? Border => Trend.Before.Count > 0 && Trend.Now.Count > 0 && Trend.Now[0].From.DayNumber > firstDay ? X(Trend.Now[0].From.DayNumber) : null;

    /// <summary>Whether there is room to name the period before at its right end.</summary>
    public bool NamesBefore => Border is { } border && double.Parse(border, CultureInfo.InvariantCulture) > Size.Left + WidthOfName;

    const double WidthOfName = 60, WidthOfLetter = 9;

    /// <summary>One for wide windows, one for phones; none without a score to draw.</summary>
    public static IEnumerable<TrendPlot> Of(Trend trend, MetricDefinition definition) => trend.Every.Any(p => p.Figure.Shown)
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
            string text = month.ToString(step >= 12 ? "yyyy" : month.Month == 1 ? "MMM yyyy" : "MMM", CultureInfo.InvariantCulture);
            yield return new(X(month.DayNumber), text, XOf(month.DayNumber) + (text.Length * WidthOfLetter) > Size.Width ? "end" : "start");
        }
    }

    public IEnumerable<Run> Runs()
    {
        var past = points.Count - Math.Min(points.Count, Trend.Now.Count);
        return Trend.Older.SelectMany(o => RunsOf(o.Points.Where(p => p.From.DayNumber >= firstDay), "old"))
            .Concat(RunsOf(points.Take(past), Trend.BeforeIsOlder ? "old" : "past"))
            .Concat(RunsOf(points.Skip(past), null));
    }

    public string Label(string name)
    {
        var shown = (points.Any(p => p.Figure.Shown) ? points : every).Where(p => p.Figure.Shown).ToList();
        var (first, last) = (shown[0], shown[^1]);
        return $"{(Trend.Monthly ? "Monthly" : "Weekly")} {name} from {Words.Day(first.From)} to {Words.Day(last.To.AddDays(-1))}: first {first.Figure.Text}, last {last.Figure.Text}, "
            + $"lowest {shown.MinBy(p => p.Figure.Score!.Value)!.Figure.Text}, highest {shown.MaxBy(p => p.Figure.Score!.Value)!.Figure.Text}"
            + string.Concat(Markers.Select(m => $"; version {m.Marker.Version} on {Words.Day(m.Marker.Day)}, {(m.Marker.Splits ? "other words, line split" : "other words, comparable")}"));
    }

    IEnumerable<Run> RunsOf(IEnumerable<TrendPoint> series, string? kind)
    {
        var run = new List<TrendPoint>();
        foreach (var point in series)
        {
            if (run.Count > 0 && (!point.Figure.Shown || IsCut(run[^1], point)))
            {
                yield return RunOf(run, kind);
                run = [];
            }
            if (point.Figure.Shown) run.Add(point);
        }
        if (run.Count > 0) yield return RunOf(run, kind);
    }

    // What a split line pools on its two sides is not the same.
    bool IsCut(TrendPoint one, TrendPoint next) => Trend.Markers.Any(m => m.Splits && one.From < m.Day && m.Day <= next.From);

    Run RunOf(List<TrendPoint> run, string? kind)
    {
        var dots = run.ConvertAll(p => (X: Middle(p), p.Figure.Score));
        var banded = dots.Where(d => d.Score!.Low is not null).ToList();
        var upper = banded.Select(d => $"{d.X},{Y(d.Score!.High!.Value)}");
        var lower = banded.AsEnumerable().Reverse().Select(d => $"{d.X},{Y(d.Score!.Low!.Value)}");
        return new(
            kind,
            string.Join(' ', dots.Select(d => $"{d.X},{Y(d.Score!.Value!.Value)}")),
            string.Join(' ', upper.Concat(lower)),
            [.. dots.Select(d => new Dot(d.X, Y(d.Score!.Value!.Value), d.Score.Low is { } low ? Y(low) : null, d.Score.High is { } high ? Y(high) : null))]);
    }

    string Middle(TrendPoint point) => X((point.From.DayNumber + point.To.DayNumber) / 2.0);

    string X(double day) => Text(XOf(day));

    double XOf(double day) => Size.Left + ((Size.Width - Right - Size.Left) * (day - firstDay) / Math.Max(1, lastDay - firstDay));

    string Y(double value)
    {
        var share = Math.Clamp((value - axis.Low) / (axis.High - axis.Low), 0, 1);
        return Text(Size.Height - Below - ((Size.Height - Below - Top) * share));
    }

    static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
