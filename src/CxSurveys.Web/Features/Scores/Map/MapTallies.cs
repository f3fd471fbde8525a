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
    /// <summary>
    /// Of each question at each kind of place the newest line with answers: as the API answers to <c>asked=touchpoint</c>, <c>stage</c> or <c>journey</c>.
    /// </summary>
    IReadOnlyDictionary<PlaceKind, LineChoice> Lines { get; init; } = new Dictionary<PlaceKind, LineChoice>();

    /// <summary>Places with answers to other words, which are in no figure.</summary>
    public IReadOnlySet<int> LeftOut { get; private init; } = new HashSet<int>();

    /// <param name="compared">The tallies to compare with: their lines are taken wherever they have answers here too.</param>
    public static async Task<MapTallies> ReadAsync(CxDbContext db, ScoreCatalog catalog, Selection selection, Counting counting, MapTallies? compared, CancellationToken ct)
    {
        var scope = new Scope(catalog, selection, Grouping.None);
        var all = await CellQuery.CellsAsync(db, scope, Grouping.None, ct);
        var lines = all.GroupBy(t => catalog.Place(t.PlaceId).Kind).ToDictionary(kind => kind.Key, kind => LineChoice.Of(catalog, kind, compared?.Lines.GetValueOrDefault(kind.Key)));
        var cells = all.FindAll(t => lines[catalog.Place(t.PlaceId).Kind].Has(t.QuestionId));
        var left = all.Where(t => t.Answered && !lines[catalog.Place(t.PlaceId).Kind].Has(t.QuestionId)).Select(t => t.PlaceId).ToHashSet();
        if (counting == Counting.Responses) return new(catalog, selection, counting, cells, cells, cells) { Lines = lines, LeftOut = left };

        var customers = new CustomerTallies(db, scope, cells);
        return new(
            catalog,
            selection,
            counting,
            await customers.CountAsync(Grouping.None, place => place.Id, ct),
            await customers.CountAsync(Grouping.None, place => place.Kind is PlaceKind.Touchpoint or PlaceKind.Stage ? (((int)place.Kind * StageFactor) + place.StageId!.Value) : 0, ct),
            await customers.CountAsync(Grouping.None, place => (int)place.Kind, ct))
        {
            Lines = lines,
            LeftOut = left,
        };
    }

    /// <summary>True when a question of the definition was asked there in other words than in the other tallies: the two cannot be compared.</summary>
    public bool IsWordedOtherwise(MapTallies other, MetricDefinition definition, PlaceKind kind, int? placeId = null)
    {
        HashSet<QuestionLine> LinesOf(MapTallies tallies) =>
            [.. tallies.Places.Where(t => t.Answered && KeyOf(t) == definition.Key && (placeId is null ? Catalog.Place(t.PlaceId).Kind == kind : t.PlaceId == placeId)).Select(t => Catalog.Question(t.QuestionId).Line)];
        var (mine, theirs) = (LinesOf(this), LinesOf(other));
        return mine.Any(line => theirs.Any(t => t != line && t.Measure == line.Measure));
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
