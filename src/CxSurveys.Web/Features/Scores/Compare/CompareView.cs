using CxSurveys.Scoring;
using CxSurveys.Web.Features.Scores.Map;

namespace CxSurveys.Web.Features.Scores.Compare;

/// <summary>One respect in which selections are narrowed, in words.</summary>
/// <param name="What">Such as <c>period</c> or <c>country</c>.</param>
/// <param name="Text">What this side has, such as <c>Thailand</c> or <c>all countries</c>.</param>
/// <param name="Narrows">Whether it leaves anything out.</param>
public sealed record SidePart(string What, string Text, bool Narrows);

/// <summary>One of the two selections with its score.</summary>
/// <param name="Letter">A or B.</param>
/// <param name="Name">What tells it from the other, such as <c>Thailand</c>; of equal sides what both are.</param>
/// <param name="Responses">The list of its responses.</param>
public sealed record CompareSide(string Letter, Selection Filters, Period Period, Figure Figure, IReadOnlyList<SidePart> Parts, string Name, string Responses);

/// <summary>Answers that are not compared, because they are of another definition.</summary>
/// <param name="Link">The same comparison by that definition.</param>
public sealed record OtherDefinition(MetricDefinition Definition, long NA, long NB, string Link);

/// <summary>A respect, beside the first, in which the sides differ.</summary>
/// <param name="Link">The comparison with A's for both.</param>
public sealed record MixedUp(string What, string Link);

/// <summary>How much of one side the other holds as well.</summary>
public enum Overlap { None, Some, AIsPartOfB, BIsPartOfA, Same }

/// <summary>Everything the comparison page shows.</summary>
public sealed record CompareView
{
    public required CompareAddress Address { get; init; }
    public required string Organisation { get; init; }
    public required string TimeZone { get; init; }
    public required int MinimumN { get; init; }
    public required DateOnly? NewestDay { get; init; }

    /// <summary>True when the usual period, up to today, has no answers: then words such as "the last 90 days" go by the newest one.</summary>
    public required bool Moved { get; init; }

    public required MetricDefinition Definition { get; init; }

    /// <summary>Those that either side has answers of, and the one that is compared.</summary>
    public required IReadOnlyList<MetricDefinition> Definitions { get; init; }

    public required CompareOptions Options { get; init; }
    public required CompareSide A { get; init; }
    public required CompareSide B { get; init; }

    /// <summary>Null where there is nothing to compare, or it may not be told.</summary>
    public required Comparison? Comparison { get; init; }

    /// <summary>The difference in words and colour; null likewise.</summary>
    public required Change? Change { get; init; }

    /// <summary>True when a question was asked in other words on the two sides, which nobody marked as the same measure.</summary>
    public required bool Reworded { get; init; }

    public required Overlap Overlap { get; init; }
    public required IReadOnlyList<MixedUp> AlsoDiffering { get; init; }
    public required IReadOnlyList<OtherDefinition> Others { get; init; }

    /// <summary>The wordings that were asked, of both sides.</summary>
    public required IReadOnlyList<string> Questions { get; init; }

    /// <summary>True when each side was asked something that the other was not.</summary>
    public required bool OtherQuestions { get; init; }

    /// <summary>Null when there is nothing to split by.</summary>
    public required CompareSplit? Split { get; init; }

    /// <summary>Comparisons that are one click away.</summary>
    public required IReadOnlyList<(string Text, string Link)> Usual { get; init; }

    public IEnumerable<CompareSide> Sides => [A, B];
    public bool ByCustomer => Address.Counting == Counting.Customers;

    public string Swapped => (Address with { A = Address.B, B = Address.A }).WithDays(B.Period, A.Period).Link();
}
