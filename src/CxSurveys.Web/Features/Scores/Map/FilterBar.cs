using CxSurveys.Scoring;

namespace CxSurveys.Web.Features.Scores.Map;

/// <summary>The row of filters above the figures: what is chosen, and what else there is.</summary>
public sealed record FilterBar(
    MapAddress Address, MapOptions Options, MetricDefinition Definition, IReadOnlyList<MetricDefinition> Definitions, Period Period, Period Versus, bool Moved)
{
    /// <summary>True when the address leaves out answers of the period.</summary>
    public bool Narrowed => Address.Parameters().Any(p => p.Name is "survey" or "question" or "touchpoint" or "stage" or "asked" or "language" or "channel" || p.Name.StartsWith("segment.", StringComparison.Ordinal));

    /// <summary>Filters of the address that no field of the form shows, each with the address without it.</summary>
    public IEnumerable<(string Text, string Without)> Chips()
    {
        string[] shown = ["kind", "definition", "from", "to", "vs", "counting", "by", "view", "sort", .. FieldsShown()];
        return Address.Parameters().Where(p => !shown.Contains(p.Name))
            .Select(p => ($"{p.Name.Replace("segment.", "", StringComparison.Ordinal)}: {p.Value}", Address.LinkWithout(p.Name)));
    }

    IEnumerable<string> FieldsShown()
    {
        var chosen = Address.Selection;
        var segments = Options.Attributes.Where(a => !chosen.Segment.TryGetValue(a.Name, out var value) || a.Values.Contains(value)).Select(a => "segment." + a.Name);
        return segments
            .Concat(Has(Options.Languages, chosen.Language) ? ["language"] : [])
            .Concat(Has(Options.Channels, chosen.Channel) ? ["channel"] : []);
    }

    static bool Has(IReadOnlyList<string> offered, string? chosen) => chosen is not null && offered.Contains(chosen);
}
