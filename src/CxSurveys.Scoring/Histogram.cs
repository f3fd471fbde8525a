namespace CxSurveys.Scoring;

/// <summary>
/// How many answers had each value of a scale: the only input of every score. Immutable. Histograms of one scale add;
/// scores never do. Skipped and not-shown questions are not answers and not in it.
/// </summary>
public sealed class Histogram : IEquatable<Histogram>
{
    readonly long[] counts;

    /// <summary>Counts the answers of one scale.</summary>
    /// <param name="min">Lowest value of the scale.</param>
    /// <param name="max">Highest value of the scale, above <paramref name="min"/> by 100 at most.</param>
    /// <param name="counts">Value and number of answers. A value left out has none; a value given twice is added up.</param>
    /// <exception cref="ArgumentException">The scale is empty or too wide, a value lies outside it, or a count is negative.</exception>
    /// <exception cref="OverflowException">The answers are more than <see cref="long.MaxValue"/>, or their sum is beyond it.</exception>
    public Histogram(int min, int max, IEnumerable<KeyValuePair<int, long>> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (max <= min || max - (long)min >= MetricDefinition.MostValues)
            throw new ArgumentException($"A scale has 2 to {MetricDefinition.MostValues} values; got {min}..{max}.", nameof(max));

        (Min, Max, this.counts) = (min, max, new long[max - min + 1]);
        foreach (var (value, count) in counts)
        {
            if (value < min || value > max)
                throw new ArgumentException($"{value} is not on the scale {min}..{max}.", nameof(counts));
            if (count < 0)
                throw new ArgumentException($"The count of {value} is negative: {count}.", nameof(counts));
            this.counts[value - min] = checked(this.counts[value - min] + count);
        }
        (N, Sum, SumOfSquares) = Totals();
    }

    /// <summary>Lowest value of the scale.</summary>
    public int Min { get; }

    /// <summary>Highest value of the scale.</summary>
    public int Max { get; }

    /// <summary>Number of answers; 0 when nobody answered.</summary>
    public long N { get; }

    /// <summary>Sum of all answers, exact.</summary>
    public long Sum { get; }

    /// <summary>Sum of the squares of all answers, exact.</summary>
    public decimal SumOfSquares { get; }

    /// <summary>Every value of the scale with its count, ascending; values without answers are in it with 0.</summary>
    public IEnumerable<KeyValuePair<int, long>> Counts => counts.Select((count, index) => KeyValuePair.Create(Min + index, count));

    /// <summary>How many answers had this value.</summary>
    /// <param name="value">A value of the scale.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not on the scale.</exception>
    public long this[int value] => value >= Min && value <= Max
        ? counts[value - Min]
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"Not on the scale {Min}..{Max}.");

    /// <summary>The histogram of a definition's scale in which nobody answered.</summary>
    /// <param name="definition">Gives the scale.</param>
    /// <returns>A histogram with <see cref="N"/> = 0.</returns>
    public static Histogram Empty(MetricDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new(definition.Min, definition.Max, []);
    }

    /// <summary>All answers of both, value by value.</summary>
    /// <param name="left">One histogram.</param>
    /// <param name="right">Another of the same scale.</param>
    /// <returns>A new histogram; the order of adding makes no difference.</returns>
    /// <exception cref="ArgumentException">The scales differ: such answers are never added.</exception>
    /// <exception cref="OverflowException">The answers are more than <see cref="long.MaxValue"/>.</exception>
    public static Histogram operator +(Histogram left, Histogram right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return left.Add(right);
    }

    /// <summary>All answers of this and the other, value by value; the same as <c>+</c>.</summary>
    /// <param name="other">Another histogram of the same scale.</param>
    /// <returns>A new histogram.</returns>
    /// <exception cref="ArgumentException">The scales differ: such answers are never added.</exception>
    /// <exception cref="OverflowException">The answers are more than <see cref="long.MaxValue"/>.</exception>
    public Histogram Add(Histogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Min, Max) == (other.Min, other.Max)
            ? new(Min, Max, Counts.Concat(other.Counts))
            : throw new ArgumentException($"Answers of the scales {Min}..{Max} and {other.Min}..{other.Max} cannot be added.", nameof(other));
    }

    /// <summary>How many answers had one of these values.</summary>
    /// <param name="values">Values of the scale; none gives 0.</param>
    /// <returns>A number from 0 to <see cref="N"/> when no value is named twice.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not on the scale.</exception>
    public long CountOf(IEnumerable<int> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Sum(value => this[value]);
    }

    /// <summary>Whether both count the same on the same scale.</summary>
    /// <param name="other">The other histogram, or <c>null</c>, which equals none.</param>
    /// <returns><c>true</c> when scale and all counts are the same.</returns>
    public bool Equals(Histogram? other) =>
        other is not null && (Min, Max) == (other.Min, other.Max) && counts.AsSpan().SequenceEqual(other.counts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Histogram);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Min, Max, N, Sum, SumOfSquares);

    (long N, long Sum, decimal SumOfSquares) Totals()
    {
        var (n, sum, squares) = (0L, 0L, 0m);
        foreach (var (value, count) in Counts)
            checked
            {
                n += count;
                sum += value * count;
                squares += (decimal)value * value * count;
            }
        return (n, sum, squares);
    }
}
