using CxSurveys.Scoring;

namespace CxSurveys.Web.Features.Scores;

/// <summary>Two selections of one definition, each with its rows and its total, and of each only what may be told.</summary>
internal sealed record ComparedSides(MetricDefinition Definition, ScoreBlock A, ScoreBlock B, int MinimumN)
{
    public CompareAnswer Compare(CompareRequest request) => CompareAnswer.Of(request, Definition, A.Total, B.Total, LinesDiffer, MinimumN);

    /// <summary>Questions that the two sides count in different lines: their difference would be one of wordings.</summary>
    public IReadOnlyList<DifferingLine> LinesDiffer { get; } =
        [.. A.Lines.DifferingFrom(B.Lines).Select(d => new DifferingLine(d.Mine.Question, d.Mine.Survey, d.Mine.Name, d.Theirs.Name)).OrderBy(d => d.Survey, StringComparer.Ordinal).ThenBy(d => d.Question, StringComparer.Ordinal)];

    /// <summary>The rows of both by their keys, in the order of a; a side without the row has no answers there.</summary>
    public IEnumerable<(ScoreRow? A, ScoreRow? B)> Rows()
    {
        var b = B.Rows.ToDictionary(KeyOf);
        foreach (var row in A.Rows)
        {
            b.Remove(KeyOf(row), out var other);
            yield return (row, other);
        }
        foreach (var row in B.Rows.Where(r => b.ContainsKey(KeyOf(r)))) yield return (null, row);
    }

    static (string, string?, bool?) KeyOf(ScoreRow row) => (row.Key, row.Survey, row.SegmentAbsent);
}
