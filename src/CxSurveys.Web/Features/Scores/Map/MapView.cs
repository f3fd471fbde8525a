using CxSurveys.Scoring;
using CxSurveys.Web.Features.Journey;

namespace CxSurveys.Web.Features.Scores.Map;

/// <summary>Two figures of one definition against each other, in words; without a comparison it says why not.</summary>
public sealed record Change(MetricDefinition Definition, Comparison? Comparison, string? WhyNot)
{
    public bool Told => Comparison?.Verdict is Verdict.Higher or Verdict.Lower;

    /// <summary>Tint by better or worse; the words stay arithmetic.</summary>
    public string Tint => !Told ? "nd" : (Comparison!.Verdict == Verdict.Higher) == (Definition.Direction == Direction.Higher) ? "higher" : "lower";

    public string Mark => !Told ? "≈" : Comparison!.Verdict == Verdict.Higher ? "▲" : "▼";
}

public enum HeatStep { None, FarBelow, Below, Above, FarAbove }

public sealed record MapCard(Touchpoint Touchpoint, Figure? Figure, Change? Change, bool Pooled)
{
    /// <summary>Only where the difference from the rest survives Holm's adjustment.</summary>
    public HeatStep Heat { get; init; }

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

    /// <summary>What the metric filter offers.</summary>
    public required IReadOnlyList<MetricDefinition> Definitions { get; init; }

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
    public required MapOptions Options { get; init; }

    public bool AnyAnswers => !Touchpoints.Empty || !Journey.Empty || Stages.Any(s => !s.Asked.Empty || s.Cards.Any(c => c.Figure is { Empty: false })) || Asked.Count > 0;

    public IEnumerable<MapCard> Cards => Stages.SelectMany(s => s.Cards);

    /// <summary>Axis of a card whose definition is not the page's.</summary>
    public Axis AxisOf(MetricDefinition definition) => definition == Definition
        ? Axis
        : Axis.For(definition, Cards.Select(c => c.Figure).OfType<Figure>().Concat(Asked.Select(a => a.Figure)).Where(f => f.Definition == definition));
}
