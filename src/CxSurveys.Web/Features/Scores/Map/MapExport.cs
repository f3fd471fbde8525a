using CxSurveys.Scoring;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Scores.Map;

/// <summary><c>/journey.csv</c>: the figures of the journey page's table, for whoever may see that page.</summary>
internal static class MapExport
{
    static readonly string[] Columns =
    [
        "stage", "touchpoint", "name", "team", "n", "value", "low", "high", "restDifference", "restVerdict",
        "change", "changeLow", "changeHigh", "changePValue", "changeVerdict", "from", "to", "vs.from", "vs.to", "definition",
    ];

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(MapAddress.Journey + ".csv", HandleAsync).RequireAuthorization(Policies.Pages).ExcludeFromDescription();

    static async Task<IResult> HandleAsync(HttpRequest http, MapQueries map, CancellationToken ct)
    {
        var errors = new Errors();
        var address = MapAddress.Parse(http.QueryString, errors);
        // The page of the same address names what is wrong with it, or what is missing.
        if (errors.Any || (await map.ReadAsync(address, errors, ct)).View is not { } view) return TypedResults.LocalRedirect(MapAddress.Journey + http.QueryString);
        return ScoreCsv.File("journey", [Columns, .. MapTable.Rows(view, address.Sort).Select(row => Row(view, row))]);
    }

    static object?[] Row(MapView view, MapTableRow row)
    {
        var (rest, change) = (row.Card?.FromTheRest, row.Change?.Comparison);
        return
        [
            row.Stage, row.Card?.Touchpoint.Key, row.Name, row.Team, row.Figure.N, row.Figure.Score?.Value, row.Figure.Score?.Low, row.Figure.Score?.High,
            rest?.Difference, rest?.Verdict is { } verdict ? Display.Words(verdict) : null,
            change?.Difference, change?.Low, change?.High, change?.PValue, change?.Verdict is { } told ? Display.Words(row.Change!.Told ? told : Verdict.NotDistinguishable) : null,
            view.Period.From, view.Period.To, view.Versus.From, view.Versus.To, view.Definition.Key,
        ];
    }
}
