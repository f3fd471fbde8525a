using CxSurveys.Scoring;
using CxSurveys.Web.Features.Scores.Map;

namespace CxSurveys.Web.Features.Scores.Detail;

/// <summary>One way to split the figure, with the address that does.</summary>
public sealed record SplitChoice(string Name, string Link, bool Chosen);

/// <summary>A part of the figure.</summary>
/// <param name="FromTheRest">Only where the difference from all others survives Holm's adjustment.</param>
/// <param name="Link">The page of this part; null where no filter can name it.</param>
public sealed record SplitRow(string Name, Figure Figure, Comparison? FromTheRest, string? Link);

/// <summary>The figure's parts side by side, on one axis.</summary>
/// <param name="Left">How many smaller parts are not listed.</param>
public sealed record Split(string By, IReadOnlyList<SplitChoice> Choices, IReadOnlyList<SplitRow> Rows, int Left)
{
    /// <summary>Values of an attribute may be many; touchpoints and questions are all shown.</summary>
    public const int MostRows = 50;

    internal static Split Of(Grouping by, ScoreBlock block, Figure whole, int minimumN, IReadOnlyList<SplitChoice> choices, Func<ScoreRow, string?> linkOf)
    {
        var figures = block.Rows.Select(row => Figure.Of(whole.Definition, row)).ToList();
        var told = AgainstTheRest.Told(whole, figures, minimumN);
        var rows = block.Rows.Select((row, i) => new SplitRow(by.Segment is { } attribute && row.SegmentAbsent != true ? new MapOptions.Attribute(attribute, []).TextOf(row.Key) : row.Name, figures[i], told[i], linkOf(row))).ToList();
        var few = by.By == GroupBy.Segment && rows.Count > MostRows ? rows.OrderByDescending(r => r.Figure.N).Take(MostRows).ToHashSet() : null;
        return new(NameOf(by), choices, few is null ? rows : [.. rows.Where(few.Contains)], few is null ? 0 : rows.Count - MostRows);
    }

    public static string NameOf(Grouping by) => by.By switch
    {
        GroupBy.Touchpoint => "Touchpoint",
        GroupBy.Question => "Question",
        _ => new MapOptions.Attribute(by.Segment!, []).Label,
    };
}
