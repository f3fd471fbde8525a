using System.Globalization;
using CxSurveys.Scoring;
using static CxSurveys.Web.Platform.PageTexts;

namespace CxSurveys.Web.Features.Scores.Map;

/// <summary>One score as a page shows it: never without its n and interval, and not at all when withheld.</summary>
public sealed class Figure
{
    public const double Level = ScoreRequest.UsualLevel;

    Figure(MetricDefinition definition, long n, Histogram? answers)
    {
        (Definition, N, Answers) = (definition, n, answers);
        Score = answers is null ? null : Score.Of(definition, answers, Level);
    }

    public MetricDefinition Definition { get; }
    public long N { get; }

    /// <summary>Null when withheld.</summary>
    public Histogram? Answers { get; }

    public Score? Score { get; }

    public bool Withheld => Answers is null;
    public bool Empty => N == 0;
    public bool Shown => Score?.Value is not null;

    internal static Figure Of(MetricDefinition definition, Histogram answers, bool withheld) =>
        new(definition, answers.N, withheld && answers.N > 0 ? null : answers);

    /// <summary>A row as the API answers it.</summary>
    internal static Figure Of(MetricDefinition definition, ScoreRow row) => new(definition, row.N, row.Answers);

    /// <summary>Such as <c>82.8</c>.</summary>
    public string Number => Score?.Value is { } value ? Words.Number(value, Definition) : "–";

    /// <summary>Such as <c>%</c> or <c>of 7</c>.</summary>
    public string Unit => Words.Unit(Definition);

    /// <summary>Such as <c>82.8 %</c>.</summary>
    public string Text => Unit.Length == 0 ? Number : $"{Number} {Unit}";

    /// <summary>Such as <c>81.8 to 83.7</c>; null where there is no interval.</summary>
    public string? Range => Score is { Low: { } low, High: { } high } ? T["{0} to {1}", Words.Number(low, Definition), Words.Number(high, Definition)] : null;

    public string NText => Words.Count(N);

    /// <summary>This less the other; null where one is not shown.</summary>
    public Comparison? Against(Figure? other) => Shown && other is { Shown: true } ? Comparison.Of(Definition, Answers!, other.Answers!, Level) : null;
}

/// <summary>How numbers and differences are written on pages.</summary>
public static class Words
{
    public static string Number(double value, MetricDefinition definition) =>
        Display.Text(value, Display.Decimals(definition)).Replace('-', '−');

    /// <summary>With its sign: <c>−5.2</c>, <c>+1.4</c>, <c>0.0</c>.</summary>
    public static string WithSign(double difference, MetricDefinition definition)
    {
        var text = Number(difference, definition);
        return Rounded(difference, definition) > 0 ? "+" + text : text;
    }

    /// <summary>In words: <c>Up 2.4</c>, <c>Down 6.1</c>, <c>Unchanged</c>.</summary>
    public static string Moved(double difference, MetricDefinition definition) => Rounded(difference, definition) switch
    {
        > 0 => T["Up {0}", Number(difference, definition)],
        < 0 => T["Down {0}", Number(-difference, definition)],
        _ => T["Unchanged"],
    };

    public static string Unit(MetricDefinition definition) => definition.Statistic switch
    {
        Statistic.PositivePercent => "%",
        Statistic.Mean => T["of {0}", definition.Max],
        _ => "",
    };

    public static string Count(long n) => n.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>CSAT, 1 to 5</c>.</summary>
    public static string Name(MetricDefinition definition)
    {
        var scale = T["{0}, {1} to {2}", KindName(definition), definition.Min, definition.Max].Replace('-', '−');
        return definition.Direction == Direction.Lower ? scale + T[", low is good"] : scale;
    }

    public static string KindName(MetricDefinition definition) => definition.Kind == MetricKind.Rating ? T["Rating"] : definition.Kind.ToString().ToUpperInvariant();

    /// <summary>What the number says, such as <c>% satisfied (4 and 5 of 5)</c>.</summary>
    public static string Meaning(MetricDefinition definition) => definition.Statistic switch
    {
        Statistic.NetPercent => T["% promoters ({0}) less % detractors ({1})", Ends(definition.Positive), Ends(definition.Negative)],
        Statistic.PositivePercent => T["% satisfied ({0} of {1})", Ends(definition.Positive), definition.Max],
        _ => T[definition.Direction == Direction.Higher ? "mean on the scale {0} to {1}, high is good" : "mean on the scale {0} to {1}, low is good", definition.Min, definition.Max],
    };

    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", Dates);

    public static string Days(Period period)
    {
        var last = period.To > period.From ? period.To.AddDays(-1) : period.From;
        if (period.From == last) return Day(last);
        var first = period.From.ToString(period.From.Year == last.Year ? "d MMM" : "d MMM yyyy", Dates);
        return $"{first} – {Day(last)}";
    }

    static string Ends(IReadOnlyList<int> set) => set.Count switch
    {
        0 => T["none"],
        1 => set[0].ToString(CultureInfo.InvariantCulture),
        2 => T["{0} and {1}", set[0], set[1]],
        _ => T["{0} to {1}", set[0], set[^1]],
    };

    static double Rounded(double value, MetricDefinition definition) => Display.Round(value, Display.Decimals(definition));
}
