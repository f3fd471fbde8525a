using CxSurveys.Scoring;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Journey;

namespace CxSurveys.Web.Features.Scores;

/// <summary>
/// The tallies of one selection. Per response all are the same cells; per customer rows, total and the touchpoints of a stage
/// each count a customer once for themselves, so they need not add up.
/// </summary>
internal sealed record Counts(List<Tally> Cells, List<Tally> Rows, List<Tally> Total, List<Tally> Places)
{
    public static async Task<Counts> ReadAsync(CxDbContext db, Scope scope, Grouping by, Counting counting, CancellationToken ct)
    {
        var cells = await CellQuery.CellsAsync(db, scope, by, ct);
        if (counting == Counting.Responses) return new(cells, cells, cells, cells);

        var customers = new CustomerTallies(db, scope, cells);
        var total = await customers.CountAsync(Grouping.None, _ => 0, ct);
        var rows = await customers.CountAsync(by, RowOf(by), ct);
        var places = by.By == GroupBy.Stage ? await customers.CountAsync(Grouping.None, place => place.Id, ct) : rows;
        return new(cells, rows, total, places);
    }

    public static Histogram Histogram(MetricDefinition definition, IEnumerable<Tally> tallies) => new(
        definition.Min, definition.Max, tallies.Where(t => t.Answered).Select(t => KeyValuePair.Create((int)t.Value, t.Count)));

    public static long Of(short value, IEnumerable<Tally> tallies) => tallies.Where(t => t.Value == value).Sum(t => t.Count);

    /// <summary>Only what was asked of these questions.</summary>
    public Counts Only(HashSet<int> questions) => new(Only(Cells, questions), Only(Rows, questions), Only(Total, questions), Only(Places, questions));

    static List<Tally> Only(List<Tally> tallies, HashSet<int> questions) => [.. tallies.Where(t => questions.Contains(t.QuestionId))];

    static Func<Place, int> RowOf(Grouping by) => by.By switch
    {
        GroupBy.Touchpoint => place => place.TouchpointId ?? 0,
        GroupBy.Stage => place => place.StageId ?? 0,
        _ => _ => 0,
    };
}
