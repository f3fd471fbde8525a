using System.Text.Json;
using CxSurveys.Web.Features.Journey;

namespace CxSurveys.Web.Features.Scores;

/// <summary>A selection with its names looked up: the questions and places whose cells it is made of.</summary>
internal sealed class Scope
{
    readonly HashSet<int> placeIds;

    public Scope(ScoreCatalog catalog, Selection selection, Grouping by)
    {
        (Catalog, Selection) = (catalog, selection);
        var asked = selection.AskedAbout ?? (by.By is GroupBy.Touchpoint or GroupBy.Stage ? Asked.Touchpoint : null);
        var touchpoint = catalog.Touchpoints.FirstOrDefault(t => t.Key == selection.Touchpoint);
        var stage = catalog.Stages.FirstOrDefault(s => s.Key == selection.Stage);
        Places = [.. catalog.Places.Where(place =>
            (asked is null || place.Kind == KindOf(asked.Value))
            && (selection.Touchpoint is null || place.TouchpointId == touchpoint?.Id)
            && (selection.Stage is null || place.StageId == stage?.Id))];
        placeIds = [.. Places.Select(p => p.Id)];
        Questions = [.. catalog.Questions.Where(question =>
            question.MetricKey is not null
            && (selection.Kind is null || question.Kind == selection.Kind)
            && (selection.Question is null || question.Key == selection.Question)
            && (selection.Survey is null || question.Survey == selection.Survey)
            && MayBeAnsweredHere(question))];
    }

    public ScoreCatalog Catalog { get; }
    public Selection Selection { get; }
    public IReadOnlyList<Place> Places { get; }
    public IReadOnlyList<AskedQuestion> Questions { get; }

    public int[] QuestionIds => [.. Questions.Select(q => q.Id)];
    public int[] PlaceIds => [.. placeIds];

    /// <summary>True when cells of single segments have to be read.</summary>
    public bool BySegment => Selection.Segment.Count > 0 || Selection.Language is not null || Selection.Channel is not null;

    public string SegmentJson => JsonSerializer.Serialize(Selection.Segment);

    /// <summary>Questions whose answers, if they were given now, would be in the selection.</summary>
    public IEnumerable<AskedQuestion> Expected => Questions.Where(q => q.Newest && (Catalog.PlaceNow(q) is { } place
        ? placeIds.Contains(place.Id)
        : Places.Any(p => p.Kind is PlaceKind.Touchpoint or PlaceKind.None)));

    // Cells are stored by question: one that is asked elsewhere only would be read for nothing, and with segments those are most of all cells.
    bool MayBeAnsweredHere(AskedQuestion question) => Places.Any(place => place.Kind switch
    {
        PlaceKind.Touchpoint => question.Floats || question.TouchpointId == place.TouchpointId,
        PlaceKind.Stage => question.StageId == place.StageId,
        PlaceKind.Journey => question.Journey,
        _ => true,
    });

    static PlaceKind KindOf(Asked asked) => asked switch
    {
        Asked.Touchpoint => PlaceKind.Touchpoint,
        Asked.Stage => PlaceKind.Stage,
        _ => PlaceKind.Journey,
    };
}
