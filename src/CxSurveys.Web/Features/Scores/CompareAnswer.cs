using System.Text.Json.Serialization;
using CxSurveys.Scoring;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Scores;

/// <summary>Two selections of one kind, counted in one way.</summary>
public sealed record CompareRequest(Selection A, Selection B, Counting Counting, double Level)
{
    internal Func<string, string> PathOfA { get; init; } = name => name;
    internal Func<string, string> PathOfB { get; init; } = name => name;

    public static CompareRequest Parse(QueryParameters query, Errors errors)
    {
        var request = ParseSides(query, errors);
        query.RefuseRest(errors);
        return request;
    }

    internal static CompareRequest ParseSides(QueryParameters query, Errors errors)
    {
        var request = new CompareRequest(
            Selection.Parse(query, errors, "a."), Selection.Parse(query, errors, "b."), ScoreRequest.ParseCounting(query, errors), ScoreRequest.ParseLevel(query, errors))
        {
            PathOfA = name => query.Has("a." + name) ? "a." + name : name,
            PathOfB = name => query.Has("b." + name) ? "b." + name : name,
        };
        ScoreRequest.RequireKind(request.A, errors);
        return request;
    }
}

/// <summary>The difference <c>a</c> less <c>b</c>, with what can be said about it.</summary>
public sealed record CompareAnswer
{
    public required DefinitionView Definition { get; init; }
    public required double Level { get; init; }
    public required ScoreRow A { get; init; }
    public required ScoreRow B { get; init; }
    public double? Difference { get; init; }

    /// <summary>Of an NPS only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? AdjustedDifference { get; init; }

    public double? Low { get; init; }
    public double? High { get; init; }
    public double? Statistic { get; init; }
    public double? PValue { get; init; }
    public string? Verdict { get; init; }
    public double? SmallestDetectable { get; init; }

    /// <summary>Questions asked in other words on the two sides. With any, nothing is compared.</summary>
    public required IReadOnlyList<DifferingLine> LinesDiffer { get; init; }

    internal static CompareAnswer Of(CompareRequest request, MetricDefinition definition, ScoreRow a, ScoreRow b, IReadOnlyList<DifferingLine> linesDiffer, int minimumN)
    {
        var (withholdA, withholdB) = Withheld(request, a, b, minimumN);
        (withholdA, withholdB) = (withholdA || a.Withheld, withholdB || b.Withheld);
        var answer = new CompareAnswer
        {
            Definition = DefinitionView.Of(definition, request.Counting),
            Level = request.Level,
            A = withholdA ? ScoreRow.Withhold(ScoreBlocks.TotalHead, a.N) : a,
            B = withholdB ? ScoreRow.Withhold(ScoreBlocks.TotalHead, b.N) : b,
            LinesDiffer = linesDiffer,
        };
        if (withholdA || withholdB || linesDiffer.Count > 0) return answer;

        var compared = Comparison.Of(definition, a.Answers!, b.Answers!, request.Level);
        return answer with
        {
            Difference = compared.Difference,
            AdjustedDifference = compared.AdjustedDifference,
            Low = compared.Low,
            High = compared.High,
            Statistic = compared.Statistic,
            PValue = compared.PValue,
            Verdict = compared.Verdict is { } verdict ? Display.Words(verdict) : null,
            SmallestDetectable = compared.SmallestDetectable,
        };
    }

    // A part beside its whole gives away the rest of it; two groups beside each other, what their sum, asked for elsewhere, leaves.
    static (bool A, bool B) Withheld(CompareRequest request, ScoreRow a, ScoreRow b, int minimumN)
    {
        if (request.B.Contains(request.A)) return Nested(a.N, b.N, minimumN);
        if (request.A.Contains(request.B))
        {
            var (part, whole) = Nested(b.N, a.N, minimumN);
            return (whole, part);
        }
        var withheld = Withholding.Withhold([a.N, b.N], minimumN);
        return (withheld[0], withheld[1]);
    }

    static (bool Part, bool Whole) Nested(long part, long whole, int minimumN)
    {
        long[] rows = [part, Math.Max(0, whole - part)];
        return (Withholding.Withhold(rows, minimumN)[0], Withholding.WithholdTotal(rows, whole, minimumN));
    }
}
