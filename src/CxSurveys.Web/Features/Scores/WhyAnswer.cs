using System.Text.Json.Serialization;
using CxSurveys.Scoring;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Scores;

/// <summary>Two selections, and what is to explain their difference: values of an attribute, or places.</summary>
public sealed record WhyRequest(CompareRequest Sides, Grouping By)
{
    public static WhyRequest Parse(QueryParameters query, Errors errors)
    {
        var sides = CompareRequest.ParseSides(query, errors);
        var by = ScoreRequest.ParseBy(query, errors);
        if (by.Attribute is null && by.By is not (GroupBy.Touchpoint or GroupBy.Stage) && !errors.Has("by")) errors.Add("by", "Needed: touchpoint, stage, language, channel or segment.<name>.");
        if (sides.Counting != Counting.Responses) errors.Add("counting", "Only responses: of customers the segments need not add up.");
        query.RefuseRest(errors);
        return new(sides, by);
    }
}

/// <summary>One segment's part in the difference.</summary>
public sealed record WhyRow
{
    public required string Key { get; init; }
    public required string Name { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? SegmentAbsent { get; init; }

    /// <summary>True for the row that pools all segments withheld on either side.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Other { get; init; }

    [JsonPropertyName("nA")]
    public required long NA { get; init; }

    [JsonPropertyName("nB")]
    public required long NB { get; init; }
    public double? ValueA { get; init; }
    public double? ValueB { get; init; }

    /// <summary>Of all answers of the side, 0..1.</summary>
    public double? ShareA { get; init; }

    public double? ShareB { get; init; }
    public double? Within { get; init; }
    public double? Mix { get; init; }

    [JsonIgnore]
    internal Histogram? A { get; init; }

    [JsonIgnore]
    internal Histogram? B { get; init; }
}

/// <summary>Where the difference <c>a</c> less <c>b</c> comes from: <c>within</c> + <c>mix</c> = <c>difference</c>.</summary>
public sealed record WhyAnswer
{
    public required DefinitionView Definition { get; init; }
    public required double Level { get; init; }
    public required string By { get; init; }
    public required ScoreRow A { get; init; }
    public required ScoreRow B { get; init; }
    public double? Difference { get; init; }
    public double? Within { get; init; }
    public double? Mix { get; init; }
    public required IReadOnlyList<WhyRow> Rows { get; init; }

    /// <summary>Questions asked in other words on the two sides. With any, nothing is explained.</summary>
    public required IReadOnlyList<DifferingLine> LinesDiffer { get; init; }

    /// <summary>True when nothing can be told, because a side or the pool of the withheld segments is too small.</summary>
    public bool Withheld { get; init; }

    const string OtherName = "Other, too few each";

    internal static WhyAnswer Of(WhyRequest request, ComparedSides sides)
    {
        var compared = sides.Compare(request.Sides);
        var answer = new WhyAnswer
        {
            Definition = compared.Definition,
            Level = compared.Level,
            By = request.By.Word!,
            A = compared.A,
            B = compared.B,
            Rows = [.. sides.Rows().Select(row => Bare(row.A, row.B))],
            LinesDiffer = sides.LinesDiffer,
            Withheld = compared.A.Withheld || compared.B.Withheld,
        };
        if (answer.Withheld || sides.LinesDiffer.Count > 0) return answer;

        var rows = Told(sides, compared.A.Answers!, compared.B.Answers!);
        if (rows.Exists(row => row.Other && (IsFew(row.NA, sides.MinimumN) || IsFew(row.NB, sides.MinimumN)))) return answer with { Withheld = true };

        var why = ChangeDecomposition.Of(sides.Definition, [.. rows.Select(row => new SegmentPeriods(row.Key, row.B!, row.A!))]);
        return answer with
        {
            Difference = why.Total,
            Within = why.Within,
            Mix = why.Mix,
            Rows = [.. rows.Select((row, i) => Scored(row, why.Segments[i], sides.Definition, compared))],
        };
    }

    /// <summary>Segments told on both sides, and what they leave of the totals, which are told too.</summary>
    static List<WhyRow> Told(ComparedSides sides, Histogram allA, Histogram allB)
    {
        var empty = Histogram.Empty(sides.Definition);
        var rows = sides.Rows().Where(row => row is { A: null or { Withheld: false }, B: null or { Withheld: false } })
            .Select(row => Bare(row.A, row.B) with { A = row.A?.Answers ?? empty, B = row.B?.Answers ?? empty }).ToList();
        var (otherA, otherB) = (Left(allA, rows.Select(r => r.A!)), Left(allB, rows.Select(r => r.B!)));
        if (otherA.N + otherB.N > 0) rows.Add(new() { Key = "", Name = OtherName, Other = true, NA = otherA.N, NB = otherB.N, A = otherA, B = otherB });
        return rows;
    }

    static Histogram Left(Histogram all, IEnumerable<Histogram> told)
    {
        var sum = told.Aggregate(new Histogram(all.Min, all.Max, []), (total, one) => total + one);
        return new(all.Min, all.Max, all.Counts.Select(c => KeyValuePair.Create(c.Key, c.Value - sum[c.Key])));
    }

    static WhyRow Bare(ScoreRow? a, ScoreRow? b)
    {
        var named = (a ?? b)!;
        return new() { Key = named.Key, Name = named.Name, SegmentAbsent = named.SegmentAbsent, NA = a?.N ?? 0, NB = b?.N ?? 0 };
    }

    static WhyRow Scored(WhyRow row, SegmentChange part, MetricDefinition definition, CompareAnswer totals) => row with
    {
        ValueA = Score.Of(definition, row.A!).Value,
        ValueB = Score.Of(definition, row.B!).Value,
        ShareA = totals.A.N == 0 ? null : (double)row.NA / totals.A.N,
        ShareB = totals.B.N == 0 ? null : (double)row.NB / totals.B.N,
        Within = part.Within,
        Mix = part.Mix,
    };

    static bool IsFew(long n, int minimumN) => n > 0 && n < minimumN;
}
