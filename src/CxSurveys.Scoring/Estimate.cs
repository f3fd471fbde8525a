namespace CxSurveys.Scoring;

/// <summary>One histogram as one of the three statistics sees it. Scores, comparisons and detectable changes start from here.</summary>
abstract record Estimate(long N)
{
    /// <summary>The headline figure; null without answers.</summary>
    public abstract double? Value { get; }

    /// <summary>The plain variance of a single answer, in squared units of the value; null where it is not defined.</summary>
    public abstract double? Variance { get; }

    public double? StandardError => Variance is { } variance ? Math.Sqrt(variance / N) : null;

    public static Estimate Of(MetricDefinition definition, Histogram answers)
    {
        ArgumentNullException.ThrowIfNull(definition);
        definition.Require(answers);
        var positives = answers.CountOf(definition.Positive);
        return definition.Statistic switch
        {
            Statistic.NetPercent => new NetEstimate(answers.N, positives, answers.CountOf(definition.Negative)),
            Statistic.PositivePercent => new ShareEstimate(answers.N, positives),
            _ => new MeanEstimate(Moments.Of(answers)),
        };
    }

    /// <summary>Null where there are too few answers for one.</summary>
    public abstract Interval? Interval(double level);
}

/// <summary>NPS: promoters less detractors, in points.</summary>
sealed record NetEstimate(long N, long Positives, long Negatives) : Estimate(N)
{
    readonly Moments plain = Moments.OfNet(N, Positives, Negatives);

    // 3/4 of an answer more on either side and 3 answers more in all; counted in quarters it stays in whole numbers.
    readonly Moments adjusted = Moments.OfNet(checked((4 * N) + 12), (4 * Positives) + 3, (4 * Negatives) + 3);

    public override double? Value => N == 0 ? null : 100.0 * (Positives - Negatives) / N;

    public override double? Variance => 10_000 * plain.PopulationVariance;

    public double AdjustedValue => 100 * adjusted.Mean!.Value;

    public double AdjustedStandardError => 100 * Math.Sqrt(adjusted.PopulationVariance!.Value / (N + 3.0));

    public override Interval? Interval(double level)
    {
        var reach = Quantile.Normal(level) * AdjustedStandardError;
        return N == 0 ? null : new(Math.Max(-100, AdjustedValue - reach), Math.Min(100, AdjustedValue + reach));
    }
}

/// <summary>CSAT: positives of all, in percent.</summary>
sealed record ShareEstimate(long N, long Positives) : Estimate(N)
{
    public override double? Value => N == 0 ? null : 100.0 * Positives / N;

    public override double? Variance => 10_000 * Moments.OfNet(N, Positives, 0).PopulationVariance;

    public override Interval? Interval(double level) =>
        WilsonInterval.Of(Positives, N, level) is { } share ? new(100 * share.Low, 100 * share.High) : null;
}

/// <summary>CES and rating: the mean answer, on the scale.</summary>
sealed record MeanEstimate(Moments Answers) : Estimate(Answers.N)
{
    public override double? Value => Answers.Mean;

    public override double? Variance => Answers.SampleVariance;

    public override Interval? Interval(double level)
    {
        Quantile.Require(level);
        if (StandardError is not { } error)
            return null;
        var reach = error == 0 ? 0 : error * Quantile.StudentT(level, N - 1);
        return new(Value!.Value - reach, Value.Value + reach);
    }
}
