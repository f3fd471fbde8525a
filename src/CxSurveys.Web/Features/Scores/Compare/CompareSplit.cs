using CxSurveys.Scoring;
using CxSurveys.Web.Features.Scores.Detail;
using CxSurveys.Web.Features.Scores.Map;

namespace CxSurveys.Web.Features.Scores.Compare;

/// <summary>One part of both sides.</summary>
/// <param name="Change">A less B, with a verdict only where it survives Holm's adjustment over the rows; null where a side is not told.</param>
/// <param name="Inside">What it adds to the difference by scoring otherwise; null where that is not told.</param>
/// <param name="Mix">What it adds by being another share of the answers; likewise.</param>
/// <param name="IsOther">The pool of all that are too small each.</param>
public sealed record CompareRow(string Name, Figure A, Figure B, Change? Change, double? Inside, double? Mix, bool IsOther = false);

/// <summary>Both sides part by part, and where the difference comes from.</summary>
/// <param name="Inside">Sum over all parts; null when the decomposition is withheld or there is none.</param>
/// <param name="Left">How many smaller parts are not listed; they are in the sums.</param>
public sealed record CompareSplit(
    string By, IReadOnlyList<SplitChoice> Choices, IReadOnlyList<CompareRow> Rows, int Left, double? Inside, double? Mix)
{
    const int MostRows = 50;

    /// <summary>What is added up, by name; null where it cannot be told.</summary>
    public Waterfall? Waterfall { get; init; }

    internal static CompareSplit Of(Grouping by, ComparedSides sides, WhyAnswer? why, IReadOnlyList<SplitChoice> choices)
    {
        var parts = why?.Rows.Where(r => !r.Other).ToDictionary(r => (r.Key, r.SegmentAbsent));
        var rows = sides.Rows().Select(row => RowOf(by, sides, row.A, row.B, parts)).ToList();
        rows = Judged(rows);
        if (why?.Rows.FirstOrDefault(r => r.Other) is { A: { } a, B: { } b } other)
            rows.Add(new(other.Name, Figure.Of(sides.Definition, a, withheld: false), Figure.Of(sides.Definition, b, withheld: false), null, other.Within, other.Mix, IsOther: true));
        var listed = rows.Count > MostRows ? rows.OrderByDescending(r => r.A.N + r.B.N).Take(MostRows).ToHashSet() : null;
        return new(NameOf(by), choices, listed is null ? rows : [.. rows.Where(listed.Contains)], listed is null ? 0 : rows.Count - MostRows, why?.Within, why?.Mix)
        {
            Waterfall = why?.Within is null ? null : Waterfall.Of(sides.Definition, why, rows),
        };
    }

    static CompareRow RowOf(Grouping by, ComparedSides sides, ScoreRow? a, ScoreRow? b, Dictionary<(string, bool?), WhyRow>? parts)
    {
        var definition = sides.Definition;
        var head = (a ?? b)!;
        var nothing = Figure.Of(definition, Histogram.Empty(definition), withheld: false);
        var (ofA, ofB) = (a is null ? nothing : Figure.Of(definition, a), b is null ? nothing : Figure.Of(definition, b));
        var part = parts?.GetValueOrDefault((head.Key, head.SegmentAbsent));
        var compared = sides.LinesDiffer.Count > 0 ? null : ofA.Against(ofB);
        return new(TextOf(by, head), ofA, ofB, compared is null ? null : new Change(definition, compared, null), part?.Within, part?.Mix);
    }

    /// <summary>Of many differences side by side some would look real by chance alone.</summary>
    static List<CompareRow> Judged(List<CompareRow> rows)
    {
        var tested = rows.Where(r => r.Change?.Comparison?.PValue is not null).ToList();
        var adjusted = Holm.Adjust([.. tested.Select(r => r.Change!.Comparison!.PValue!.Value)]);
        var chance = tested.Where((r, i) => adjusted[i] >= 1 - Figure.Level).ToHashSet();
        return [.. rows.Select(r => chance.Contains(r) ? r with { Change = r.Change! with { ByChance = true } } : r)];
    }

    static string TextOf(Grouping by, ScoreRow row) => by.By switch
    {
        _ when row.SegmentAbsent == true => row.Name,
        GroupBy.Segment => new MapOptions.Attribute(by.Segment!, []).TextOf(row.Key),
        GroupBy.Language => Platform.LanguageTag.EnglishName(row.Key),
        _ => row.Name,
    };

    public static string NameOf(Grouping by) => by.By == GroupBy.Segment ? new MapOptions.Attribute(by.Segment!, []).Label : by.By.ToString();
}
