using CxSurveys.Scoring;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Journey;

namespace CxSurveys.Web.Features.Scores.Map;

/// <summary>
/// All the map shows of one period. Per response everything comes from the same cells; per customer a touchpoint, a stage
/// and all touchpoints together each count a customer once.
/// </summary>
internal sealed record MapTallies(ScoreCatalog Catalog, Selection Selection, Counting Counting, List<Tally> Places, List<Tally> Stages, List<Tally> Whole)
{
    public static async Task<MapTallies> ReadAsync(CxDbContext db, ScoreCatalog catalog, Selection selection, Counting counting, CancellationToken ct)
    {
        var scope = new Scope(catalog, selection, Grouping.None);
        var cells = await CellQuery.CellsAsync(db, scope, Grouping.None, ct);
        if (counting == Counting.Responses) return new(catalog, selection, counting, cells, cells, cells);

        var customers = new CustomerTallies(db, scope, cells);
        return new(
            catalog,
            selection,
            counting,
            await customers.CountAsync(Grouping.None, place => place.Id, ct),
            await customers.CountAsync(Grouping.None, place => place.Kind is PlaceKind.Touchpoint or PlaceKind.Stage ? (((int)place.Kind * StageFactor) + place.StageId!.Value) : 0, ct),
            await customers.CountAsync(Grouping.None, place => (int)place.Kind, ct));
    }

    const int StageFactor = 1_000_000;

    /// <summary>How many answers of the definition there are, at places of one kind or (null) anywhere.</summary>
    public long N(MetricDefinition definition, PlaceKind? kind) =>
        Whole.Where(t => t.Answered && KeyOf(t) == definition.Key && (kind is null || Catalog.Place(t.PlaceId).Kind == kind)).Sum(t => t.Count);

    public Histogram At(MetricDefinition definition, int placeId) => Of(definition, Places, p => p.Id == placeId);

    /// <summary>The answers of a stage: asked at its touchpoints, or about itself.</summary>
    public Histogram InStage(MetricDefinition definition, PlaceKind kind, int stageId) => Of(definition, Stages, p => p.Kind == kind && p.StageId == stageId);

    public Histogram Asked(MetricDefinition definition, PlaceKind kind) => Of(definition, Whole, p => p.Kind == kind);

    public IEnumerable<MetricDefinition> Definitions() => Places.Where(t => t.Answered).Select(KeyOf).Distinct().Select(MetricDefinition.Parse);

    /// <summary>Definitions with answers, skipped ones too, at the place.</summary>
    public IEnumerable<string> DefinitionsAt(int placeId) => Places.Where(t => t.PlaceId == placeId).Select(KeyOf).Distinct();

    Histogram Of(MetricDefinition definition, List<Tally> tallies, Func<Place, bool> at) =>
        Counts.Histogram(definition, tallies.Where(t => KeyOf(t) == definition.Key && at(Catalog.Place(t.PlaceId))));

    string KeyOf(Tally tally) => Catalog.Question(tally.QuestionId).MetricKey!;
}
