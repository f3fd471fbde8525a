using CxSurveys.Scoring;

namespace CxSurveys.Web.Features.Scores;

/// <summary>Two selections of one definition, each with its rows and its total, and of each only what may be told.</summary>
internal sealed record ComparedSides(MetricDefinition Definition, ScoreBlock A, ScoreBlock B, int MinimumN)
{
    public CompareAnswer Compare(CompareRequest request) => CompareAnswer.Of(request, Definition, A.Total, B.Total, MinimumN);

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
