using System.Reflection;
using System.Text.Json;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Journey;

/// <summary>What a touchpoint is best measured by.</summary>
public enum CatalogueMetric { Csat, Ces, Nps }

/// <summary>A usual touchpoint of the usual stages, with what it is best measured by and why.</summary>
internal sealed record CatalogueTouchpoint(string Stage, string Key, string Name, TouchpointKind Kind, CatalogueMetric Metric, string Why);

/// <summary>Usual touchpoints to choose from, from <c>Catalogue/touchpoints.json</c>.</summary>
internal static class TouchpointCatalogue
{
    public static IReadOnlyList<CatalogueTouchpoint> All { get; } = Load();

    /// <summary>Of a touchpoint that is not among them: CSAT, which fits every experience.</summary>
    public static CatalogueMetric MetricOf(string key) => All.FirstOrDefault(t => t.Key == key)?.Metric ?? CatalogueMetric.Csat;

    /// <summary>The usual stage of a usual touchpoint.</summary>
    public static string? StageOf(string key) => All.FirstOrDefault(t => t.Key == key)?.Stage;

    /// <summary>Those of a stage; of one that is not usual, all.</summary>
    public static IEnumerable<CatalogueTouchpoint> For(string? stage) => UsualStages.All.Any(s => s.Key == stage) ? All.Where(t => t.Stage == stage) : All;

    static List<CatalogueTouchpoint> Load()
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream("Journey.Catalogue.touchpoints")!;
        return JsonSerializer.Deserialize<List<CatalogueTouchpoint>>(file, JsonBody.Strict)!;
    }
}
