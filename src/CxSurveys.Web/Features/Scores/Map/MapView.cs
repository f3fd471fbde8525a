using CxSurveys.Scoring;
using CxSurveys.Web.Features.Journey;

namespace CxSurveys.Web.Features.Scores.Map;

/// <summary>Two figures of one definition against each other, in words; without a comparison it says why not.</summary>
public sealed record Change(MetricDefinition Definition, Comparison? Comparison, string? WhyNot)
{
    /// <summary>Where there is room "not distinguishable" is written out; elsewhere the mark and the legend say it.</summary>
    public bool Spelled { get; init; }

    /// <summary>Among the many changes of the page this one is not more than chance brings.</summary>
    public bool ByChance { get; init; }

    public bool Told => !ByChance && Comparison?.Verdict is Verdict.Higher or Verdict.Lower;

    /// <summary>Tint by better or worse; the words stay arithmetic.</summary>
    public string Tint => !Told ? "nd" : (Comparison!.Verdict == Verdict.Higher) == (Definition.Direction == Direction.Higher) ? "higher" : "lower";

    public string Mark => !Told ? "≈" : Comparison!.Verdict == Verdict.Higher ? "▲" : "▼";
}

public enum HeatStep { None, FarBelow, Below, Above, FarAbove }

public sealed record MapCard(Touchpoint Touchpoint, Figure? Figure, Change? Change, bool Pooled)
{
    /// <summary>Only where the difference from the rest survives Holm's adjustment.</summary>
    public HeatStep Heat { get; init; }

    /// <summary>True when a question asks for a score here; without a figure it is one that its responses bring along.</summary>
    public bool MayBeAsked { get; init; } = true;

    /// <summary>True when some answers here are to other words, which are not comparable, and not in the figure.</summary>
    public bool OtherWords { get; init; }

    /// <summary>That difference; null where there is none to be told.</summary>
    public Comparison? FromTheRest { get; init; }
}

public sealed record MapStage(Stage Stage, Figure Pooled, Figure Asked, Change? Gap, IReadOnlyList<MapCard> Cards)
{
    public bool AnyPooled => !Pooled.Empty;
}

/// <summary>What was asked about the journey as a whole, of one definition.</summary>
public sealed record WholeJourney(string Title, Figure Figure, Change Change);

/// <summary>Everything the journey page shows.</summary>
public sealed record MapView
{
    public required string Organisation { get; init; }
    public required string TimeZone { get; init; }
    public required int MinimumN { get; init; }
    public required MetricDefinition Definition { get; init; }

    public required Period Period { get; init; }
    public required Period Versus { get; init; }

    /// <summary>The last day with answers, whatever the filters; null when there are none at all.</summary>
    public required DateOnly? NewestDay { get; init; }

    /// <summary>True when nobody chose the period and the usual one, up to today, has no answers.</summary>
    public required bool Moved { get; init; }

    public required IReadOnlyList<MapStage> Stages { get; init; }

    /// <summary>All touchpoints pooled.</summary>
    public required Figure Touchpoints { get; init; }

    public required Change TouchpointsChange { get; init; }

    /// <summary>The journey's own answer.</summary>
    public required Figure Journey { get; init; }

    public required Change? Gap { get; init; }
    public required IReadOnlyList<WholeJourney> Asked { get; init; }
    public required Axis Axis { get; init; }
    public required FilterBar Filters { get; init; }

    public bool AnyAnswers => !Touchpoints.Empty || !Journey.Empty || Stages.Any(s => !s.Asked.Empty || s.Cards.Any(c => c.Figure is { Empty: false })) || Asked.Count > 0;

    public IEnumerable<MapCard> Cards => Stages.SelectMany(s => s.Cards);

    /// <summary>From so many touchpoints on a stage shows its lowest few; its page has them all.</summary>
    public bool Folded => Cards.DistinctBy(c => c.Touchpoint.Id).Count() > MostUnfolded;

    public IReadOnlyList<MapCard> CardsOf(MapStage stage) => Folded && stage.Cards.Count > FewestShown ? [.. Lowest(stage.Cards).Take(FewestShown)] : stage.Cards;

    public string LinkOf(MapStage stage) => Filters.Address.ToStage(stage.Stage.Key).Measuring(Definition, Filters.Definitions).Link();

    /// <summary>The same as a table, and as a map.</summary>
    public (string Table, string Map) Views => ((Filters.Address with { AsTable = true }).Link(), (Filters.Address with { AsTable = false }).Link());

    /// <summary>The table as a file.</summary>
    public string Export => (Filters.Address with { Path = MapAddress.Journey + ".csv" }).Link();

    /// <summary>All touchpoints in the period against the one it is compared with.</summary>
    public string Compared
    {
        get
        {
            var page = Filters.Address.Measuring(Definition, Filters.Definitions);
            return Compare.CompareAddress.Link(page, page.Selection with { Asked = page.Selection.AskedAbout ?? Scores.Asked.Touchpoint }, Period, Versus);
        }
    }

    /// <summary>Where the card's figure is explained; of a touchpoint that was moved, each stage has its own part.</summary>
    public string LinkOf(MapStage stage, MapCard card)
    {
        var moved = Stages.Count(s => s.Cards.Any(c => c.Touchpoint.Id == card.Touchpoint.Id)) > 1;
        return Filters.Address.ToTouchpoint(card.Touchpoint.Key, moved ? stage.Stage.Key : null)
            .Measuring(card.Figure?.Definition ?? Definition, Filters.Definitions).Link();
    }

    const int MostUnfolded = 40, FewestShown = 6;

    IEnumerable<MapCard> Lowest(IEnumerable<MapCard> cards) => cards.OrderBy(c => c is not { Pooled: true, Figure.Shown: true })
        .ThenBy(c => c.Figure?.Score?.Value is { } value ? (Definition.Direction == Direction.Higher ? value : -value) : 0);

    /// <summary>Axis of a card whose definition is not the page's.</summary>
    public Axis AxisOf(MetricDefinition definition) => definition == Definition
        ? Axis
        : Axis.For(definition, Cards.Select(c => c.Figure).OfType<Figure>().Concat(Asked.Select(a => a.Figure)).Where(f => f.Definition == definition));
}
