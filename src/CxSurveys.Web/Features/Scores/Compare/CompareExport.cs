using CxSurveys.Scoring;
using CxSurveys.Web.Features.Scores.Map;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Scores.Compare;

/// <summary><c>/compare.csv</c>: the figures of the comparison page, for whoever may see that page.</summary>
internal static class CompareExport
{
    static readonly string[] Columns =
    [
        "row", "name", "a.n", "a.value", "a.low", "a.high", "b.n", "b.value", "b.low", "b.high",
        "difference", "low", "high", "pValue", "verdict", "smallestDetectable", "within", "mix",
    ];

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(CompareAddress.Path + ".csv", HandleAsync).RequireAuthorization(Policies.Pages).ExcludeFromDescription();

    static async Task<IResult> HandleAsync(HttpRequest http, CompareQueries queries, CancellationToken ct)
    {
        var errors = new Errors();
        var address = CompareAddress.Parse(http.QueryString, errors);
        // The page of the same address names what is wrong with it.
        if (errors.Any || (await queries.ReadAsync(address, errors, ct)).View is not { } view) return TypedResults.LocalRedirect(CompareAddress.Path + http.QueryString);
        return ScoreCsv.File("compare", Rows(view));
    }

    static IEnumerable<IEnumerable<object?>> Rows(CompareView view)
    {
        List<int> values = [.. Histogram.Empty(view.Definition).Counts.Select(c => c.Key)];
        yield return [.. Columns, .. values.Select(v => $"a.count.{v}"), .. values.Select(v => $"b.count.{v}"), "definition", "a", "b"];
        foreach (var row in view.Split?.Rows ?? [])
            yield return [.. Row(row.IsOther ? "other" : view.Split!.By, row.Name, row.A, row.B, row.Change, row.Inside, row.Mix), .. Counts(row.A, values), .. Counts(row.B, values), .. Told(view)];
        yield return [.. Row("total", "Total", view.A.Figure, view.B.Figure, view.Change, view.Split?.Inside, view.Split?.Mix), .. Counts(view.A.Figure, values), .. Counts(view.B.Figure, values), .. Told(view)];
    }

    static object?[] Row(string kind, string name, Figure a, Figure b, Change? change, double? within, double? mix)
    {
        var compared = change?.Comparison;
        // A verdict that does not survive the adjustment over the rows is none.
        var verdict = compared?.Verdict is null ? null : change!.Told ? Display.Words(compared.Verdict.Value) : Display.Words(Verdict.NotDistinguishable);
        return
        [
            kind, name, .. Side(a), .. Side(b),
            compared?.Difference, compared?.Low, compared?.High, compared?.PValue, verdict, compared?.SmallestDetectable, within, mix,
        ];
    }

    static object?[] Side(Figure figure) => [figure.N, figure.Score?.Value, figure.Score?.Low, figure.Score?.High];

    static IEnumerable<object?> Counts(Figure figure, List<int> values) => values.Select(v => (object?)figure.Answers?[v]);

    static object?[] Told(CompareView view) => [view.Definition.Key, SideText(view.A), SideText(view.B)];

    static string SideText(CompareSide side) => string.Join(", ", side.Parts.Where(p => p.Narrows).Select(p => p.Text));
}
