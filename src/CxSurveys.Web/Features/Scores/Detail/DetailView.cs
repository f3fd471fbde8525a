using CxSurveys.Scoring;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Scores.Map;

namespace CxSurveys.Web.Features.Scores.Detail;

/// <summary>What the page is about: a touchpoint, or (without one) a stage.</summary>
public sealed record Subject(Stage Stage, Touchpoint? Touchpoint)
{
    public string Name => Touchpoint?.Name ?? Stage.Name;
    public bool Retired => Touchpoint?.Retired ?? Stage.Retired;

    internal MapAddress Page(MapAddress address) => Touchpoint is null ? address.ToStage(Stage.Key) : address.ToTouchpoint(Touchpoint.Key);

    /// <summary>The filters with what the page's own address says.</summary>
    internal Selection Within(Selection filters) => Touchpoint is null ? filters with { Stage = Stage.Key } : filters with { Touchpoint = Touchpoint.Key };
}

/// <summary>A figure with the page that explains it.</summary>
public sealed record LinkedFigure(string Name, Figure Figure, string Link);

/// <summary>The stage's own figures: its touchpoints by weight, and what was asked about the stage itself.</summary>
/// <param name="Weighted">Null where a touchpoint is withheld, or all weigh the same.</param>
/// <param name="Other">The pooled touchpoints beside the stage's own question, or the other way round.</param>
/// <param name="Gap">Asked less pooled.</param>
public sealed record StageFigures(double? Weighted, LinkedFigure Other, Change? Gap);

/// <summary>Answers to other words of a question, which the figure leaves out.</summary>
/// <param name="Question">Its words, where the figure pools several; else null.</param>
/// <param name="Versions">Such as <c>version 1</c>.</param>
public sealed record LeftOut(string? Question, string Versions, long N);

/// <summary>Everything the page of a touchpoint or a stage shows.</summary>
public sealed record DetailView
{
    public required Subject Subject { get; init; }
    public required string Organisation { get; init; }
    public required string TimeZone { get; init; }
    public required int MinimumN { get; init; }
    public required DateOnly? NewestDay { get; init; }
    public required FilterBar Filters { get; init; }
    public required Figure Figure { get; init; }

    /// <summary>The same in the period before.</summary>
    public required Figure Before { get; init; }

    public required Change Change { get; init; }

    /// <summary>Null when withheld.</summary>
    public required long? Skipped { get; init; }

    public required long? NotShown { get; init; }
    public required Trend Trend { get; init; }
    public required IReadOnlyList<LeftOut> OtherLines { get; init; }

    /// <summary>Of a figure from one question the versions of its line.</summary>
    public required string? Versions { get; init; }

    public required IReadOnlyList<Bar> Bars { get; init; }

    /// <summary>Null when there is nothing to split by.</summary>
    public required Split? Split { get; init; }

    /// <summary>Definitions that are asked here too; never added.</summary>
    public required IReadOnlyList<LinkedFigure> Others { get; init; }

    public required StageFigures? OfStage { get; init; }

    /// <summary>The questions behind the figure, each with its answers.</summary>
    public required IReadOnlyList<ScoreRow> Questions { get; init; }

    public required IReadOnlyList<Comment> Comments { get; init; }

    /// <summary>All responses of the selection.</summary>
    public required string Responses { get; init; }

    /// <summary>The same as CSV.</summary>
    public required string Export { get; init; }

    /// <summary>The period against the one it is compared with, and why they differ.</summary>
    public required string Compared { get; init; }

    public required Axis Axis { get; init; }
    public MetricDefinition Definition => Figure.Definition;
    public MapAddress Address => Filters.Address;
    public bool ByCustomer => Address.Counting == Counting.Customers;
}
