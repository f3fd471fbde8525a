using System.Text.Json;

namespace CxSurveys.Scoring.Tests;

public sealed class WorkedCases
{
    public static TheoryData<string, string> Scores => Case.Named("nps", "csat", "ces");
    public static TheoryData<string, string> Wilson => Case.Named("wilson");
    public static TheoryData<string, string> Differences => Case.Named("difference-nps", "difference-shares", "difference-means");
    public static TheoryData<string, string> SmallestDetectable => Case.Named("smallest-detectable");
    public static TheoryData<string, string> HolmCases => Case.Named("holm");
    public static TheoryData<string, string> Pooling => Case.Named("pooling");
    public static TheoryData<string, string> Decompositions => Case.Named("change-decomposition");
    public static TheoryData<string, string> Rounding => Case.Named("rounding");
    public static TheoryData<string, string> MinimumN => Case.Named("minimum-n");

    [Theory, MemberData(nameof(Scores))]
    public void A_score_is_as_worked(string group, string name)
    {
        var worked = Case.Find(group, name);
        worked.Check(Score.Of(worked.Definition, worked.Answers(worked.Input), worked.Level));
    }

    [Theory, MemberData(nameof(Wilson))]
    public void A_Wilson_interval_is_as_worked(string group, string name)
    {
        var worked = Case.Find(group, name);
        var (positives, n) = (worked.Input.GetProperty("positives").GetInt64(), worked.Input.GetProperty("n").GetInt64());
        var interval = WilsonInterval.Of(positives, n, worked.Level)!.Value;
        worked.Check(new { Share = (double)positives / n, interval.Low, interval.High });
    }

    [Theory, MemberData(nameof(Differences))]
    public void A_difference_is_as_worked(string group, string name)
    {
        var worked = Case.Find(group, name);
        var (a, b) = (worked.Input.GetProperty("a"), worked.Input.GetProperty("b"));
        var (got, scoreA, scoreB) = a.TryGetProperty("counts", out _)
            ? (Comparison.Of(worked.Definition, worked.Answers(a), worked.Answers(b), worked.Level), Value(worked, a), Value(worked, b))
            : (Comparison.OfMeans(MomentsOf(a), MomentsOf(b), worked.Level), MomentsOf(a).Mean, MomentsOf(b).Mean);
        worked.Check(new
        {
            A = scoreA,
            B = scoreB,
            got.Difference,
            got.AdjustedDifference,
            got.Low,
            got.High,
            got.Statistic,
            Df = got.DegreesOfFreedom,
            got.PValue,
            Verdict = got.Verdict is { } verdict ? Display.Words(verdict) : null,
        });
    }

    [Theory, MemberData(nameof(SmallestDetectable))]
    public void A_smallest_detectable_change_is_as_worked(string group, string name)
    {
        var worked = Case.Find(group, name);
        var a = worked.Answers(worked.Input.GetProperty("a"));
        var b = worked.Input.TryGetProperty("b", out var other) ? worked.Answers(other) : null;
        var got = SmallestDetectableChange.Of(worked.Definition, a, b, worked.Input.GetProperty("power").GetDouble(), worked.Level);
        worked.Check(new { SmallestDetectable = got });
    }

    [Theory, MemberData(nameof(HolmCases))]
    public void Adjusted_p_values_are_as_worked(string group, string name)
    {
        var worked = Case.Find(group, name);
        var adjusted = Holm.Adjust([.. worked.Input.GetProperty("pValues").EnumerateArray().Select(p => p.GetDouble())]);
        var alpha = worked.Input.GetProperty("alpha").GetDouble();

        var expected = worked.Expected.GetProperty("adjusted").EnumerateArray().Select(p => p.GetDouble()).ToArray();
        Assert.Equal(expected.Length, adjusted.Count);
        foreach (var (right, got) in expected.Zip(adjusted))
            worked.Near(right, got, "adjusted");
        Assert.Equal(worked.Expected.GetProperty("flagged").EnumerateArray().Select(f => f.GetBoolean()), adjusted.Select(p => p <= alpha));
    }

    [Theory, MemberData(nameof(Pooling))]
    public void Pooled_and_weighted_figures_are_as_worked(string group, string name)
    {
        var worked = Case.Find(group, name);
        var parts = worked.Input.GetProperty("parts").EnumerateObject().ToArray();
        var scores = parts.ToDictionary(p => p.Name, p => Value(worked, p.Value));

        worked.Check(worked.Expected.GetProperty("pooled"), Score.Of(worked.Definition, RollUp.Pool(parts.Select(p => worked.Answers(p.Value)))));
        worked.Check(worked.Expected.GetProperty("parts"), scores);
        worked.Check(
            new { Weighted = RollUp.Weighted(parts.Select(p => (scores[p.Name], p.Value.GetProperty("weight").GetDouble()))) },
            "pooled", "parts");
    }

    [Theory, MemberData(nameof(Decompositions))]
    public void A_change_decomposition_is_as_worked(string group, string name)
    {
        var worked = Case.Find(group, name);
        var segments = worked.Input.GetProperty("segments").EnumerateArray().Select(s => new SegmentPeriods(
            s.GetProperty("key").GetString()!, worked.Answers(s.GetProperty("before")), worked.Answers(s.GetProperty("after"))));

        var got = ChangeDecomposition.Of(worked.Definition, [.. segments]);

        worked.Check(got, "segments");
        var expected = worked.Expected.GetProperty("segments").EnumerateArray().ToArray();
        Assert.Equal(expected.Length, got.Segments.Count);
        foreach (var (right, segment) in expected.Zip(got.Segments))
            worked.Check(right, segment);
    }

    [Theory, MemberData(nameof(Rounding))]
    public void Rounding_is_as_worked(string group, string name)
    {
        var worked = Case.Find(group, name);
        var (value, decimals) = (worked.Input.GetProperty("value").GetDouble(), worked.Input.GetProperty("decimals").GetInt32());
        worked.Check(new { Rounded = Display.Round(value, decimals), Text = Display.Text(value, decimals) });
    }

    [Theory, MemberData(nameof(MinimumN))]
    public void Rows_are_withheld_as_worked(string group, string name)
    {
        var worked = Case.Find(group, name);
        var rows = worked.Input.GetProperty("rows").EnumerateObject().ToDictionary(r => r.Name, r => worked.Answers(r.Value).N);
        worked.Check(worked.Expected.GetProperty("n"), rows);

        var got = Withholding.Withhold([.. rows.Values], worked.Input.GetProperty("minimumN").GetInt32());

        var withheld = rows.Keys.Where((_, row) => got[row]).ToArray();
        Assert.Subset(withheld.ToHashSet(), worked.Expected.GetProperty("withheldAtLeast").EnumerateArray().Select(k => k.GetString()!).ToHashSet());
        var least = worked.Expected.GetProperty("smallestNumberWithheld").GetInt32();
        Assert.True(least == 0 ? withheld.Length == 0 : withheld.Length >= least, $"withheld: {string.Join(", ", withheld)}");
    }

    static double? Value(Case worked, JsonElement holder) => Score.Of(worked.Definition, worked.Answers(holder)).Value;

    static Moments MomentsOf(JsonElement m) => new(
        m.GetProperty("n").GetInt64(), (long)m.GetProperty("sum").GetDouble(), m.GetProperty("sumSquares").GetDecimal());
}
