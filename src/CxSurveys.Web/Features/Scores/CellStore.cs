using CxSurveys.Web.Data;

namespace CxSurveys.Web.Features.Scores;

/// <summary>The only writer of cells: adds and takes back what stored answers count for.</summary>
public sealed class CellStore
{
    /// <summary>Adds (sign 1) or takes back (sign -1) the present answers of these responses, inside the caller's transaction.</summary>
    public static Task ApplyAsync(CxDbContext db, Guid[] responses, int sign, CancellationToken ct) => throw new NotSupportedException();
}

/// <summary>Finds or makes the id of a combination of reporting attributes.</summary>
public sealed class SegmentStore
{
    public Task<int> IdAsync(IReadOnlyDictionary<string, string> attributes, string? language, string? channel, CancellationToken ct) => throw new NotSupportedException();
}
