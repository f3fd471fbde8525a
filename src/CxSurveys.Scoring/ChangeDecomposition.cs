namespace CxSurveys.Scoring;

/// <summary>One segment in two periods.</summary>
/// <param name="Key">What the segment is called.</param>
/// <param name="Before">Its answers in the earlier period; may have none.</param>
/// <param name="After">Its answers in the later period; may have none.</param>
public sealed record SegmentPeriods(string Key, Histogram Before, Histogram After);

/// <summary>What one segment contributes to the change of the total, in the unit of the score.</summary>
/// <param name="Key">What the segment is called.</param>
/// <param name="Within">Its mean share of the answers times the change of its score; <c>null</c> when a period has no answers at all.</param>
/// <param name="Mix">Its mean score times the change of its share; likewise.</param>
public sealed record SegmentChange(string Key, double? Within, double? Mix);

/// <summary>Why the total moved between two periods: because segments score differently, or because other segments answered. Unrounded.</summary>
/// <param name="Before">Score of all segments together in the earlier period; <c>null</c> without answers.</param>
/// <param name="After">Score of all segments together in the later period; <c>null</c> without answers.</param>
/// <param name="Total">After less before, in the unit of the score; <c>null</c> when either period has no answers.</param>
/// <param name="Within">The part that comes from changed scores; likewise.</param>
/// <param name="Mix">The part that comes from changed shares of the answers; <paramref name="Within"/> + Mix = <paramref name="Total"/>.</param>
/// <param name="Segments">The parts of each segment, in the order given.</param>
public sealed record ChangeDecomposition(
    double? Before,
    double? After,
    double? Total,
    double? Within,
    double? Mix,
    IReadOnlyList<SegmentChange> Segments)
{
    /// <summary>Decomposes the change between two periods.</summary>
    /// <param name="definition">What the answers mean.</param>
    /// <param name="segments">Every answer of either period in exactly one of them.</param>
    /// <returns>The parts. A segment with answers in one period only takes its missing score from the other, so all of it is mix.</returns>
    /// <exception cref="ArgumentException">A histogram has another scale than the definition.</exception>
    /// <remarks>Source: Kitagawa, Journal of the American Statistical Association 50:1168-1194, 1955.</remarks>
    public static ChangeDecomposition Of(MetricDefinition definition, IReadOnlyList<SegmentPeriods> segments)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(segments);
        var before = segments.Aggregate(Histogram.Empty(definition), (sum, segment) => sum + segment.Before);
        var after = segments.Aggregate(Histogram.Empty(definition), (sum, segment) => sum + segment.After);
        var (first, last) = (Estimate.Of(definition, before).Value, Estimate.Of(definition, after).Value);
        if (last - first is not { } total)
            return new(first, last, null, null, null, [.. segments.Select(segment => new SegmentChange(segment.Key, null, null))]);

        SegmentChange[] parts = [.. segments.Select(segment => Part(definition, segment, before.N, after.N))];
        return new(first, last, total, parts.Sum(part => part.Within), parts.Sum(part => part.Mix), parts);
    }

    static SegmentChange Part(MetricDefinition definition, SegmentPeriods segment, long allBefore, long allAfter)
    {
        var (first, last) = (Estimate.Of(definition, segment.Before).Value, Estimate.Of(definition, segment.After).Value);
        if ((first ?? last, last ?? first) is not ({ } before, { } after))
            return new(segment.Key, 0, 0);

        var (shareBefore, shareAfter) = ((double)segment.Before.N / allBefore, (double)segment.After.N / allAfter);
        return new(
            segment.Key,
            (shareBefore + shareAfter) / 2 * (after - before),
            (before + after) / 2 * (shareAfter - shareBefore));
    }
}
