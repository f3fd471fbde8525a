using CxSurveys.Scoring;

namespace CxSurveys.Web.Features.Scores.Map;

/// <summary>Each part of a whole against all other parts together.</summary>
internal static class AgainstTheRest
{
    /// <returns>For each part its comparison where the difference survives Holm's adjustment over all of them, else null.</returns>
    public static IReadOnlyList<Comparison?> Told(Figure whole, IReadOnlyList<Figure> parts, int minimumN)
    {
        var compared = parts.Select(part => Compare(whole, part, minimumN)).ToList();
        var tested = Enumerable.Range(0, parts.Count).Where(i => compared[i]?.PValue is not null).ToList();
        var adjusted = Holm.Adjust([.. tested.Select(i => compared[i]!.PValue!.Value)]);
        var told = tested.Where((index, i) => adjusted[i] < 1 - Figure.Level && compared[index]!.Verdict is Verdict.Higher or Verdict.Lower).ToHashSet();
        return [.. compared.Select((comparison, i) => told.Contains(i) ? comparison : null)];
    }

    static Comparison? Compare(Figure whole, Figure part, int minimumN)
    {
        if (whole.Answers is not { } all || part.Answers is not { N: > 0 } own) return null;
        var rest = new Histogram(all.Min, all.Max, all.Counts.Select(c => KeyValuePair.Create(c.Key, Math.Max(0, c.Value - own[c.Key]))));
        return rest.N < minimumN ? null : Comparison.Of(part.Definition, own, rest, Figure.Level);
    }
}
