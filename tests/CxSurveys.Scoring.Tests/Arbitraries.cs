using FsCheck;
using FsCheck.Fluent;

namespace CxSurveys.Scoring.Tests;

/// <summary>Histograms of one definition, of every kind, from nobody to very many.</summary>
public sealed record Answered(MetricDefinition Definition, Histogram A, Histogram B, Histogram C)
{
    public override string ToString() => string.Join(" | ", Definition.Key, Text(A), Text(B), Text(C));

    static string Text(Histogram answers) => string.Join(' ', answers.Counts.Where(c => c.Value > 0).Select(c => $"{c.Key}:{c.Value}"));
}

/// <summary>The rows of a table with few answers each, and a minimum.</summary>
public sealed record SmallTable(long[] N, int MinimumN, long Unlisted);

/// <summary>p-values from very small to 1.</summary>
public sealed record PValues(double[] P);

/// <summary>A two-sided level and degrees of freedom.</summary>
public sealed record Critical(double Level, double DegreesOfFreedom);

public static class Arbitraries
{
    public static Arbitrary<MetricDefinition> Definitions() => Definition.ToArbitrary();

    public static Arbitrary<Answered> AnsweredSurveys() => (
        from definition in Definition
        from a in Answers(definition)
        from b in Answers(definition)
        from c in Answers(definition)
        select new Answered(definition, a, b, c)).ToArbitrary();

    public static Arbitrary<SmallTable> SmallTables() => (
        from n in Gen.Choose(0, 9).Select(n => (long)n).ArrayOf()
        from minimum in Gen.Choose(1, 15)
        from unlisted in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(0, 9)))
        select new SmallTable(n, minimum, unlisted)).ToArbitrary();

    public static Arbitrary<PValues> SomePValues() =>
        Gen.Choose(0, 400).Select(e => Math.Pow(10, -e / 20.0)).ArrayOf().Select(p => new PValues(p)).ToArbitrary();

    public static Arbitrary<Critical> Criticals() => (
        from tail in Gen.Choose(1, 1200)
        from freedom in Gen.Choose(0, 900)
        select new Critical(1 - Math.Pow(10, -tail / 100.0), Math.Pow(10, freedom / 100.0))).ToArbitrary();

    static Gen<MetricDefinition> Definition => Gen.OneOf(
        Gen.Elements(0, 1).Select(min => MetricDefinition.Create(MetricKind.Nps, min)),
        from max in Gen.Elements(2, 3, 4, 5, 7, 10)
        from direction in Gen.Elements(Direction.Higher, Direction.Lower)
        select MetricDefinition.Create(MetricKind.Csat, 1, max, direction),
        from max in Gen.Elements(5, 7)
        from direction in Gen.Elements(Direction.Higher, Direction.Lower)
        select MetricDefinition.Create(MetricKind.Ces, 1, max, direction),
        from min in Gen.Choose(-20, 20)
        from width in Gen.Choose(1, 12)
        from direction in Gen.Elements(Direction.Higher, Direction.Lower)
        from sides in Gen.Choose(0, 2).ArrayOf(width + 1)
        select MetricDefinition.Create(MetricKind.Rating, min, min + width, direction, Set(min, sides, 1), Set(min, sides, 2)));

    static IEnumerable<int> Set(int min, int[] sides, int side) => sides.Index().Where(s => s.Item == side).Select(s => min + s.Index);

    static Gen<Histogram> Answers(MetricDefinition definition) =>
        from counts in Count.ArrayOf(definition.Max - definition.Min + 1)
        from nobody in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new Histogram(
            definition.Min,
            definition.Max,
            counts.Select((count, index) => KeyValuePair.Create(definition.Min + index, nobody ? 0 : count)));

    static Gen<long> Count => Gen.Frequency(
        (4, Gen.Constant(0L)),
        (4, Gen.Choose(1, 9).Select(c => (long)c)),
        (2, Gen.Choose(10, 4000).Select(c => (long)c)),
        (1, Gen.Choose(1, 2000).Select(c => c * 1_000_000L)));
}
