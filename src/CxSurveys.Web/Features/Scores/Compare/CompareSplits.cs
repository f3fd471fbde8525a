namespace CxSurveys.Web.Features.Scores.Compare;

/// <summary>What a difference can be split by: what neither side is narrowed by.</summary>
internal static class CompareSplits
{
    /// <summary>The first is the page's default: a country says more to people than others do.</summary>
    public static IReadOnlyList<(Grouping By, string Name)> Of(CompareAddress address, CompareOptions options)
    {
        var (a, b) = (address.A, address.B);
        bool Free(Func<Selection, object?> filter) => filter(a) is null && filter(b) is null;
        var atTouchpoints = a.AskedAbout == Asked.Touchpoint && b.AskedAbout == Asked.Touchpoint && Free(s => s.Touchpoint);
        Grouping[] offered =
        [
            .. options.Others.Attributes.Where(o => Free(s => s.Segment.GetValueOrDefault(o.Name))).OrderBy(o => o.Name != "country").Select(o => new Grouping(GroupBy.Segment, o.Name)),
            .. Offered(GroupBy.Channel, options.Others.Channels.Count > 1 && Free(s => s.Channel)),
            .. Offered(GroupBy.Language, options.Others.Languages.Count > 1 && Free(s => s.Language)),
            .. Offered(GroupBy.Touchpoint, atTouchpoints),
            .. Offered(GroupBy.Stage, atTouchpoints && Free(s => s.Stage)),
        ];
        return [.. offered.Select(by => (by, CompareSplit.NameOf(by)))];
    }

    static IEnumerable<Grouping> Offered(GroupBy by, bool offered) => offered ? [new(by)] : [];
}
